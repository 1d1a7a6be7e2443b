"""From what a reader hands over to an ``Article``: the one function that the rest of ingest calls."""

from __future__ import annotations

from datetime import datetime

from kliping_ingest.domain.identity import article_id, canonical_url, document_key
from kliping_ingest.domain.language import find_language
from kliping_ingest.domain.metadata import cleaned, find_author, find_origin, find_outlet
from kliping_ingest.domain.published import find_published
from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.zones import Layout, find_layout
from kliping_shared.contracts import Article, ZoneKind

__all__ = ["make_article"]


def make_article(raw: RawArticle, *, path: str, file_sha256: str, media_type: str, now: datetime) -> Article:
    """The article with its zones, names, origin, day and language found; ``now`` (with offset) is the drop time.

    ``raw.text`` must not be blank; it is kept as it is, but for lone surrogates, which no message could carry: each
    becomes U+FFFD, so that offsets stay. The text's own layout is trusted less than metadata. What cannot be told is
    None, never a guess; what was refused is noted.
    """
    text, mended = without_surrogates(raw.text)
    title = cleaned(raw.title)
    layout = find_layout(text, title)
    paragraphs = body_paragraphs(text, layout)
    outlet = find_outlet(raw, layout, paragraphs)
    author = find_author(raw, layout.bylines)
    published = find_published(raw.published_at, layout, paragraphs, now)
    return Article(
        article_id=article_id(text),
        document_key=document_key(path=path, url=raw.url, external_id=raw.external_id, outlet=raw.outlet),
        text=text,
        zones=layout.zones,
        title=title or layout.title,
        outlet=outlet,
        author=author,
        dateline_place=layout.place,
        origin=find_origin(author, outlet, layout, paragraphs),
        published_at=published.at,
        date_source=published.source,
        language=find_language(" ".join(paragraphs[:4]) or text),
        url=(canonical_url(raw.url) or None) if raw.url else None,
        path=path,
        media_type=media_type,
        file_sha256=file_sha256,
        ingested_at=now,
        notes=(*raw.notes, *mended, *published.notes),
    )


def body_paragraphs(text: str, layout: Layout) -> list[str]:
    """The news prose without the title, one string a paragraph."""
    return [zone.of(text) for zone in layout.zones if zone.kind is ZoneKind.BODY]


def without_surrogates(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with lone surrogates replaced, and a note if there were any."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        whole = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
        return whole, ("Characters that are no valid Unicode were replaced.",)
    return text, ()
