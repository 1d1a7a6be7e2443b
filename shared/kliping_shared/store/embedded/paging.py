"""Cursors: where a page ended, and what there was when the first page was made."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Any, Final

import orjson

from kliping_shared.errors import QueryError
from kliping_shared.store.ports import SearchRequest, SortBy

#: Sort expressions, each ascending; the last is unique, so every order is total. Undated documents come last.
ORDERS: Final[dict[SortBy, tuple[str, ...]]] = {
    "relevance": ("-s.score", "-ifnull(d.at, -99999999999)", "d.id"),
    "newest": ("-ifnull(d.at, -99999999999)", "d.id"),
    "oldest": ("ifnull(d.at, 99999999999)", "d.id"),
    "outlets": ("-d.outlets", "-d.origins", "-ifnull(d.at, -99999999999)", "d.id"),
}


@dataclass(frozen=True)
class Cursor:
    """``bound``: the largest document number at the first page; ``offset``: documents shown; ``last``: the sort key of
    the last one; ``order``: names the frozen order of the first page, where the reader still has it.
    """

    bound: int
    offset: int
    last: tuple[float | int | str, ...]
    order: str


def encode(cursor: Cursor, request: SearchRequest) -> str:
    """The cursor as opaque text, for this request only."""
    content = orjson.dumps([cursor.bound, cursor.offset, list(cursor.last), cursor.order])
    return base64.urlsafe_b64encode(_seal(content, request) + content).decode().rstrip("=")


def decode(text: str, request: SearchRequest) -> Cursor:
    """The cursor of ``text``. Raises QueryError when it is damaged or of another request."""
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise _bad() from error
    seal, content = packed[:8], packed[8:]
    if seal != _seal(content, request):
        raise _bad()
    bound, offset, last, order = orjson.loads(content)
    return Cursor(bound, offset, tuple(last), order)


def _bad() -> QueryError:
    return QueryError("this page cannot be gone on from: its cursor is damaged or of another search; search again", 0)


def _seal(content: bytes, request: SearchRequest) -> bytes:
    """Ties a cursor to its search (limit, facets and highlighting may change from page to page)."""
    return hashlib.blake2b(content + orjson.dumps(identity(request)), digest_size=8).digest()


def identity(request: SearchRequest) -> list[Any]:
    """What makes two requests pages of one search."""
    filters = sorted((name, sorted(several)) for name, several in request.filters.items() if several)
    return [request.kind, request.query, filters, request.date_from, request.date_to, request.sort]
