"""A group: one claim in all its wordings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from kliping_search.access.people import corrects
from kliping_search.desk import Desk
from kliping_search.domain.wordings import by_origin, columns, in_time
from kliping_search.lookup import Store, there
from kliping_search.showing import group_shown
from kliping_shared.corrections.redis import GroupCorrections
from kliping_shared.store.ports import SearchRequest

#: Groups that one may be joined with by choosing it.
OTHERS: Final = 50


def router(store: Store, desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """The page over ``store``."""
    corrections = GroupCorrections(desk.client)
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @pages.get("/groups/{id}")
    async def group(request: Request, id: str) -> Response:
        shown = there(await group_shown(store, id), "groups", id)
        wordings = shown["wordings"]
        own = {wording["claim_id"] for wording in wordings}
        made = await desk.at_hand(corrections.of([wording["article_id"] for wording in wordings])) or ()
        context = {
            "group": shown,
            "others": await _others(store, shown) if corrects(request) else (),
            "corrections": [one for one in made if not own.isdisjoint(anchor.claim_id for anchor in one.anchors)],
            "timeline": in_time(wordings),
            "columns": columns(wordings),
            "origins": by_origin(wordings),
            "outlets": {wording["claim_id"]: wording["outlet"] for wording in wordings},
        }
        return templates.TemplateResponse(request, "group.html", context)

    return pages


async def _others(store: Store, group: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The newest other groups of the speaker: the same claim is most likely among them."""
    if not group["speaker"]:
        return []
    found = await store.search(
        SearchRequest("groups", filters={"speaker": group["speaker"][:1]}, sort="newest", limit=OTHERS, highlight=False)
    )
    return [hit.document for hit in found.hits if hit.id != group["group_id"]]
