"""Light or dark: what a reader has chosen, else what his system says."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from kliping_search.domain.texts import marked
from kliping_search.languages import kept_choice

#: Themes and what they are called; the first is what the system says.
THEMES: Final = {"system": marked("As the system"), "light": marked("Light"), "dark": marked("Dark")}
COOKIE: Final = "kliping_theme"


def theme(request: Request) -> str:
    """The theme of the page that is being made."""
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in THEMES else "system"


def router() -> APIRouter:
    """``/theme/<theme>?to=<path>`` keeps the choice in a cookie and leads back."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/theme/{chosen}")
    async def choose(chosen: str, to: str = Query(default="/", max_length=4000)) -> RedirectResponse:
        return kept_choice(COOKIE, chosen, THEMES, to)

    return pages
