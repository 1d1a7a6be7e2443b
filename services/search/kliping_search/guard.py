"""Who may change anything through the API: people of this machine, or whoever has the token."""

from __future__ import annotations

import secrets
from typing import Any, Final

from fastapi import HTTPException, Request

from kliping_search.settings import LOOPBACK, SearchSettings

#: Methods whose body says what to do. A page of another site may have a browser send one, but not as JSON.
_WITH_BODY: Final = {"POST", "PUT", "PATCH"}

REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    401: {"description": "KLIPING_API_TOKEN is set, and the request does not carry it as its bearer token."},
    403: {"description": "No KLIPING_API_TOKEN is set, and the service listens to other machines too."},
    415: {"description": "The body is no JSON."},
}


class Guard:
    """A dependency of every route that changes something; raises HTTPException."""

    def __init__(self, settings: SearchSettings) -> None:
        token = settings.api_token.get_secret_value() if settings.api_token else ""
        self._expected = f"Bearer {token}".encode() if token else None
        self._own_machine = settings.host in LOOPBACK

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
                    "Changes through the API are off: the service listens to other machines too and KLIPING_API_TOKEN "
                    "is not set. Set it, or use the commands.",
                )
            return
        given = request.headers.get("authorization", "").encode()
        if not secrets.compare_digest(given, self._expected):
            raise HTTPException(
                401, "Send the token of KLIPING_API_TOKEN as Authorization: Bearer …", {"WWW-Authenticate": "Bearer"}
            )
