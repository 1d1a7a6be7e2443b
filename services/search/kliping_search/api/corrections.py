"""The API's routes for what people say of groups: ``/api/v1/groups/merge``, ``/split``, ``/api/v1/corrections``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kliping_search.access.people import Asking
from kliping_search.access.roles import Person
from kliping_search.api.problems import PROBLEMS
from kliping_search.desk import Desk
from kliping_search.lookup import Store
from kliping_shared.corrections.correcting import Correcting, Note, Standing
from kliping_shared.corrections.groups import GroupCorrection
from kliping_shared.corrections.redis import GroupCorrections

Id = Annotated[str, Field(min_length=1, max_length=100)]


class Why(BaseModel):
    """Who says so, and why."""

    reason: str | None = Field(default=None, max_length=1000)
    by: str | None = Field(
        default=None, max_length=200, description="Who says so, where nobody signs in; else whose key it is."
    )

    def author(self, person: Person) -> str | None:
        """Who says so: the person who signed in, whatever the request says."""
        return person.name or self.by

    def note(self, person: Person) -> Note:
        """The same, said by the person now."""
        return Note(at=datetime.now(UTC), by=self.author(person), reason=self.reason)


class Merge(Why):
    """All claims of these groups say the same."""

    groups: list[Id] = Field(min_length=2, max_length=100)


class Split(Why):
    """These claims of the group stay together, and do not say what its others say."""

    group: Id
    claims: list[Id] = Field(min_length=1, max_length=10_000)


class Correction(GroupCorrection):
    """A correction as it stands."""

    resting: tuple[str, ...] = Field(description="Its claims that are in the store no more.")


def router(store: Store, desk: Desk) -> APIRouter:
    """The routes."""
    api = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["corrections"])
    correcting = Correcting(store, GroupCorrections(desk.client), desk.publisher)

    @api.get("/corrections", summary="What people corrected, from old to new")
    async def corrections() -> list[Correction]:
        return [_shown(standing) for standing in await desk.bounded(correcting.standing())]

    @api.post("/groups/merge", status_code=201, summary="Groups are one claim")
    async def merge(asked: Merge, person: Asking) -> Correction:
        return _made(await desk.bounded(correcting.merge(asked.groups, asked.note(person))))

    @api.post("/groups/split", status_code=201, summary="Claims of a group are another claim")
    async def split(asked: Split, person: Asking) -> Correction:
        return _made(await desk.bounded(correcting.split(asked.group, asked.claims, asked.note(person))))

    @api.delete("/corrections/{id}", summary="Take a correction back")
    async def undo(id: Id) -> Correction:
        return _made(await desk.bounded(correcting.undo(id)))

    return api


def _made(correction: GroupCorrection) -> Correction:
    return _shown(Standing(correction, ()))


def _shown(standing: Standing) -> Correction:
    return Correction.model_validate(standing.as_json())
