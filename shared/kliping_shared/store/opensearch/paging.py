"""Orders, and cursors: where a page ended, and what there was when the first page was made."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final

from kliping_shared.store.cursors import pack, unpack
from kliping_shared.store.ports import SearchRequest, SortBy

_NEWEST: Final[tuple[dict[str, Any], ...]] = (
    {"sort.at": {"order": "desc", "missing": "_last", "unmapped_type": "long"}},
    {"sort.id": {"order": "asc", "unmapped_type": "keyword"}},
)
_OLDEST: Final = ({"sort.at": {"order": "asc", "missing": "_last", "unmapped_type": "long"}}, _NEWEST[1])


def _most(name: str) -> dict[str, Any]:
    return {name: {"order": "desc", "missing": 0, "unmapped_type": "integer"}}


#: How results are sorted; the last key is unique, so every order is total. Undated documents come last.
ORDERS: Final[dict[SortBy, tuple[dict[str, Any], ...]]] = {
    "relevance": ({"_score": {"order": "desc"}}, *_NEWEST),
    "newest": _NEWEST,
    "oldest": _OLDEST,
    "outlets": (_most("outlet_count"), _most("origin_count"), *_NEWEST),
}


@dataclass(frozen=True)
class Cursor:
    """``bound``: the latest arrival among what the first page's search found; ``last``: the sort key of the last
    document shown.

    Where scores and counts may change from page to page, the second page begins a row of its own, of what the first one
    has not ``shown``: its ``last`` is empty, and later pages go on in ``frozen``, the point in time that it was made of.
    """

    bound: int
    last: tuple[Any, ...] = ()
    frozen: str = ""
    shown: tuple[str, ...] = ()

    @property
    def begins(self) -> bool:
        """Whether the second page is asked for, of an order that may change."""
        return bool(self.shown) and not self.last


def encode(cursor: Cursor, request: SearchRequest) -> str:
    """The cursor as opaque text, for this request only."""
    return pack([cursor.bound, list(cursor.last), cursor.frozen, *cursor.shown], request)


def decode(text: str, request: SearchRequest) -> Cursor:
    """The cursor of ``text``. Raises QueryError when it is damaged or of another request."""
    bound, last, frozen, *shown = unpack(text, request)
    return Cursor(bound, tuple(last), frozen, tuple(shown))


class OpenPoints:
    """The points in time that this reader has opened for its latest searches; a server keeps some hundred at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._points: OrderedDict[str, None] = OrderedDict()

    def keep(self, point: str) -> str | None:
        """Remember a point that was opened or used; one that has to be closed for it, if any."""
        self._points[point] = None
        self._points.move_to_end(point)
        return self._points.popitem(last=False)[0] if len(self._points) > self._most else None

    def forget(self, point: str) -> None:
        """The point is closed."""
        self._points.pop(point, None)

    def all(self) -> list[str]:
        """Every point that is open."""
        return list(self._points)
