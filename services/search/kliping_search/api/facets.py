"""One facet, as far as one wants to go: its values by count, and those that have some words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from kliping_search.api.parameters import Day, Q, narrowed
from kliping_search.api.problems import PROBLEMS
from kliping_search.lookup import Store
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import FACETS, FacetValue

MOST_VALUES = 200
#: A page of values ends here at the latest: a server counts so many at most.
DEEPEST = 9_000


class FacetCount(BaseModel):
    """A value and how many of the found documents have it, under all other filters."""

    value: str
    count: int


class FacetPage(BaseModel):
    """Some values of a facet."""

    values: list[FacetCount] = Field(description="By count, then by name.")
    next_offset: int | None = Field(default=None, description="Give it as `offset` for more; null on the last.")


Words = Annotated[
    str, Query(max_length=100, description="Only values with these words in a row, the last of which may be begun.")
]
Size = Annotated[int, Query(ge=1, le=MOST_VALUES)]
Offset = Annotated[int, Query(ge=0, le=DEEPEST)]


def counts(values: Iterable[FacetValue]) -> list[FacetCount]:
    """The values as they are told."""
    return [FacetCount(value=value.value, count=value.count) for value in values]


def router(store: Store) -> APIRouter:
    """The routes over ``store``."""
    api = APIRouter(prefix="/api/v1/facets", responses=PROBLEMS, tags=["facets"])
    for kind in FACETS:
        _add_kind(api, store, kind)
    return api


def _add_kind(api: APIRouter, store: Store, kind: Kind) -> None:
    @api.get(
        f"/{kind}/{{name}}",
        name=f"facet_{kind}",
        summary=f"Values of a facet of {kind}, with counts",
        description="Counted under the query and all other filters (see the search), not under those on the facet itself.",
    )
    async def facet(
        request: Request,
        name: str,
        q: Q = "",
        date_from: Annotated[Day, Query(alias="from")] = None,
        date_to: Annotated[Day, Query(alias="to")] = None,
        words: Words = "",
        limit: Size = 50,
        offset: Offset = 0,
    ) -> FacetPage:
        asked = replace(
            narrowed(request, kind, q, date_from, date_to),
            limit=0,
            facets=(name,),
            facet_size=limit + 1,
            facet_offset=offset,
            facet_words=words,
        )
        values = (await store.search(asked)).facets[name]
        more = offset + limit if len(values) > limit and offset + limit <= DEEPEST else None
        return FacetPage(values=counts(values[:limit]), next_offset=more)
