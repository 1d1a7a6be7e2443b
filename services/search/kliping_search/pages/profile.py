"""An entity and an outlet: each a page over all that is read of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from kliping_search.desk import Desk
from kliping_search.domain.chart import chart
from kliping_search.domain.state import SearchState
from kliping_search.lookup import Store, there
from kliping_search.profiles import address_of, entity_address, entity_shown, others_query, outlet_shown
from kliping_shared.contracts import EntityType
from kliping_shared.corrections.alias_book import RedisAliasBook
from kliping_shared.corrections.naming import FIELD


def router(store: Store, desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """The pages over ``store``. A name that people gave another leads to that, once no article has it any more."""
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    names = RedisAliasBook(desk.client)

    @pages.get("/entities/{type}/{name:path}")
    async def entity(request: Request, type: EntityType, name: str) -> Response:
        made = [one for one in await desk.at_hand(names.list()) or () if one.type == type and one.alias != one.name]
        shown = await entity_shown(store, type, name)
        for one in made:
            if shown is None and one.alias == name:
                return RedirectResponse(entity_address(type, one.name), status_code=303)
        found = there(shown, "entities", name)
        context = _with_chart(found, FIELD[type], name) | {
            "entity": found,
            "others": others_query(name),
            "joined": [one for one in made if name in (one.alias, one.name)],
        }
        return templates.TemplateResponse(request, "entity.html", context)

    @pages.get("/names/{name:path}")
    async def whoever(name: str) -> Response:
        return RedirectResponse(await address_of(store, name), status_code=303)

    @pages.get("/outlets/{name:path}")
    async def outlet(request: Request, name: str) -> Response:
        shown = there(await outlet_shown(store, name), "outlets", name)
        return templates.TemplateResponse(
            request, "outlet.html", _with_chart(shown, "outlet", name) | {"outlet": shown}
        )

    return pages


def _with_chart(shown: Mapping[str, Any], field: str, name: str) -> dict[str, Any]:
    """The drawing of its articles over time, and the search that finds them."""
    searched = SearchState(kind="articles", filters={field: (name,)})
    return {"chart": chart(shown["over_time"]), "searched": searched}
