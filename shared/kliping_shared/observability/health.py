"""``/health/live``, ``/health/ready`` and ``/metrics`` of a service that has no web server of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from kliping_shared.observability.metrics import METRICS_TYPE, Metrics


@dataclass(frozen=True, slots=True)
class Health:
    """``live``: restarting would not help. ``ready``: everything it needs answers. ``waiting``: which parts do not."""

    live: bool
    ready: bool
    waiting: tuple[str, ...] = ()


class HealthApp:
    """A tiny ASGI application; answers from memory, so it never waits for the broker."""

    def __init__(self, health: Callable[[], Health], metrics: Metrics) -> None:
        self._health = health
        self._metrics = metrics

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        status, kind, body = self._answer(scope.get("path", ""))
        headers = [(b"content-type", kind), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _answer(self, path: str) -> tuple[int, bytes, bytes]:
        if path == "/metrics":
            return 200, METRICS_TYPE.encode(), self._metrics.render()
        health = self._health()
        good = {"/health/live": health.live, "/health/ready": health.ready}.get(path)
        if good is None:
            return 404, b"application/json", b'{"status": "not found"}'
        state = {"status": "ok" if good else "waiting", "waiting": list(health.waiting)}
        return 200 if good else 503, b"application/json", json.dumps(state).encode()


@contextlib.asynccontextmanager
async def serve_health(health: Callable[[], Health], metrics: Metrics, host: str, port: int) -> AsyncIterator[None]:
    """Serve while the context is open; port 0 serves nothing. Raises OSError when the port is taken."""
    if not port:
        yield
        return
    import uvicorn  # only services that serve pay for the import

    class Server(uvicorn.Server):
        @contextlib.contextmanager
        def capture_signals(self) -> Any:
            """Signals belong to the worker."""
            yield

    config = uvicorn.Config(
        HealthApp(health, metrics), host=host, port=port, lifespan="off", log_config=None, access_log=False
    )
    server = Server(config)
    with _listening(host, port) as sock:
        task = asyncio.create_task(server.serve(sockets=[sock]))
        try:
            yield
        finally:
            server.should_exit = True
            await task


def _listening(host: str, port: int) -> Any:
    """Bound by us: uvicorn would end the whole process when it cannot bind."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)
