"""An entity and an outlet: each a page over all that is read of it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from kliping_search.lookup import Store, there
from kliping_search.profiles import entity_shown, others_query, outlet_shown
from kliping_shared.contracts import EntityType


def router(store: Store, templates: Jinja2Templates) -> APIRouter:
    """The pages over ``store``."""
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @pages.get("/entities/{type}/{name:path}")
    async def entity(request: Request, type: EntityType, name: str) -> Response:
        shown = there(await entity_shown(store, type, name), "entities", name)
        return templates.TemplateResponse(request, "entity.html", {"entity": shown, "others": others_query(name)})

    @pages.get("/outlets/{name:path}")
    async def outlet(request: Request, name: str) -> Response:
        shown = there(await outlet_shown(store, name), "outlets", name)
        return templates.TemplateResponse(request, "outlet.html", {"outlet": shown})

    return pages
