"""Sessions of browsers: a signed cookie that names a key. It holds for as long as the key does, a fortnight at most."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from kliping_search.settings import SearchSettings

COOKIE: Final = "kliping_session"
LONGEST_S: Final = 14 * 24 * 3600


class Sessions:
    """Writes and reads the cookie."""

    def __init__(self, settings: SearchSettings) -> None:
        self._signer = URLSafeTimedSerializer(_secret(settings), salt="kliping-session")

    def begin(self, request: Request, answer: Response, sha256: str) -> None:
        """Have the browser send the digest of its key from now on."""
        answer.set_cookie(
            COOKIE,
            self._signer.dumps(sha256),
            max_age=LONGEST_S,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )

    def end(self, answer: Response) -> None:
        """Have the browser forget it."""
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict")

    def read(self, request: Request) -> str | None:
        """The digest of the key that the browser signed in with."""
        try:
            found = self._signer.loads(request.cookies.get(COOKIE, ""), max_age=LONGEST_S)
        except BadData:
            return None
        return found if isinstance(found, str) else None


def _secret(settings: SearchSettings) -> bytes:
    """The same after a restart and for every process of a deployment: of the token, else kept in the data folder."""
    if token := settings.api_token and settings.api_token.get_secret_value():
        return hashlib.sha256(b"kliping-session:" + token.encode()).digest()
    return _kept(settings.data / "session.secret")


def _kept(path: Path) -> bytes:
    made = secrets.token_bytes(32)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(made)
    except FileExistsError:
        return path.read_bytes()
    except OSError:  # nothing can be kept here: people sign in anew after a restart
        return made
    return made
