"""What comes after the last document that holds all words of a query: those that hold some of them, best first.

People type what they look for in words of their own, and no document need have them all. Built on searching alone, so
it is the same for every store, and what it asks can be asked by anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kliping_shared.query import loosened, parse
from kliping_shared.store.ports import Finder, Hit, SearchPage, SearchRequest


@dataclass(frozen=True)
class Nearly:
    """``query`` finds ``total`` documents with any of the words; ``hits`` are the best of those not found already."""

    query: str
    total: int
    hits: tuple[Hit, ...]


async def nearly(finder: Finder, request: SearchRequest, found: SearchPage) -> Nearly | None:
    """What fills the page that ``found`` leaves unfilled; None when it is full, or there is nothing more.

    Only by relevance: in an order of time, what holds one word of five would stand first. Raises like ``search``.
    """
    if request.cursor or request.sort != "relevance" or len(found.hits) >= request.limit:
        return None
    query = loosened(parse(request.query))
    if query is None:
        return None
    page = await finder.search(replace(request, query=str(query), facets=(), timeline=None))
    there = {hit.id for hit in found.hits}
    hits = [hit for hit in page.hits if hit.id not in there][: request.limit - len(found.hits)]
    return Nearly(str(query), page.total, tuple(hits)) if hits else None
