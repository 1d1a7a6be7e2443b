"""Logs, metrics, health and the socket's path."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from kliping_shared.observability import METRICS, OUTCOMES, Health, HealthApp, Metrics, serve_health
from kliping_shared.settings import socket_path, unix_url
from tests.support.brokers import free_port
from tests.support.json_logs import json_logs


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    with json_logs("extract") as out:
        yield out


def test_both_loggers_write_the_same_json_lines(logs: io.StringIO) -> None:
    """structlog and the standard library end in one format with service, level, logger and time."""
    structlog.get_logger("kliping.x").warning("naïf", article_id="a")
    logging.getLogger("library").warning("from %s", "outside")
    ours, theirs = (json.loads(line) for line in logs.getvalue().splitlines())
    assert (ours["event"], ours["article_id"], ours["logger"]) == ("naïf", "a", "kliping.x")
    assert (theirs["event"], theirs["logger"]) == ("from outside", "library")
    assert all(
        line["service"] == "extract" and line["level"] == "warning" and line["timestamp"] for line in (ours, theirs)
    )


def test_errors_are_logged_with_their_traceback(logs: io.StringIO) -> None:
    """An exception is one JSON line."""
    try:
        raise KeyError("oops")
    except KeyError:
        structlog.get_logger("kliping.x").exception("failed")
    assert "KeyError: 'oops'" in json.loads(logs.getvalue())["exception"]


def test_every_metric_is_rendered_with_its_help() -> None:
    """The list of names is the list of what /metrics shows."""
    metrics = Metrics()
    for spec in METRICS:
        if spec.kind == "gauge":
            metrics.gauge(spec.name, 1, **dict.fromkeys(spec.labels, "x"))
    text = metrics.render().decode()
    assert all(spec.help.split(".")[0] in text for spec in METRICS)
    assert all(spec.name.startswith("kliping_") for spec in METRICS)


def test_a_gauge_that_was_never_set_is_not_shown() -> None:
    """A service that does not know the broker's disk must not say that it is broken: 0 is a value."""
    metrics = Metrics()
    assert b"kliping_broker_disk_ok" not in metrics.render()
    metrics.gauge("kliping_broker_disk_ok", 1)
    assert b"kliping_broker_disk_ok 1.0" in metrics.render()


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_outcomes_are_counted_by_stage(outcome: Any) -> None:
    """Each outcome has its own count."""
    metrics = Metrics()
    metrics.outcome("extract", outcome, 3)
    assert metrics.value("kliping_messages_total", stage="extract", outcome=outcome) == 3
    assert metrics.value("kliping_messages_total", stage="link", outcome=outcome) == 0


@pytest.mark.parametrize(
    ("path", "health", "status"),
    [
        ("/health/live", Health(live=True, ready=False), 200),
        ("/health/live", Health(live=False, ready=False), 503),
        ("/health/ready", Health(live=True, ready=True), 200),
        ("/health/ready", Health(live=True, ready=False, waiting=("extract",)), 503),
        ("/metrics", Health(live=True, ready=False), 200),
        ("/other", Health(live=True, ready=True), 404),
    ],
)
async def test_health_answers(path: str, health: Health, status: int) -> None:
    """Live and ready are told apart by status; what is waited for is in the body."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await HealthApp(lambda: health, Metrics())({"type": "http", "path": path}, None, send)
    assert sent[0]["status"] == status
    if path == "/health/ready":
        assert json.loads(sent[1]["body"])["waiting"] == list(health.waiting)


async def test_health_is_served_while_the_context_is_open() -> None:
    """A real request gets a real answer, and a taken port is an error at start."""
    import asyncio

    port = free_port()
    async with serve_health(lambda: Health(live=True, ready=True), Metrics(), "127.0.0.1", port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /health/live HTTP/1.0\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 200")
        writer.close()
        with pytest.raises(OSError, match="in use"):
            async with serve_health(lambda: Health(live=True, ready=True), Metrics(), "127.0.0.1", port):
                pass


def test_socket_moves_to_a_short_path_when_the_folder_is_deep(tmp_path: Path) -> None:
    """Deterministic in the folder, short enough, and different for different folders."""
    deep = tmp_path / ("d" * 100)
    assert socket_path(tmp_path / "d") == tmp_path / "d" / "broker.sock"
    assert socket_path(deep) == socket_path(deep)
    assert socket_path(deep) != socket_path(deep / "other")
    assert len(str(socket_path(deep))) <= 103


def test_unix_url_is_read_back_unchanged() -> None:
    """Blanks, percent signs, question marks and hashes in a path reach the client as they are."""
    from redis.asyncio import Redis

    path = Path("/a b/50%/what?#x/broker.sock")
    assert Redis.from_url(unix_url(path)).connection_pool.connection_kwargs["path"] == str(path)
