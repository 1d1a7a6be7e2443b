"""Finding out who asks: by the key that he sends, by his session, or by what a trusted proxy says of him."""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import Annotated, Any, Final

from fastapi import Depends
from starlette.requests import Request

from kliping_search.access.keyring import KeyRing, require_keys
from kliping_search.access.roles import Person
from kliping_search.access.sessions import Sessions
from kliping_search.settings import SearchSettings
from kliping_shared.keys import ROLES, digest

#: The name of whoever has the token.
TOKEN_NAME: Final = "token"  # noqa: S105 - its name, not itself


class People:
    """Tells who asks. Making it raises SettingsError, as ``require_keys`` does."""

    def __init__(self, settings: SearchSettings, sessions: Sessions) -> None:
        self._keys = KeyRing(settings.keys_path)
        self._settings = settings
        self._sessions = sessions
        token = settings.api_token.get_secret_value() if settings.api_token else ""
        self._token = digest(token) if token else None
        require_keys(settings)

    @property
    def asked(self) -> bool:
        """Whether anybody is asked who he is: else everybody on this machine may do everything."""
        by_proxy = self._settings.trust_proxy_user_header
        return bool(self._token or by_proxy or self._keys) or not self._settings.own_machine

    def who(self, request: Request) -> Person | None:
        """Who asks; None for somebody unknown. A key that is sent counts before all else."""
        if not self.asked:
            return Person(None, "admin")
        if sent := _sent(request):
            return self.with_key(digest(sent))
        session = self._sessions.read(request)
        return (self.with_key(session) if session else None) or self._by_proxy(request)

    def with_key(self, sha256: str) -> Person | None:
        """Whose key has this digest."""
        if self._token and hmac.compare_digest(self._token, sha256):
            return Person(TOKEN_NAME, "admin")
        key = self._keys.find(sha256)
        return Person(key.name, key.role) if key else None

    def _by_proxy(self, request: Request) -> Person | None:
        header = self._settings.trust_proxy_user_header
        name = request.headers.get(header, "").strip() if header else ""
        if not name or not request.scope.get("by_proxy"):
            return None
        told = request.headers.get(self._settings.trust_proxy_groups_header or "-", "")
        groups = {group.strip() for group in told.split(",")} | {"*"}
        given = {role for group, role in self._settings.proxy_roles.items() if group in groups}
        return Person(name[:200], max(given, key=ROLES.index, default=None))


def _sent(request: Request) -> str | None:
    """The key of the Authorization header: a bearer's, or as the password of whatever user (readers of feeds)."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip() or None
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value.strip(), validate=True).decode().partition(":")[2] or None
        except (binascii.Error, UnicodeDecodeError):
            return None
    return None


def asking(request: Request) -> Person:
    """Who asks, as the guard found out."""
    person: Any = request.scope["person"]
    assert isinstance(person, Person)
    return person


def corrects(request: Request) -> bool:
    """Whether who asks may correct, upload and watch: others are not offered it."""
    return asking(request).may("correct")


#: The parameter of a route that notes who did something.
Asking = Annotated[Person, Depends(asking)]
