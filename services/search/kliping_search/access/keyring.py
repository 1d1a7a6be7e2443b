"""The keys that there are, as they are now."""

from __future__ import annotations

import hmac
import os
from pathlib import Path

import structlog

from kliping_search.settings import SearchSettings
from kliping_shared.errors import SettingsError
from kliping_shared.keys import Key, read_keys

log = structlog.get_logger("kliping.search")


def require_keys(settings: SearchSettings) -> None:
    """Raise SettingsError where other machines reach the page and nobody would be asked who he is."""
    asked = settings.api_token or settings.trust_proxy_user_header or read_keys(settings.keys_path)
    if not settings.own_machine and not asked:
        raise SettingsError(
            "other machines would reach the page (KLIPING_HOST, KLIPING_ALLOWED_HOSTS), and nobody would be asked who he "
            f"is: make a key with 'kliping key add NAME --role admin --data {settings.data}', or set KLIPING_API_TOKEN or "
            "KLIPING_TRUST_PROXY_USER_HEADER (docs/how-to/secure.md)"
        )


class KeyRing:
    """The keys of a file, read again when it changes. Raises SettingsError when it is made and they cannot be read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: object = None
        self._keys: tuple[Key, ...] = ()
        self._look()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._current())

    def find(self, sha256: str) -> Key | None:
        """The key of this digest."""
        return next((key for key in self._current() if hmac.compare_digest(key.sha256, sha256)), None)

    def _current(self) -> tuple[Key, ...]:
        try:
            self._look()
        except SettingsError as error:  # somebody is at work on it: what held until now goes on
            log.error("keys not read", reason=str(error))
        return self._keys

    def _look(self) -> None:
        try:
            found: os.stat_result | None = self._path.stat()
        except OSError:
            found = None
        seen = found and (found.st_mtime_ns, found.st_ino, found.st_size)
        if seen != self._seen:
            self._keys, self._seen = read_keys(self._path), seen
