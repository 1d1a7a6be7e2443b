"""Documents: found, and one by one. They have the field names of the contracts."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from kliping_search.api.answers import ANSWERS
from kliping_search.api.facets import FacetCount, counts
from kliping_search.api.parameters import Cursor, Day, Limit, Q, Sort, WithFacets, WithTimeline, narrowed
from kliping_search.api.problems import PROBLEMS
from kliping_search.lookup import NotFound, Store
from kliping_search.showing import SHOWN
from kliping_shared.query import also
from kliping_shared.store.documents import Kind
from kliping_shared.store.meant import did_you_mean
from kliping_shared.store.nearly import Nearly, nearly
from kliping_shared.store.ports import FACETS, Timeline, order_of


class NearlyFound(BaseModel):
    """What holds some of the query's words, where few documents hold all of them; of claims else those below such titles."""

    q: str = Field(description="Give it as `q` for all of these.")
    total: int = Field(description="How many documents that finds, those of `total` included.")
    below_titles: bool = Field(description="Whether these are claims of articles whose title holds the words.")
    hits: list[dict[str, Any]] = Field(description="The best of them that `hits` lacks, as many as fill the page.")


class MeantQuery(BaseModel):
    """The query with words that no document has in a spelling that some have."""

    q: str = Field(description="Give it as `q`.")
    total: int = Field(description="How many documents it finds, under the same filters.")


class AlsoSearched(BaseModel):
    """Names and words that are used for those of the query (KPK, Komisi Pemberantasan Korupsi); they count for less."""

    forms: list[str] = Field(description="What is found besides what is typed.")
    typed_only: str = Field(description="Give it as `q` to search for what is typed alone.")


class Found(BaseModel):
    """One page of documents."""

    total: int = Field(description="How many documents were found, exactly.")
    hits: list[dict[str, Any]] = Field(description="The documents of this page.")
    facets: dict[str, list[FacetCount]] = Field(default_factory=dict)
    next_cursor: str | None = Field(
        default=None, description="Give it as `cursor` for the next page; null on the last."
    )
    timeline: Timeline | None = Field(default=None, description="Where `timeline` asks for it.")
    also_searched: AlsoSearched | None = Field(default=None, description="Null where that is nothing.")
    nearly: NearlyFound | None = Field(
        default=None,
        description="By relevance, on a first page that `hits` do not fill: documents with some of the words.",
    )
    did_you_mean: MeantQuery | None = Field(
        default=None, description="Where nothing was found: what may have been meant. Never asked instead."
    )


def router(store: Store) -> APIRouter:
    """The routes over ``store``."""
    api = APIRouter(prefix="/api/v1", responses=PROBLEMS)
    for kind in FACETS:
        _add_kind(api, store, kind)
        _add_document(api, store, kind)

    return api


def _add_kind(api: APIRouter, store: Store, kind: Kind) -> None:
    filters = ", ".join(FACETS[kind])

    @api.get(
        f"/{kind}",
        name=f"find_{kind}",
        tags=[kind],
        summary=f"Find {kind}",
        description=f"Filters, each repeatable: {filters}. Values of one filter are OR-ed, filters are AND-ed. "
        "With `not.` before its name a filter leaves documents out (`not.outlet=…`).",
    )
    async def find(
        request: Request,
        q: Q = "",
        date_from: Annotated[Day, Query(alias="from")] = None,
        date_to: Annotated[Day, Query(alias="to")] = None,
        sort: Sort = "relevance",
        limit: Limit = 20,
        cursor: Cursor = None,
        facets: WithFacets = False,
        timeline: WithTimeline = None,
    ) -> Found:
        asked = replace(
            narrowed(request, kind, q, date_from, date_to),
            sort=order_of(kind, q, sort),
            limit=limit,
            cursor=cursor,
            facets=FACETS[kind] if facets else (),
            timeline=timeline,
        )
        page = await store.search(asked)
        more = await nearly(store, asked, page)
        meant = await did_you_mean(store, store.names, asked, page)
        besides = also(q)
        return Found(
            total=page.total,
            hits=[dict(hit.document) for hit in page.hits],
            facets={name: counts(values) for name, values in page.facets.items()},
            next_cursor=page.next_cursor,
            timeline=page.timeline,
            also_searched=besides and AlsoSearched(forms=list(besides.forms), typed_only=besides.query),
            nearly=more and _nearly(more),
            did_you_mean=meant and MeantQuery(q=meant.query, total=meant.total),
        )


def _nearly(more: Nearly) -> NearlyFound:
    hits = [dict(hit.document) for hit in more.hits]
    return NearlyFound(q=more.query, total=more.total, below_titles=more.below_titles, hits=hits)


def _add_document(api: APIRouter, store: Store, kind: Kind) -> None:
    @api.get(
        f"/{kind}/{{id}}",
        name=f"get_{kind}",
        tags=[kind],
        summary=f"One of the {kind}, whole",
        # Told, not imposed: a document that an older Kliping has written lacks fields, and is shown all the same.
        response_model=None,
        responses={200: {"model": ANSWERS[kind]}},
    )
    async def get(id: str) -> dict[str, Any]:
        document = await (SHOWN[kind](store, id) if kind in SHOWN else store.get(kind, id))
        if document is None:
            raise NotFound(f"there is no document {id} among the {kind}")
        return dict(document)
