"""RSS and Atom: one article for each item, from its content, else its summary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.rejections import reject
from kliping_ingest.readers.markup import fragment_text, text_or_markup
from kliping_ingest.readers.source import Record, Source
from kliping_shared.errors import RejectedFile
from kliping_shared.inbox.records import RejectedRecord

__all__ = ["read_feed"]


def read_feed(source: Source) -> Iterator[Record | RejectedRecord]:
    """The items in the feed's order; ``#2`` is the second. The XML was checked for entity bombs before."""
    import feedparser

    feed = feedparser.parse(source.data, resolve_relative_uris=False, sanitize_html=False)
    if not feed.entries:
        raise reject("no-text", f"{source.name} is a feed without items")
    for number, entry in enumerate(feed.entries, start=1):
        source.budget.record(source.name)
        path = f"{source.name}#{number}"
        try:
            yield Record(path, _article(entry, feed.feed, path))
        except RejectedFile as error:
            yield RejectedRecord.of(path, error)


def _article(entry: Any, feed: Any, path: str) -> RawArticle:
    text = max(
        (text_or_markup(part.value) for part in entry.get("content", ()) if part.get("value")), key=len, default=""
    )
    text = text if text.strip() else text_or_markup(entry.get("summary", ""))
    if not text.strip():
        raise reject("no-text", f"{path} has neither content nor a summary")
    return RawArticle(
        text,
        title=fragment_text(entry.get("title", "")) or None,
        outlet=entry.get("source", {}).get("title") or fragment_text(feed.get("title", "")) or None,
        author=entry.get("author") or None,
        url=entry.get("link") or None,
        external_id=entry.get("id") or None,
        published_at=entry.get("published") or entry.get("updated") or None,
    )
