"""Sessions of browsers: a signed cookie that names a key. It holds for as long as the key does, a fortnight at most."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from kliping_search.settings import SearchSettings
from kliping_shared.errors import SettingsError

COOKIE: Final = "kliping_session"
LONGEST_S: Final = 14 * 24 * 3600
#: Bytes of the secret.
LENGTH: Final = 32


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
            samesite="lax",
            secure=request.url.scheme == "https",
        )

    def end(self, answer: Response) -> None:
        """Have the browser forget it."""
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax")

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
    """The secret of the file; made where there is none. Raises SettingsError for one that is no secret."""
    with suppress(FileNotFoundError):
        return _read(path)
    made = secrets.token_bytes(LENGTH)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Under its name it is whole from the first: a process that starts beside this one may read it at once.
        with NamedTemporaryFile(dir=path.parent, prefix=path.name) as file:  # which nobody else may read
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
            os.link(file.name, path)
    except FileExistsError:
        return _read(path)
    except OSError:  # nothing can be kept here: people sign in anew after a restart
        return made
    return made


def _read(path: Path) -> bytes:
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise SettingsError(f"{path} signs sessions and cannot be read: {error.strerror}") from error
    if len(found) < LENGTH:
        raise SettingsError(f"{path} signs sessions and has fewer than {LENGTH} bytes: delete it, then one is made")
    return found
