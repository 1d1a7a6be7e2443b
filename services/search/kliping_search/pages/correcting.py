"""What people corrected, and the forms of all pages that correct something. Each leads back to what it is about."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from pydantic import ValidationError

from kliping_search.access.people import Asking
from kliping_search.api.aliases import Names, read_anew
from kliping_search.api.corrections import Why
from kliping_search.desk import Desk
from kliping_search.lookup import Store
from kliping_search.profiles import entity_address
from kliping_shared.contracts import EntityType
from kliping_shared.corrections import naming
from kliping_shared.corrections.alias_book import RedisAliasBook
from kliping_shared.corrections.claim_book import ClaimCorrections
from kliping_shared.corrections.claims import ID_BEGINS
from kliping_shared.corrections.correcting import Correcting, NotCorrectable
from kliping_shared.corrections.correcting_claims import CorrectingClaims
from kliping_shared.corrections.redis import GroupCorrections
from kliping_shared.names import LONGEST

Text = Annotated[str, Form(max_length=1000)]
Name = Annotated[str, Form(max_length=LONGEST)]
Id = Annotated[str, Form(min_length=1, max_length=300)]
Ids = Annotated[list[str], Form(max_length=10_000)]


def router(store: Store, desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """The pages."""
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    kept = GroupCorrections(desk.client)
    groups = Correcting(store, kept, desk.publisher)
    claims = CorrectingClaims(store, ClaimCorrections(desk.client), desk.publisher)
    names = RedisAliasBook(desk.client)

    @pages.get("/corrections")
    async def corrections(request: Request) -> Response:
        made: list[Any] = [*await desk.bounded(claims.list())]
        made += await desk.bounded(kept.list())
        context = {
            "corrections": sorted(made, key=lambda one: one.at, reverse=True),
            "aliases": [one for one in await desk.bounded(names.list()) if one.alias != one.name],
        }
        return templates.TemplateResponse(request, "corrections.html", context)

    _claims(pages, claims, desk)
    _groups(pages, groups, desk)
    _names(pages, names, store, desk)

    @pages.post("/corrections/undo")
    async def undo(id: Id) -> Response:
        await desk.bounded(claims.undo(id) if id.startswith(ID_BEGINS) else groups.undo(id))
        return _to("/corrections")

    return pages


def _claims(pages: APIRouter, claims: CorrectingClaims, desk: Desk) -> None:
    @pages.post("/corrections/claims/speaker")
    async def said_by(claim: Id, person: Asking, speaker: Name = "", role: Name = "", reason: Text = "") -> Response:
        note = Why(reason=reason.strip() or None).note(person)
        made = await desk.bounded(claims.said_by(claim, speaker, note, role))
        return _to(f"/articles/{made.claim.article_id}#n-{claim}")

    @pages.post("/corrections/claims/reject")
    async def reject(claim: Id, person: Asking, reason: Text = "") -> Response:
        made = await desk.bounded(claims.reject(claim, Why(reason=reason.strip() or None).note(person)))
        return _to(f"/articles/{made.claim.article_id}#rejected")


def _groups(pages: APIRouter, groups: Correcting, desk: Desk) -> None:
    @pages.post("/corrections/groups/merge")
    async def merge(group: Id, person: Asking, same: Name = "", other: Name = "", reason: Text = "") -> Response:
        # Whoever has the other page open copies its address.
        ids = [group, same, other.strip().partition("#")[0].rstrip("/").rpartition("/")[2]]
        made = await desk.bounded(groups.merge([*filter(None, ids)], Why(reason=reason.strip() or None).note(person)))
        return _to(f"/corrections#{made.correction_id}")

    @pages.post("/corrections/groups/split")
    async def split(group: Id, person: Asking, claims: Ids = [], reason: Text = "") -> Response:  # noqa: B006 - FastAPI copies it
        made = await desk.bounded(groups.split(group, claims, Why(reason=reason.strip() or None).note(person)))
        return _to(f"/corrections#{made.correction_id}")


def _names(pages: APIRouter, names: RedisAliasBook, store: Store, desk: Desk) -> None:
    @pages.post("/corrections/names")
    async def add(
        type: Annotated[EntityType, Form()],
        name: Name,
        alias: Name,
        person: Asking,
        later: BackgroundTasks,
        reason: Text = "",
        at: Name = "",
    ) -> Response:
        try:
            asked = Names(name=name.strip(), aliases=[alias.strip()], type=type, reason=reason.strip() or None)
        except ValidationError as error:
            raise NotCorrectable(error.errors()[0]["msg"]) from error
        later.add_task(read_anew, await desk.bounded(naming.add(names, asked.rows(person))), store, desk)
        # Of a new name there is no page yet.
        return _to(entity_address(type, at) if at else "/corrections#names")

    @pages.post("/corrections/names/undo")
    async def remove(type: Annotated[EntityType, Form()], alias: Name, later: BackgroundTasks) -> Response:
        later.add_task(read_anew, await desk.bounded(naming.remove(names, alias, type)), store, desk)
        return _to("/corrections#names")


def _to(path: str) -> Response:
    return RedirectResponse(path, status_code=303)
