"""The API's routes for names that stand for one thing: ``/api/v1/aliases``."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, Final, Self

import structlog
from fastapi import APIRouter, BackgroundTasks, Query
from pydantic import Field, model_validator

from kliping_search.access.people import Asking
from kliping_search.access.roles import Person
from kliping_search.api.corrections import Why
from kliping_search.api.problems import PROBLEMS
from kliping_search.desk import Desk
from kliping_search.lookup import Store
from kliping_shared.contracts import Contract, EntityType
from kliping_shared.corrections import naming
from kliping_shared.corrections.alias_book import RedisAliasBook
from kliping_shared.corrections.aliases import Alias
from kliping_shared.corrections.naming import Named
from kliping_shared.errors import StoreUnavailable
from kliping_shared.names import LONGEST, one_name

Form = Annotated[str, Field(min_length=1, max_length=LONGEST)]
AForm = Annotated[str, Query(min_length=1, max_length=LONGEST, description="A form, or a name with all its forms.")]
AnyType = Annotated[EntityType | None, Query(description="Of which type, where it is a form of several.")]
Apply = Annotated[bool, Query(description="Have the articles read anew that name any of the forms.")]

CONFLICT: Final[dict[int | str, dict[str, Any]]] = {409: {"description": "A form stands for another name of the type."}}


log = structlog.get_logger("kliping.search")


class Names(Why):
    """Other forms that stand for a name."""

    name: Form
    aliases: list[Form] = Field(min_length=1, max_length=1000)
    type: EntityType = EntityType.PER
    apply: bool = Field(default=True, description="Have the articles read anew that name any of the forms.")

    @model_validator(mode="after")
    def _are_names(self) -> Self:
        list(one_name(self.type, self.name, self.aliases))
        return self

    def rows(self, person: Person) -> list[Alias]:
        """The forms, as said by the person now."""
        made = partial(Alias, reason=self.reason, by=self.author(person), at=datetime.now(UTC))
        known = one_name(self.type, self.name, self.aliases)
        return [made(type=one.type, name=one.name, alias=one.alias) for one in known]


class Changed(Contract):
    """What was added or removed."""

    aliases: tuple[Alias, ...]
    articles: int = Field(
        description="How many articles name any of the forms, at most; with `apply` they are read anew from now on."
    )


def router(store: Store, desk: Desk) -> APIRouter:
    """The routes."""
    api = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["corrections"])
    book = RedisAliasBook(desk.client)

    async def changed(work: Awaitable[Named], later: BackgroundTasks, *, apply: bool) -> Changed:
        """The answer does not wait for the articles, which may be many."""
        named = await desk.bounded(work)
        if apply:
            later.add_task(read_anew, named, store, desk)
        totals = [(await store.search(replace(request, limit=0))).total for request in named.requests]
        return Changed(aliases=named.changed, articles=sum(totals))

    @api.get("/aliases", summary="What people say stands for one name, each form by itself")
    async def aliases() -> list[Alias]:
        return list(await desk.bounded(book.list()))

    @api.post("/aliases", status_code=201, responses=CONFLICT, summary="Forms stand for a name")
    async def add(asked: Names, later: BackgroundTasks, person: Asking) -> Changed:
        return await changed(naming.add(book, asked.rows(person)), later, apply=asked.apply)

    @api.delete("/aliases", summary="Take back that a form stands for a name")
    async def remove(alias: AForm, later: BackgroundTasks, type: AnyType = None, apply: Apply = True) -> Changed:
        return await changed(naming.remove(book, alias, type), later, apply=apply)

    return api


async def read_anew(named: Named, store: Store, desk: Desk) -> None:
    """Where it breaks off, the log tells; the same request again brings it to an end."""
    try:
        await naming.read_anew(named, store, desk.publisher)
    except StoreUnavailable as error:
        log.error("articles not read anew for an alias", reason=str(error))
