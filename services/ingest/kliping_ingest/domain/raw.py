"""What a reader of any file format hands over: a text and what the file's own metadata says about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["RawArticle"]


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article before its parts are found.

    ``text`` is kept as it is. The other fields are metadata of the file (front matter, meta tags, JSON fields, mail
    headers), None where the file says nothing; they are hints, cleaned and checked by ``make_article``.
    ``published_at`` may be a string in any usual form (ISO 8601, RFC 2822, Indonesian); a datetime without an offset
    is taken as WIB. ``notes`` tells what the reader had to mend, one sentence each.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    external_id: str | None = None
    published_at: str | datetime | None = None
    notes: tuple[str, ...] = ()
