"""Lets requests in, or not, before anything of them is read: where they come from, who asks, what he may, how much he sends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kliping_search.access.people import People
from kliping_search.access.roles import SAFE, Person, needed
from kliping_shared.notices import Notice

#: What a body may be: what programs send, and what the forms of our pages send.
_MEDIA_TYPES: Final = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")

#: Where files are brought in.
_UPLOADS: Final = ("/files", "/api/v1/files")

#: Bytes that a body without files may have: some thousands of ids.
LARGEST: Final = 1 << 20

#: How an error of a request is answered.
Refuse = Callable[[Request, HTTPException], Awaitable[Response]]


class BodyLimit:
    """Refuses bodies of more than LARGEST bytes, where files are brought in ``uploads``: they are read before anybody asks who sent them."""

    def __init__(self, app: ASGIApp, uploads: int) -> None:
        self._app = app
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; count as it is read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        largest = self._uploads if scope["path"] in _UPLOADS else LARGEST
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > largest:
                raise HTTPException(413, Notice("Send at most {size} MiB at once.", size=f"{largest / 2**20:g}"))
            return message

        await self._app(scope, counted, send)


class Guard:
    """Refuses what may not be. Leaves who asks in ``scope["person"]``."""

    def __init__(self, app: ASGIApp, people: People, refuse: Refuse) -> None:
        self._app = app
        self._people = people
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        person = self._people.who(request)
        scope["person"] = person or Person(None, None)
        try:
            _check_body(request)
            _check_role(request, person)
        except HTTPException as error:
            answer = _to_login(request) if error.status_code == 401 and _is_reading_a_page(request) else None
            await (answer or await self._refuse(request, error))(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _check_role(request: Request, person: Person | None) -> None:
    role = needed(request.method, request.scope["path"])
    if role is None:
        return
    if person is None:
        raise HTTPException(
            401, "Send a key (kliping key) as Authorization: Bearer …, or sign in.", {"WWW-Authenticate": "Bearer"}
        )
    if not person.may(role):
        raise HTTPException(
            403,
            Notice(
                "This needs the role {role}; {name} has {own}.", role=role, name=person.name, own=person.role or "none"
            ),
        )


def _check_body(request: Request) -> None:
    if request.method in SAFE:
        return
    _check_where_from(request)
    if _has_body(request) and _media_type(request) not in _MEDIA_TYPES:
        raise HTTPException(415, "Send JSON (Content-Type: application/json) or a form.")


def _check_where_from(request: Request) -> None:
    """A page of another site may have a browser send a form here; browsers tell whose page it was, programs are none."""
    told, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if told is not None:
        ours = told in ("same-origin", "none")
    else:
        ours = origin is None or _host_of(origin) == request.headers.get("host")
    if not ours:
        raise HTTPException(403, "This was asked by a page of another site. Do it on a page of Kliping.")


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _has_body(request: Request) -> bool:
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _is_reading_a_page(request: Request) -> bool:
    return request.method in SAFE and "text/html" in request.headers.get("accept", "")


def _to_login(request: Request) -> Response:
    asked = request.scope["path"] + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?to={quote(asked, safe='')}", status_code=303)
