"""The API's routes for watches: saved searches that are asked of everything that arrives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from kliping_search.access.people import Asking
from kliping_search.access.roles import Person
from kliping_search.api.problems import PROBLEMS
from kliping_search.desk import Desk
from kliping_shared.watching.alerts import Alert
from kliping_shared.watching.redis import KEPT, Deliveries, Standing
from kliping_shared.watching.watches import Mail, Search, Watch
from kliping_shared.watching.watchlist import Watchlist

Id = Annotated[str, Field(min_length=1, max_length=100)]
_EXAMPLE: Final[JsonDict] = {
    "name": "Menkeu soal subsidi",
    "search": {"kind": "claims", "query": 'speaker:"Sri Mulyani" about:subsidi'},
    "webhook": {"url": "https://desk.example/kliping"},
}


class Address(BaseModel):
    """Where a webhook is."""

    url: str = Field(
        max_length=2000, description="http or https; a public address, unless KLIPING_ALERT_PRIVATE is set."
    )


class Wanted(BaseModel):
    """A watch to be."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    name: str = Field(min_length=1, max_length=200)
    search: Search
    webhook: Address | None = None
    mail: Mail | None = None
    active: bool = True


class Change(BaseModel):
    """What is given changes, the rest stays; null takes a webhook or mailbox away."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"active": False}, {"mail": None}]})

    name: str | None = Field(default=None, min_length=1, max_length=200)
    search: Search | None = None
    webhook: Address | None = None
    mail: Mail | None = None
    active: bool | None = None


class Channel(BaseModel):
    """How a webhook or mailbox fares."""

    sent: int = Field(description="Alerts that it took.")
    sent_at: datetime | None
    waiting: int = Field(description="Alerts that wait for it.")
    attempts: int = Field(description="How often the next one failed.")
    error: str | None
    stopped: bool = Field(description="It failed too often, or refused for good: `resume` tries again.")
    dropped: int = Field(description="Alerts that it was not told of, since too many waited, or for too long.")
    dropped_at: datetime | None


class ShownWebhook(Channel):
    """A webhook; its secret is shown when it is made, never again."""

    host: str
    url: str | None = Field(description="All of its address, which may hold a secret: null for who may only read.")


class ShownMail(Channel):
    """A mailbox."""

    to: str
    every_minutes: int


class ShownWatch(BaseModel):
    """A watch and how it fares."""

    watch_id: str
    name: str
    search: Search
    webhook: ShownWebhook | None
    mail: ShownMail | None
    active: bool
    created_at: datetime
    by: str | None
    total: int = Field(description="What it found so far.")
    unread: int = Field(description="How much of that nobody marked as read.")


class UnreadableWatch(BaseModel):
    """A watch that is asked of nothing, since it cannot be read; it can be removed."""

    watch_id: str
    unreadable: str = Field(description="Why.")


class MadeWatch(ShownWatch):
    """A new or changed watch."""

    secret: str | None = Field(description="What a new webhook's requests are signed with. It is not shown again.")


def router(watchlist: Watchlist, desk: Desk) -> APIRouter:
    """The routes."""
    api = APIRouter(prefix="/api/v1/watches", responses=PROBLEMS, tags=["watches"])
    _reading(api, watchlist, desk)
    _changing(api, watchlist, desk)
    return api


def _reading(api: APIRouter, watchlist: Watchlist, desk: Desk) -> None:
    @api.get("", summary="All watches, from old to new")
    async def watches(person: Asking) -> list[ShownWatch | UnreadableWatch]:
        unreadable = await desk.bounded(watchlist.unreadable())
        read = await desk.bounded(watchlist.all())
        return [
            *(UnreadableWatch(watch_id=one.watch_id, unreadable=one.reason) for one in unreadable),
            *(_shown(standing, person) for standing in read),
        ]

    @api.get("/{id}", summary="A watch and how it fares")
    async def watch(id: Id, person: Asking) -> ShownWatch:
        return _shown(await desk.bounded(watchlist.standing(id)), person)

    @api.get("/{id}/hits", summary="What a watch found, from new to old")
    async def hits(
        id: Id,
        start: Annotated[int, Query(ge=0, le=KEPT, description="How many of the latest to leave out.")] = 0,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> list[Alert]:
        return await desk.bounded(watchlist.alerts(id, start=start, count=limit))


def _changing(api: APIRouter, watchlist: Watchlist, desk: Desk) -> None:
    async def told(watch: Watch, secret: str | None = None) -> MadeWatch:
        standing = await desk.bounded(watchlist.standing(watch.watch_id))
        return MadeWatch(**_fields(standing), secret=secret)

    @api.post("", status_code=201, summary="Watch a search from now on")
    async def make(wanted: Wanted, person: Asking) -> MadeWatch:
        watch = await desk.bounded(watchlist.make(**wanted.model_dump(), by=person.name))
        return await told(watch, watch.webhook.secret if watch.webhook else None)

    @api.patch("/{id}", summary="Change a watch")
    async def change(id: Id, asked: Change) -> MadeWatch:
        known = await desk.bounded(watchlist.get(id))
        fields = changed(known, asked.model_dump(exclude_unset=True))
        watch = await desk.bounded(watchlist.change(id, **fields))
        fresh = watch.webhook is not None and (known.webhook is None or known.webhook.secret != watch.webhook.secret)
        return await told(watch, watch.webhook.secret if watch.webhook and fresh else None)

    @api.delete("/{id}", status_code=204, summary="Forget a watch and what it found")
    async def remove(id: Id) -> None:
        await desk.bounded(watchlist.remove(id))

    @api.post("/{id}/read", status_code=204, summary="All that it found was read")
    async def read(id: Id) -> None:
        await desk.bounded(watchlist.read(id))

    @api.post("/{id}/resume", status_code=204, summary="Try channels again that stopped")
    async def resume(id: Id) -> None:
        await desk.bounded(watchlist.resume(id))

    @api.post("/{id}/test", status_code=202, summary="Send a test to its webhook and mailbox")
    async def test(id: Id) -> Alert:
        return await desk.bounded(watchlist.test(id))


def changed(known: Watch, given: dict[str, Any]) -> dict[str, Any]:
    """The fields to change: what was given, without null where a watch needs a value; a webhook keeps its secret."""
    fields = {name: value for name, value in given.items() if value is not None or name in ("webhook", "mail")}
    if fields.get("webhook") and known.webhook:
        fields["webhook"] = {"secret": known.webhook.secret, **fields["webhook"]}
    return fields


def _shown(standing: Standing, person: Person) -> ShownWatch:
    shown = ShownWatch(**_fields(standing))
    if shown.webhook and not person.may("correct"):
        shown.webhook.url = None
    return shown


def _fields(standing: Standing) -> dict[str, Any]:
    watch = standing.watch
    fields = watch.model_dump(exclude={"webhook", "mail"}) | {"total": standing.total, "unread": standing.unread}
    fields |= {"webhook": None, "mail": None}
    for channel, fared in standing.deliveries.items():
        fields[channel] = getattr(watch, channel).model_dump(exclude={"secret"}) | _fared(fared)
    if watch.webhook:
        fields["webhook"]["host"] = watch.webhook.host
    return fields


def _fared(deliveries: Deliveries) -> dict[str, Any]:
    return {name: getattr(deliveries, name) for name in Channel.model_fields}
