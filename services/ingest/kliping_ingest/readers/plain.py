"""Plain text and Markdown: the text is the file, to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.readers.decoding import decode
from kliping_ingest.readers.source import Record, Source

__all__ = ["read_markdown", "read_plain"]

_FRONT_MATTER: Final = re.compile(r"\A---\n(?P<head>.*?)\n(?:---|\.\.\.)(?:\n|\Z)", re.S)
_HEADING: Final = re.compile(r"^#\s+(?P<title>\S.*?)\s*#*$", re.M)
_PAIR: Final = re.compile(r"^(?P<name>[A-Za-z_]+):[ \t]*(?P<value>\S.*?)\s*$", re.M)
_NAMES: Final = {
    "title": "title",
    "author": "author",
    "byline": "author",
    "date": "published_at",
    "published_at": "published_at",
    "url": "url",
    "link": "url",
    "outlet": "outlet",
    "source": "outlet",
    "publisher": "outlet",
    "id": "external_id",
}


def read_plain(source: Source) -> Iterator[Record]:
    """One article: the decoded file."""
    decoded = decode(source.data, source.name)
    yield Record(source.name, RawArticle(decoded.text, notes=decoded.notes))


def read_markdown(source: Source) -> Iterator[Record]:
    """One article: the decoded file, marks and all; front matter and the first heading say more about it."""
    decoded = decode(source.data, source.name)
    head = _FRONT_MATTER.match(decoded.text)
    facts: dict[str, str] = {}
    for pair in _PAIR.finditer(head["head"] if head else ""):
        if name := _NAMES.get(pair["name"].lower()):
            facts.setdefault(name, pair["value"].strip("\"'"))
    heading = _HEADING.search(decoded.text)
    title = facts.pop("title", None) or (heading["title"] if heading else None)
    yield Record(source.name, RawArticle(decoded.text, title=title, notes=decoded.notes, **facts))
