"""The API's routes for what people say of groups: ``/api/v1/groups/merge``, ``/split``, ``/api/v1/corrections``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kliping_search.api.problems import PROBLEMS
from kliping_search.desk import Desk
from kliping_search.guard import REFUSALS, Guard
from kliping_search.lookup import Store
from kliping_shared.corrections.correcting import Correcting, Note, Standing
from kliping_shared.corrections.groups import GroupCorrection
from kliping_shared.corrections.redis import GroupCorrections

Id = Annotated[str, Field(min_length=1, max_length=100)]


class Why(BaseModel):
    """Who says so, and why."""

    reason: str | None = Field(default=None, max_length=1000)
    by: str | None = Field(default=None, max_length=200, description="Who says so.")

    def note(self) -> Note:
        """The same, made now."""
        return Note(at=datetime.now(UTC), by=self.by, reason=self.reason)


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


def router(store: Store, desk: Desk, guard: Guard) -> APIRouter:
    """The routes; those that change something ask the guard."""
    api = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["corrections"])
    changes = APIRouter(responses=REFUSALS, dependencies=[Depends(guard)])
    correcting = Correcting(store, GroupCorrections(desk.client), desk.publisher)

    @api.get("/corrections", summary="What people corrected, from old to new")
    async def corrections() -> list[Correction]:
        return [_shown(standing) for standing in await desk.bounded(correcting.standing())]

    @changes.post("/groups/merge", status_code=201, summary="Groups are one claim")
    async def merge(asked: Merge) -> Correction:
        return _made(await desk.bounded(correcting.merge(asked.groups, asked.note())))

    @changes.post("/groups/split", status_code=201, summary="Claims of a group are another claim")
    async def split(asked: Split) -> Correction:
        return _made(await desk.bounded(correcting.split(asked.group, asked.claims, asked.note())))

    @changes.delete("/corrections/{id}", summary="Take a correction back")
    async def undo(id: Id) -> Correction:
        return _made(await desk.bounded(correcting.undo(id)))

    api.include_router(changes)
    return api


def _made(correction: GroupCorrection) -> Correction:
    return _shown(Standing(correction, ()))


def _shown(standing: Standing) -> Correction:
    return Correction.model_validate(standing.as_json())
