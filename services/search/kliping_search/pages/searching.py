"""The search page: results with facets and a timeline, for every state an address."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from kliping_search.domain.chart import chart
from kliping_search.domain.labels import FACET_LABELS, HIDDEN_FACETS, KIND_LABELS, SORT_LABELS
from kliping_search.domain.state import SearchState, read_state
from kliping_search.lookup import Store
from kliping_search.profiles import pages_of
from kliping_search.today import Told, newest_stories
from kliping_shared.errors import QueryError
from kliping_shared.query import Also, also
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.meant import Meant, did_you_mean
from kliping_shared.store.nearly import Nearly, nearly
from kliping_shared.store.ports import FACETS, FacetValue, SearchPage

#: Values of a facet that are shown at first.
SHOWN_VALUES = 8
#: Documents that are looked at for facets and timeline before anything is shown, and when they are asked for.
AT_ONCE, WHEN_ASKED = 3_000, 200_000
#: The parameter that asks for facets and timeline, no part of a search's state.
COUNT, ALL = "count", "all"


@dataclass(frozen=True)
class Results:
    """What the result list shows."""

    state: SearchState
    page: SearchPage | None
    #: Results of each kind that offers all filters.
    counts: Mapping[Kind, int]
    error: QueryError | None = None
    nearly: Nearly | None = None
    meant: Meant | None = None
    also: Also | None = None
    stories: tuple[Told, ...] = ()
    #: Whether facets are left out, and whether they were asked for however long they take.
    uncounted: bool = False
    asked_for: bool = False


def router(store: Store, templates: Jinja2Templates) -> APIRouter:
    """The pages over ``store``."""
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @pages.get("/")
    async def search(request: Request) -> Response:
        results = await find(store, request)
        return templates.TemplateResponse(
            request, "search.html", shown(results), status_code=400 if results.error else 200
        )

    return pages


def shown(results: Results) -> dict[str, Any]:
    """What the template is given."""
    return {
        "results": results,
        "state": results.state,
        "labels": FACET_LABELS,
        "kinds": KIND_LABELS,
        "sorts": SORT_LABELS,
        "facets": narrowing(results.state, results.page) if results.page else {},
        "profiles": pages_of(results.state.filters, results.page) if results.page else [],
        "most": SHOWN_VALUES,
        "chart": chart(results.page.timeline) if results.page else None,
    }


def narrowing(state: SearchState, page: SearchPage) -> dict[str, tuple[FacetValue, ...]]:
    """The facets that can narrow the results, and those that do: not one whose only value all results have."""

    chosen = {*state.filters, *state.excluded}
    return {
        name: values
        for name, values in page.facets.items()
        if name not in HIDDEN_FACETS
        and (len(values) > 1 or any(value.count < page.total for value in values) or name in chosen)
    }


async def find(store: Store, request: Request) -> Results:
    """Run the search that the address asks for, and count the other kinds."""
    try:
        state = read_state(request.query_params.multi_items())
    except QueryError as error:
        return Results(SearchState(query=request.query_params.get("q", "")), None, {}, error)
    facets = [name for name in FACETS[state.kind] if name not in HIDDEN_FACETS]
    asked_for = request.query_params.get(COUNT) == ALL
    others = [kind for kind in KINDS if kind != state.kind and state.holds_for(kind)]
    asked = replace(
        state.request(facets=facets, facet_size=SHOWN_VALUES + 1),
        timeline="auto",
        count_within=WHEN_ASKED if asked_for else AT_ONCE,
    )
    try:
        page, counts, stories = await asyncio.gather(
            store.search(asked),
            asyncio.gather(*(count(store, state.of_kind(kind)) for kind in others)),
            newest_stories(store) if state == SearchState() else _nothing(),
        )
        more = await nearly(store, asked, page)
        meant = await did_you_mean(store, store.names, asked, page)
    except QueryError as error:
        return Results(state, None, {}, error)
    return Results(
        state,
        page,
        {**dict(zip(others, counts, strict=True)), state.kind: page.total},
        nearly=more,
        meant=meant,
        also=also(state.query),
        stories=stories,
        uncounted=len(page.facets) < len(facets),
        asked_for=asked_for,
    )


async def _nothing() -> tuple[Told, ...]:
    return ()


async def count(store: Store, state: SearchState) -> int:
    """How many documents of the state's kind are found; none where the kind lacks a field that the query names."""
    try:
        return (await store.search(state.request(limit=0))).total
    except QueryError:
        return 0
