"""What comes after the last document that holds all words of a query: those that hold some of them, best first.

Where no claim does, the claims of articles whose title holds them: a claim speaks of a flood without saying so.

People type what they look for in words of their own, and no document need have them all. Built on searching alone, so
it is the same for every store, and what it asks can be asked by anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kliping_shared.query import Query, loosened, parse, titled
from kliping_shared.store.ports import Finder, Hit, SearchPage, SearchRequest


@dataclass(frozen=True)
class Nearly:
    """``query`` finds ``total`` documents with any of the words, or ``below_titles`` that hold all of them; ``hits`` are
    the best of those not found already.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    below_titles: bool = False


async def nearly(finder: Finder, request: SearchRequest, found: SearchPage) -> Nearly | None:
    """What fills the page that ``found`` leaves unfilled; None when it is full, or there is nothing more.

    Only by relevance: in an order of time, what holds one word of five would stand first. Raises like ``search``.
    """
    if request.cursor or request.sort != "relevance" or len(found.hits) >= request.limit:
        return None
    query = parse(request.query)
    some = await _besides(finder, request, found, loosened(query))
    if some is not None or found.total or request.kind != "claims":
        return some
    below = await _besides(finder, request, found, titled(query))
    return below and replace(below, below_titles=True)


async def _besides(finder: Finder, request: SearchRequest, found: SearchPage, query: Query | None) -> Nearly | None:
    """What the wider query finds besides."""
    if query is None:
        return None
    page = await finder.search(replace(request, query=str(query), facets=(), timeline=None))
    there = {hit.id for hit in found.hits}
    hits = [hit for hit in page.hits if hit.id not in there][: request.limit - len(found.hits)]
    return Nearly(str(query), page.total, tuple(hits)) if hits else None
