"""Cursors: where a page ended, and what there was when the first page was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kliping_shared.store.cursors import pack, unpack
from kliping_shared.store.ports import SearchRequest, SortBy

#: Sort expressions, each ascending; the last is unique, so every order is total. Undated documents come last.
ORDERS: Final[dict[SortBy, tuple[str, ...]]] = {
    "relevance": ("-ifnull(s.score, 0.0)", "-ifnull(d.at, -99999999999)", "d.id"),
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
    return pack([cursor.bound, cursor.offset, list(cursor.last), cursor.order], request)


def decode(text: str, request: SearchRequest) -> Cursor:
    """The cursor of ``text``. Raises QueryError when it is damaged or of another request."""
    bound, offset, last, order = unpack(text, request)
    return Cursor(bound, offset, tuple(last), order)
