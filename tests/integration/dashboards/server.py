"""A small server with the saved objects API of OpenSearch Dashboards, as strict as that one."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Json = dict[str, Any]
Key = tuple[str, str]

_TYPES = ("index-pattern", "search", "visualization", "dashboard")
_NOT_READY = b"OpenSearch Dashboards server is not ready yet"


@dataclass
class Dashboards:
    """What it holds and how it behaves. ``starting``: answers 503 so many times; ``broken``: closes the connection so
    many times; ``users``: who may come in, with their passwords; ``locked``: objects that it does not replace."""

    objects: dict[Key, Json] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    locked: set[Key] = field(default_factory=set)
    starting: int = 0
    broken: int = 0
    port: int = 0
    requests: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def take(self, lines: list[Json], *, overwrite: bool) -> Json:
        """Import objects."""
        errors = [error for one in lines if (error := self._error(one, lines, overwrite=overwrite))]
        refused = {(error["type"], error["id"]) for error in errors}
        if not any(error["error"]["type"] == "missing_references" for error in errors):
            self.objects |= {_key(one): one for one in lines if _key(one) not in refused}
        answer: Json = {"success": not errors, "successCount": len(lines) - len(errors)}
        return answer | ({"errors": errors} if errors else {})

    def _error(self, one: Json, lines: list[Json], *, overwrite: bool) -> Json | None:
        named = {"type": one["type"], "id": one["id"], "title": one["attributes"].get("title")}
        known = {*self.objects, *map(_key, lines)}
        missing = [
            to
            for to in one.get("references", ())
            if to["type"] in ("index-pattern", "search") and _key(to) not in known
        ]
        if one["type"] not in _TYPES:
            return named | {"error": {"type": "unsupported_type"}}
        if missing:
            return named | {"error": {"type": "missing_references", "references": missing}}
        if _key(one) in self.locked or (_key(one) in self.objects and not overwrite):
            return named | {"error": {"type": "conflict"}}
        return None


def _refusal(status: int, error: str, message: str) -> tuple[int, Json]:
    return status, {"statusCode": status, "error": error, "message": message}


def _key(one: Json) -> Key:
    return one["type"], one["id"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    dashboards: Dashboards

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        """An object."""
        if self._let_in():
            kind, name = unquote(urlsplit(self.path).path).removeprefix("/api/saved_objects/").split("/")
            found = self.dashboards.objects.get((kind, name))
            if found is None:
                self._answer(*_refusal(404, "Not Found", f"Saved object [{kind}/{name}] not found"))
            else:
                self._answer(200, found)

    def do_POST(self) -> None:
        """An import."""
        body = self.rfile.read(int(self.headers["content-length"]))
        if self._let_in():
            self._answer(*self._imported(body))

    def _imported(self, body: bytes) -> tuple[int, Json]:
        if "osd-xsrf" not in self.headers:
            return _refusal(400, "Bad Request", "Request must contain a osd-xsrf header.")
        asked = urlsplit(self.path)
        if asked.path != "/api/saved_objects/_import":
            return _refusal(404, "Not Found", "Not Found")
        lines = self._file(body)
        if lines is None:
            return _refusal(415, "Unsupported Media Type", "Unsupported Media Type")
        overwrite = parse_qs(asked.query).get("overwrite") == ["true"]
        return 200, self.dashboards.take(lines, overwrite=overwrite)

    def _file(self, body: bytes) -> list[Json] | None:
        """The lines of the form's part ``file``; None for what is no such form, or no file of that kind."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        parts = BytesParser(policy=HTTP).parsebytes(head + body)
        if parts.get_content_type() != "multipart/form-data" or not parts.is_multipart():
            return None
        for part in parts.iter_parts():
            named = (
                part.get_param("name", header="content-disposition"),
                (part.get_filename() or "").endswith(".ndjson"),
            )
            if named == ("file", True):
                text = part.get_payload(decode=True).decode("utf-8")
                return [json.loads(line) for line in text.splitlines() if line.strip()]
        return None

    def _let_in(self) -> bool:
        self.dashboards.requests.append(f"{self.command} {self.path}")
        if self.dashboards.broken:
            self.dashboards.broken -= 1
            self.close_connection = True
        elif self.dashboards.starting:
            self.dashboards.starting -= 1
            self._send(503, _NOT_READY, "text/plain")
        elif self.dashboards.users and not self._known():
            self._answer(*_refusal(401, "Unauthorized", "Authentication required"))
        else:
            return True
        return False

    def _known(self) -> bool:
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        user, _, password = base64.b64decode(token).decode().partition(":")
        return scheme == "Basic" and self.dashboards.users.get(user) == password

    def _answer(self, status: int, answer: Json) -> None:
        self._send(status, json.dumps(answer).encode(), "application/json; charset=utf-8")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(dashboards: Dashboards) -> Iterator[Dashboards]:
    """The server, on a port of its own, until the end."""
    handler = type("Handler", (_Handler,), {"dashboards": dashboards})
    with ThreadingHTTPServer(("127.0.0.1", dashboards.port), handler) as server:
        dashboards.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield dashboards
        finally:
            server.shutdown()
            thread.join()
