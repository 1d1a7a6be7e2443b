"""Errors as answers: problem+json for programs, a page for people; never a store's own words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from kliping_search import languages
from kliping_search.domain.texts import marked
from kliping_search.lookup import NotFound
from kliping_shared.corrections.aliases import AliasConflict, NoSuchAlias, OfWhichType
from kliping_shared.corrections.correcting import NotCorrectable, NotThere
from kliping_shared.errors import QueryError, StoreUnavailable
from kliping_shared.watching.beginning import TooBroad
from kliping_shared.watching.watchlist import CannotBeRead, NoSuchWatch, NotWatchable

PROBLEM = "application/problem+json"
TITLES = {
    400: marked("Cannot understand this"),
    401: marked("Who are you?"),
    403: marked("Not allowed"),
    404: marked("Not found"),
    405: marked("Not done this way"),
    409: marked("Said otherwise"),
    413: marked("Too much"),
    415: marked("Neither JSON nor a form"),
    429: marked("Too often"),
    500: marked("Something broke"),
    503: marked("Not now"),
}

#: What is said instead of a status alone.
BARE = {
    HTTPStatus.NOT_FOUND.phrase: marked("There is no such page."),
    HTTPStatus.METHOD_NOT_ALLOWED.phrase: marked("This address does not take such requests."),
}

log = structlog.get_logger("kliping.search")


Answer = Callable[..., Response]


def answers(templates: Jinja2Templates) -> Answer:
    """How an error is told: to programs as a problem, to people on a page."""

    def answer(request: Request, status: int, detail: str, position: int | None = None) -> Response:
        title = TITLES.get(status, "Error")
        if _is_api(request):
            body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "position": position}
            return JSONResponse(body, status, media_type=PROBLEM)
        context = {"title": languages.gettext(title), "detail": languages.said(detail), "status": status}
        return templates.TemplateResponse(request, "error.html", context, status_code=status)

    return answer


def _is_api(request: Request) -> bool:
    return bool(request.scope["path"].startswith("/api/"))


def refusing(answer: Answer) -> Callable[[Request, Exception], Awaitable[Response]]:
    """How an HTTPException is answered."""

    async def refuse(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        told = answer(request, error.status_code, BARE.get(error.detail, error.detail))
        told.headers.update(error.headers or {})
        return told

    return refuse


def install(app: FastAPI, answer: Answer) -> None:
    """Answer every error of the application."""

    async def query_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, QueryError)
        detail = error.message if _is_api(request) else languages.query_error(error)
        return answer(request, 400, detail, error.position)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        return answer(request, 400, f"{first['loc'][-1]}: {first['msg']}")

    async def no_correction(request: Request, error: Exception) -> Response:
        return answer(request, 400, error.args[0])

    async def conflict(request: Request, error: Exception) -> Response:
        return answer(request, 409, error.args[0])

    async def not_found(request: Request, error: Exception) -> Response:
        return answer(request, 404, error.args[0])

    async def unavailable(request: Request, error: Exception) -> Response:
        log.warning("the store is away", reason=str(error))
        return answer(request, 503, marked("The store does not answer at the moment. Try again shortly."))

    async def broken(request: Request, error: Exception) -> Response:
        log.error("request failed", path=request.url.path, exc_info=error)
        return answer(request, 500, marked("The error is in the log of the search service."))

    for kind, handler in (
        (QueryError, query_error),
        (RequestValidationError, invalid),
        (NotFound, not_found),
        (NotThere, not_found),
        (NoSuchAlias, not_found),
        (AliasConflict, conflict),
        (OfWhichType, no_correction),
        (NotCorrectable, no_correction),
        (NoSuchWatch, not_found),
        (CannotBeRead, conflict),
        (NotWatchable, no_correction),
        (TooBroad, no_correction),
        (StoreUnavailable, unavailable),
        (HTTPException, refusing(answer)),
        (Exception, broken),
    ):
        app.add_exception_handler(kind, handler)
