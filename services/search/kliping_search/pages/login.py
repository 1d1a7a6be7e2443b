"""Signing in with a key, and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from kliping_search.access.people import People
from kliping_search.access.sessions import Sessions
from kliping_search.languages import gettext, is_ours
from kliping_shared.keys import digest

To = Annotated[str, Query(max_length=4000)]


def router(people: People, sessions: Sessions, templates: Jinja2Templates) -> APIRouter:
    """``/login`` and ``/logout``."""
    pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    def form(request: Request, to: str, refused: str | None = None) -> Response:
        context = {"to": to, "refused": refused}
        return templates.TemplateResponse(request, "login.html", context, status_code=401 if refused else 200)

    @pages.get("/login")
    async def ask(request: Request, to: To = "/") -> Response:
        return form(request, to)

    @pages.post("/login")
    async def sign_in(
        request: Request,
        key: Annotated[str, Form(max_length=1000)] = "",
        to: Annotated[str, Form(max_length=4000)] = "/",
    ) -> Response:
        sha256 = digest(key.strip())
        if people.with_key(sha256) is None:
            return form(request, to, gettext("There is no such key. It may have been removed."))
        answer = RedirectResponse(to if is_ours(to) else "/", status_code=303)
        sessions.begin(request, answer, sha256)
        return answer

    @pages.post("/logout")
    async def sign_out() -> Response:
        answer = RedirectResponse("/login", status_code=303)
        sessions.end(answer)
        return answer

    return pages
