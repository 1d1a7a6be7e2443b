"""Outlets: what each carries, where it takes from, whom it quotes, what it alone has."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kliping_search.api.entities import MAX_ENTITIES, ArticleSummary, Counted, Name
from kliping_search.api.parameters import Limit, Q
from kliping_search.api.problems import PROBLEMS
from kliping_search.lookup import Store, there
from kliping_search.profiles import outlet_shown
from kliping_shared.store.ports import SearchRequest, Timeline


class Outlets(BaseModel):
    """Outlets by number of articles."""

    total: int
    hits: list[Counted]


class Groups(BaseModel):
    """How many there are, and the newest of them."""

    total: int
    groups: list[dict[str, Any]]


class Outlet(BaseModel):
    """An outlet: what it carries, where it takes from, whom it quotes, what it alone has."""

    name: str
    article_count: int
    articles: list[ArticleSummary] = Field(description="The newest.")
    claim_count: int
    own_count: int = Field(description="Articles that name no agency or outlet they were taken from.")
    origins: list[Counted] = Field(description="Where the others were taken from.")
    looked_at: int = Field(description="How many of its newest articles were compared with other outlets'.")
    copies: int = Field(description="How many of these are nearly the same text as an earlier article.")
    speakers: list[Counted] = Field(description="Whom it quotes, by number of claims.")
    names: dict[str, list[Counted]] = Field(description="Whom and what it names, by field.")
    alone: Groups = Field(description="Claims that it alone has.")
    disputed: Groups = Field(description="Claims in which it or others give other particulars.")
    over_time: Timeline


def router(store: Store) -> APIRouter:
    """The routes over ``store``."""
    api = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["outlets"])

    @api.get("/outlets", summary="Outlets by number of articles")
    async def outlets(q: Q = "", limit: Limit = 50) -> Outlets:
        asked = SearchRequest(query=q, limit=0, facets=("outlet",), facet_size=MAX_ENTITIES, highlight=False)
        found = (await store.search(asked)).facets["outlet"]
        return Outlets(total=len(found), hits=[Counted(value=one.value, count=one.count) for one in found[:limit]])

    @api.get("/outlets/{name:path}", summary="One of them: what it carries, where it takes from, what it alone has")
    async def outlet(name: Name) -> Outlet:
        return Outlet.model_validate(there(await outlet_shown(store, name), "outlets", name))

    return api
