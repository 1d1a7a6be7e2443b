"""A collector for tests: takes spans by OTLP/HTTP, as a real one does, and keeps them."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class Taken:
    """One span as it came over the wire; ids in hex, ``parent`` is "" for the first of a trace."""

    service: str
    name: str
    trace: str
    span: str
    parent: str
    attributes: dict[str, str | int]
    failed: bool
    seconds: float

    @property
    def article(self) -> str:
        """The article it is about."""
        return str(self.attributes["kliping.article_id"])

    @property
    def outcome(self) -> str:
        """How it ended."""
        return str(self.attributes["kliping.outcome"])


class Collector:
    """What came so far."""

    def __init__(self) -> None:
        self.spans: list[Taken] = []
        self.url = ""

    def take(self, body: bytes) -> None:
        """Keep the spans of one request."""
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            of = {item.key: item.value.string_value for item in resource.resource.attributes}
            for scope in resource.scope_spans:
                for span in scope.spans:
                    attributes = {item.key: item.value.string_value or item.value.int_value for item in span.attributes}
                    seconds = (span.end_time_unix_nano - span.start_time_unix_nano) / 1e9
                    ids = (span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex())
                    self.spans.append(
                        Taken(of["service.name"], span.name, *ids, attributes, span.status.code == 2, seconds)
                    )

    def traces(self) -> dict[str, list[Taken]]:
        """The spans of each trace."""
        found: dict[str, list[Taken]] = defaultdict(list)
        for span in self.spans:
            found[span.trace].append(span)
        return dict(found)


@contextmanager
def collector() -> Iterator[Collector]:
    """A running collector."""
    made = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            made.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Not in a test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
