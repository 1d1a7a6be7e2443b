"""What a query that is being typed may go on with: ``/api/v1/suggest``."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from kliping_search.api.parameters import Q
from kliping_search.api.problems import PROBLEMS
from kliping_search.domain.suggesting import suggestions
from kliping_search.lookup import Store

_MOST: Final = 20

Most = Annotated[int, Query(ge=1, le=_MOST)]


class Suggested(BaseModel):
    """A completion of the query's last words."""

    type: Literal["name", "field"]
    field: str = Field(description="The field of the name, or that is suggested.")
    value: str = Field(description="The name, or the field with its colon.")
    count: int | None = Field(description="How many articles have the name, or claims the value; null for a field.")
    q: str = Field(description="The whole query with the completion in it.")


class Suggestions(BaseModel):
    """The likeliest first; names by number of articles."""

    suggestions: list[Suggested]


def router(store: Store) -> APIRouter:
    """The route over the names of ``store``."""
    api = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["suggest"])

    @api.get(
        "/suggest",
        summary="Complete the end of a query",
        description="With people, organisations, places and outlets any word of whose name begins so, and with fields. "
        "After `speaker:` (outlet, origin, person, org, place, about) with names of that field, after `stance:` (kind, "
        "modality, negated, public, agreement, differs, language) with its values. Case and accents do not "
        "matter. Names of articles that came within the last seconds (minutes, in a store of millions) may be missing.",
    )
    async def suggest(q: Q = "", limit: Most = 8) -> Suggestions:
        found = suggestions(await store.names(), q, limit)
        told = [
            Suggested(type=one.type, field=one.field, value=one.value, count=one.count, q=one.query) for one in found
        ]
        return Suggestions(suggestions=told)

    return api
