"""Who may change anything through the API: people of this machine, or whoever has the token."""

from __future__ import annotations

import secrets
from typing import Any, Final

from fastapi import HTTPException, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kliping_search.settings import LOOPBACK, SearchSettings

#: Methods whose body says what to do. A page of another site may have a browser send one, but not as JSON.
_WITH_BODY: Final = {"POST", "PUT", "PATCH"}

#: Bytes that a body may have: some thousands of ids.
LARGEST: Final = 1 << 20

REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    401: {"description": "KLIPING_API_TOKEN is set, and the request does not carry it as its bearer token."},
    403: {"description": "No KLIPING_API_TOKEN is set, and other machines reach the service."},
    413: {"description": "The body is too large."},
    415: {"description": "The body is no JSON."},
}


class BodyLimit:
    """Refuses bodies of more than LARGEST bytes: they are read before anybody asks who sent them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; count as it is read."""
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > LARGEST:
                raise HTTPException(413, f"Send at most {LARGEST:,} bytes at once.")
            return message

        await self._app(scope, counted if scope["type"] == "http" else receive, send)


class Guard:
    """A dependency of every route that changes something; raises HTTPException."""

    def __init__(self, settings: SearchSettings) -> None:
        token = settings.api_token.get_secret_value() if settings.api_token else ""
        self._expected = f"Bearer {token}".encode() if token else None
        # Whoever is let in under another name comes by a proxy, from anywhere.
        self._own_machine = {settings.host, *settings.trusted_hosts} <= set(LOOPBACK)

    def __call__(self, request: Request) -> None:
        """Let the request through, or not."""
        self._check_who(request)
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if request.method in _WITH_BODY and media_type != "application/json":
            raise HTTPException(415, "Send the body as JSON, with Content-Type: application/json.")

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
