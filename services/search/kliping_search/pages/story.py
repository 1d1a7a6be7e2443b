"""A story: the articles on one event, and how their outlets stand to its claims."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from kliping_search.domain.wordings import by_origin, by_outlet
from kliping_search.lookup import Store, there
from kliping_search.reporting import story_report
from kliping_search.showing import story_shown


def router(store: Store, templates: Jinja2Templates) -> APIRouter:
    """The page over ``store``."""
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @pages.get("/stories/{id}")
    async def story(request: Request, id: str) -> Response:
        shown = there(await story_shown(store, id), "stories", id)
        context = {
            "story": shown,
            "origins": by_origin(shown["articles"]),
            "alone": by_outlet(shown["claims"]["single_source"]),
        }
        return templates.TemplateResponse(request, "story.html", context)

    @pages.get("/stories/{id}/report")
    async def report(request: Request, id: str) -> Response:
        found = there(await story_report(store, id), "stories", id)
        return templates.TemplateResponse(request, "report.html", {"report": found, "made_at": datetime.now(UTC)})

    return pages
