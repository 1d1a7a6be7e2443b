"""Entities: people, organisations and places, by number of articles."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel

from kliping_search.api.parameters import Limit, Q
from kliping_search.api.problems import PROBLEMS
from kliping_search.lookup import Store
from kliping_shared.store.ports import SearchRequest

MAX_ENTITIES: Final = 1000
ENTITY_FACETS: Final = {"person": "PER", "org": "ORG", "place": "LOC"}

Type = Annotated[str | None, Query(description="PER, ORG or LOC.", pattern="^(PER|ORG|LOC)$")]


class EntityCount(BaseModel):
    """An entity and how many articles name it."""

    name: str
    type: str
    count: int


class Entities(BaseModel):
    """Entities by number of articles."""

    total: int
    hits: list[EntityCount]


def router(store: Store) -> APIRouter:
    """The routes over ``store``."""
    api = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["entities"])

    @api.get("/entities", summary="People, organisations and places, by number of articles")
    async def entities(q: Q = "", type: Type = None, limit: Limit = 50) -> Entities:
        names = tuple(name for name, label in ENTITY_FACETS.items() if type in (None, label))
        request = SearchRequest(query=q, limit=0, facets=names, facet_size=MAX_ENTITIES, highlight=False)
        page = await store.search(request)
        found = [
            EntityCount(name=value.value, type=ENTITY_FACETS[name], count=value.count)
            for name in names
            for value in page.facets.get(name, ())
        ]
        found.sort(key=lambda entity: (-entity.count, entity.name, entity.type))
        return Entities(total=len(found), hits=found[:limit])

    return api
