"""The saved objects API of OpenSearch Dashboards: what importing needs of it."""

from __future__ import annotations

import base64
import json
import ssl
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

from kliping.dashboards.building import SavedObject
from kliping.dashboards.objects import ndjson
from kliping_shared.errors import KlipingError, PermanentError, SettingsError, StoreUnavailable

#: Seconds until a request is given up; an import of all objects takes one or two.
REQUEST_SECONDS: Final = 60.0
#: A server that starts answers 503; one whose OpenSearch is away, 500 or 503; a proxy before it, 502 or 504.
_LATER: Final = frozenset({408, 429, 500, 502, 503, 504})
_NOT_FOUND: Final = 404
_FORBIDDEN: Final = frozenset({401, 403})


@dataclass(frozen=True)
class Access:
    """Where Dashboards is and who we are there: the users are OpenSearch's."""

    url: str
    user: str | None = None
    password: str = ""
    authority: Path | None = None


@dataclass(frozen=True)
class Imported:
    """How many objects were taken, and a line for each that was not."""

    count: int
    failures: tuple[str, ...]


class DashboardsApi:
    """A client. Every call raises StoreUnavailable (try again) or SettingsError, PermanentError (do not)."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._parts = urlsplit(access.url)
        if self._parts.scheme not in ("http", "https") or not self._parts.hostname:
            raise SettingsError(f"KLIPING_DASHBOARDS_URL: {access.url!r} is no address like http://dashboards:5601")
        self._connect = _connector(access)

    def description(self, type: str, id: str) -> str | None:
        """An object's description; None where there is no such object."""
        status, answer = self._ask("GET", f"/api/saved_objects/{quote(type)}/{quote(id)}")
        return None if status == _NOT_FOUND else str(answer.get("attributes", {}).get("description", ""))

    def bring(self, objects: Iterable[SavedObject]) -> Imported:
        """Import objects over those with the same ids."""
        boundary = uuid.uuid4().hex
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="kliping.ndjson"\r\n'
            "Content-Type: application/ndjson\r\n\r\n"
        )
        body = f"{head}{ndjson(objects)}\r\n--{boundary}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        status, answer = self._ask("POST", "/api/saved_objects/_import?overwrite=true", body, headers)
        if status == _NOT_FOUND:
            raise self._refused(status, answer)
        return Imported(int(answer.get("successCount", 0)), tuple(map(failure, answer.get("errors", ()))))

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Status (200 or 404) and answer."""
        connection = self._connect()
        try:
            sent = {"osd-xsrf": "true", **self._credentials(), **(headers or {})}
            connection.request(method, self._parts.path.rstrip("/") + path, body, sent)
            response = connection.getresponse()
            status, text = response.status, response.read()
        except ssl.SSLCertVerificationError as error:
            raise SettingsError(
                f"{self._shown}: its certificate is not trusted ({error.verify_message}); "
                "KLIPING_OPENSEARCH_CA names the file of the authority that signed it"
            ) from error
        except (OSError, HTTPException) as error:
            raise StoreUnavailable(f"{self._shown} does not answer: {error or type(error).__name__}") from error
        finally:
            connection.close()
        return status, self._understood(status, text)

    def _understood(self, status: int, text: bytes) -> dict[str, Any]:
        answer = _json(text)
        if status in _LATER:
            raise StoreUnavailable(f"{self._shown} is not ready (HTTP {status}): {_reason(answer, text)}")
        if status in _FORBIDDEN:
            who = f"the user {self._access.user!r}" if self._access.user else "a request without a user"
            raise SettingsError(f"{self._shown} refuses {who} (HTTP {status}): {_reason(answer, text)}")
        if answer is None or status not in (200, _NOT_FOUND):
            raise self._refused(status, answer, text)
        return answer

    def _refused(self, status: int, answer: dict[str, Any] | None, text: bytes = b"") -> KlipingError:
        if answer is None:
            return SettingsError(f"KLIPING_DASHBOARDS_URL: {self._shown} is not OpenSearch Dashboards (HTTP {status})")
        return PermanentError(f"{self._shown} refuses a request (HTTP {status}): {_reason(answer, text)}")

    def _credentials(self) -> dict[str, str]:
        if self._access.user is None:
            return {}
        token = base64.b64encode(f"{self._access.user}:{self._access.password}".encode()).decode()
        return {"Authorization": f"Basic {token}"}

    @property
    def _shown(self) -> str:
        """The address without a password that may stand in it."""
        return self._parts._replace(netloc=self._parts.netloc.rpartition("@")[2]).geturl()


def failure(error: dict[str, Any]) -> str:
    """One object that was not taken, in words."""
    cause = error.get("error", {})
    what = f"{error.get('type')} {error.get('id')!r}"
    match cause.get("type"):
        case "conflict" | "ambiguous_conflict":
            return f"{what} is there already and was not replaced"
        case "missing_references":
            missing = ", ".join(f"{one['type']} {one['id']!r}" for one in cause.get("references", ()))
            return f"{what} needs what is not there: {missing}"
        case "unsupported_type":
            return f"{what} is of a type that this Dashboards does not know"
        case _:
            return f"{what}: {cause.get('message') or cause.get('type') or 'no reason given'}"


def _connector(access: Access) -> Callable[[], HTTPConnection]:
    parts = urlsplit(access.url)
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "http":
        return lambda: HTTPConnection(host, port, timeout=REQUEST_SECONDS)
    try:
        context = ssl.create_default_context(cafile=access.authority)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"KLIPING_OPENSEARCH_CA: {access.authority} holds no certificates: {error}") from error
    return lambda: HTTPSConnection(host, port, timeout=REQUEST_SECONDS, context=context)


def _json(text: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(text)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _reason(answer: dict[str, Any] | None, text: bytes) -> str:
    """The server's own words, in one short line."""
    told = (answer or {}).get("message") or (answer or {}).get("error") or text.decode(errors="replace")
    return " ".join(str(told).split())[:200]
