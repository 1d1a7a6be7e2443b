"""The API's routes for what people say of groups and claims: ``/api/v1/groups/merge``, ``/split``,
``/api/v1/claims/{id}/speaker``, ``/reject``, ``/api/v1/corrections``.
"""

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
from kliping_shared.corrections.claim_book import ClaimCorrections
from kliping_shared.corrections.claims import ID_BEGINS, ClaimCorrection
from kliping_shared.corrections.correcting import Correcting, Note, Standing
from kliping_shared.corrections.correcting_claims import CorrectingClaims
from kliping_shared.corrections.groups import GroupCorrection
from kliping_shared.corrections.redis import GroupCorrections
from kliping_shared.names import LONGEST

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


class SaidBy(Why):
    """Who says a claim."""

    speaker: str = Field(min_length=1, max_length=LONGEST)
    role: str | None = Field(default=None, max_length=LONGEST, description="Office or description of that speaker.")


class Correction(GroupCorrection):
    """A correction as it stands."""

    resting: tuple[str, ...] = Field(description="Its claims that are in the store no more.")


def router(store: Store, desk: Desk) -> APIRouter:
    """The routes."""
    api = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["corrections"])
    correcting = Correcting(store, GroupCorrections(desk.client), desk.publisher)
    claims = CorrectingClaims(store, ClaimCorrections(desk.client), desk.publisher)

    @api.get("/corrections", summary="What people corrected, from old to new")
    async def corrections() -> list[Correction | ClaimCorrection]:
        made = [_shown(standing) for standing in await desk.bounded(correcting.standing())]
        return sorted([*made, *await desk.bounded(claims.list())], key=lambda one: one.at)

    @api.post("/groups/merge", status_code=201, summary="Groups are one claim")
    async def merge(asked: Merge, person: Asking) -> Correction:
        return _made(await desk.bounded(correcting.merge(asked.groups, asked.note(person))))

    @api.post("/groups/split", status_code=201, summary="Claims of a group are another claim")
    async def split(asked: Split, person: Asking) -> Correction:
        return _made(await desk.bounded(correcting.split(asked.group, asked.claims, asked.note(person))))

    @api.post("/claims/{id}/speaker", status_code=201, summary="Somebody else says a claim")
    async def said_by(id: Id, asked: SaidBy, person: Asking) -> ClaimCorrection:
        return await desk.bounded(claims.said_by(id, asked.speaker, asked.note(person), asked.role))

    @api.post("/claims/{id}/reject", status_code=201, summary="What was taken for a claim is none")
    async def reject(id: Id, asked: Why, person: Asking) -> ClaimCorrection:
        return await desk.bounded(claims.reject(id, asked.note(person)))

    @api.delete("/corrections/{id}", summary="Take a correction back")
    async def undo(id: Id) -> Correction | ClaimCorrection:
        if id.startswith(ID_BEGINS):
            return await desk.bounded(claims.undo(id))
        return _made(await desk.bounded(correcting.undo(id)))

    return api


def _made(correction: GroupCorrection) -> Correction:
    return _shown(Standing(correction, ()))


def _shown(standing: Standing) -> Correction:
    return Correction.model_validate(standing.as_json())
