"""Who may change anything through the API: people of this machine, or whoever has the token."""

from __future__ import annotations

import secrets
from typing import Any, Final
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kliping_search.settings import LOOPBACK, SearchSettings

#: Methods whose body says what to do.
_WITH_BODY: Final = {"POST", "PUT", "PATCH"}
#: What a body may be: what programs send, and what the forms of our pages send.
_MEDIA_TYPES: Final = ("application/json", "application/x-www-form-urlencoded", MULTIPART := "multipart/form-data")

#: Bytes that a body without files may have: some thousands of ids.
LARGEST: Final = 1 << 20

REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    401: {"description": "KLIPING_API_TOKEN is set, and the request does not carry it as its bearer token."},
    403: {
        "description": "No KLIPING_API_TOKEN is set, and other machines reach the service; or the page of another site asked."
    },
    413: {"description": "The body is too large."},
    415: {"description": "The body is neither JSON nor a form."},
}


class BodyLimit:
    """Refuses bodies of more than LARGEST bytes, with files ``uploads``: they are read before anybody asks who sent them."""

    def __init__(self, app: ASGIApp, uploads: int) -> None:
        self._app = app
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; count as it is read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        largest = self._uploads if _media_type(Request(scope)) == MULTIPART else LARGEST
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > largest:
                raise HTTPException(413, f"Send at most {largest:,} bytes at once.")
            return message

        await self._app(scope, counted, send)


class Guard:
    """A dependency of every route that changes something; raises HTTPException."""

    def __init__(self, settings: SearchSettings) -> None:
        token = settings.api_token.get_secret_value() if settings.api_token else ""
        self._expected = f"Bearer {token}".encode() if token else None
        # Whoever is let in under another name comes by a proxy, from anywhere.
        self._own_machine = {settings.host, *settings.trusted_hosts} <= set(LOOPBACK)

    def __call__(self, request: Request) -> None:
        """Let the request through, or not."""
        _check_where_from(request)
        self._check_who(request)
        if request.method in _WITH_BODY and _media_type(request) not in _MEDIA_TYPES:
            raise HTTPException(415, "Send JSON (Content-Type: application/json) or a form.")

    def _check_who(self, request: Request) -> None:
        if self._expected is None:
            if not self._own_machine:
                raise HTTPException(
                    403,
                    "Changes through the API are off: other machines reach the service (KLIPING_HOST, "
                    "KLIPING_ALLOWED_HOSTS) and KLIPING_API_TOKEN is not set. Set it, or use the commands.",
                )
            return
        given = request.headers.get("authorization", "").encode()
        if not secrets.compare_digest(given, self._expected):
            raise HTTPException(
                401, "Send the token of KLIPING_API_TOKEN as Authorization: Bearer …", {"WWW-Authenticate": "Bearer"}
            )


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _check_where_from(request: Request) -> None:
    """A page of another site may have a browser send a form here; browsers tell whose page it was, programs are none."""
    told, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if told is not None:
        ours = told in ("same-origin", "none")
    else:
        ours = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not ours:
        raise HTTPException(403, "This was asked by a page of another site. Do it on a page of Kliping.")
