"""Entities: people, organisations and places, by number of articles."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from kliping_search.api.parameters import Limit, Q
from kliping_search.api.problems import PROBLEMS
from kliping_search.lookup import Store, there
from kliping_search.profiles import entity_shown
from kliping_shared.contracts import EntityType
from kliping_shared.corrections.naming import FIELD
from kliping_shared.names import LONGEST
from kliping_shared.store.ports import SearchRequest, Timeline

MAX_ENTITIES: Final = 1000
ENTITY_FACETS: Final = {field: kind for kind, field in FIELD.items()}

Type = Annotated[str | None, Query(description="PER, ORG or LOC.", pattern="^(PER|ORG|LOC)$")]

Name = Annotated[str, Path(min_length=1, max_length=LONGEST, description="As facets give it.")]


class EntityCount(BaseModel):
    """An entity and how many articles name it."""

    name: str
    type: str
    count: int


class Entities(BaseModel):
    """Entities by number of articles."""

    total: int
    hits: list[EntityCount]


class Counted(BaseModel):
    """A value and how many documents have it."""

    value: str
    count: int


class ArticleSummary(BaseModel):
    """An article; `/articles/{article_id}` has it whole."""

    article_id: str
    title: str | None
    outlet: str | None
    origin: str | None
    published_on: str | None
    story_id: str | None
    story_title: str | None


class Claims(BaseModel):
    """How many there are, and the newest of them."""

    total: int
    claims: list[dict[str, Any]]


class Entity(BaseModel):
    """A person, organisation or place: what it says, what is said of it, with whom, when."""

    name: str
    type: EntityType
    aliases: list[str] = Field(description="Its other forms in its newest articles.")
    roles: list[Counted] = Field(description="The offices in which it is quoted, by number of claims.")
    article_count: int
    articles: list[ArticleSummary] = Field(description="The newest that name it.")
    said: Claims = Field(description="What it says.")
    told: Claims = Field(description="What others say in which it is named.")
    beside: dict[str, list[Counted]] = Field(description="Who and what is named in the same articles, by field.")
    outlets: list[Counted] = Field(description="Who writes of it, by number of articles.")
    over_time: Timeline = Field(description="Its articles.")


def router(store: Store) -> APIRouter:
    """The routes over ``store``."""
    api = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["entities"])

    @api.get("/entities/{type}/{name:path}", summary="One of them: what it says, what is said of it, with whom, when")
    async def entity(type: EntityType, name: Name) -> Entity:
        return Entity.model_validate(there(await entity_shown(store, type, name), "entities", name))

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
