"""Puts ``kliping up`` together: lock, broker, supervisor, what the terminal shows."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Mapping

import structlog
import typer

from kliping.settings import UpSettings
from kliping.up.address import announce, free_port, only_one, shown
from kliping.up.once import process_all
from kliping.up.plan import common_environ, plan
from kliping.up.ready import wait_ready
from kliping.up.show import show_progress
from kliping.up.supervisor import Supervisor
from kliping_search.access.keyring import require_keys
from kliping_search.settings import SearchSettings
from kliping_shared.broker import EmbeddedBroker
from kliping_shared.observability import configure_logging
from kliping_shared.settings import load
from kliping_shared.store import make_store, open_reader

log = structlog.get_logger("kliping.up")


async def run(settings: UpSettings, *, once: bool) -> int:
    """Run until SIGTERM or SIGINT, or with ``once`` until all is searchable. Returns the exit code."""
    configure_logging(settings, service="up")
    require_keys(load(SearchSettings, host=settings.host, data=settings.data))
    settings.inbox.mkdir(parents=True, exist_ok=True)
    await _check_store(settings)
    with only_one(settings.data) as running:
        port = free_port(settings.host, settings.port)
        url = shown(settings.host, port)
        broker = None if settings.redis_url else EmbeddedBroker(settings.data / "broker")
        broker_url = await asyncio.to_thread(broker.start) if broker else settings.broker_url
        environ = common_environ(settings, broker_url, settings.host, port)
        supervisor = Supervisor(plan(settings.workers, watch=not once), environ, settings.data / "logs", broker)
        try:
            supervisor.start()
            announce(running, url, settings.inbox)
            if once:
                return await _once(settings, supervisor, environ)
            return await _serve(settings, supervisor, broker_url, url)
        finally:
            await supervisor.shut_down()
            if broker:
                await asyncio.to_thread(broker.stop)


async def _check_store(settings: UpSettings) -> None:
    """A store that cannot be had is said now, not by a service that keeps dying; on OpenSearch its indices are made."""
    if settings.opensearch_url:
        await make_store(settings)
    else:
        await open_reader(settings).close()


async def _once(settings: UpSettings, supervisor: Supervisor, environ: Mapping[str, str]) -> int:
    stop = _stop_event()
    watching = _watch(supervisor, stop)
    try:
        return await process_all(settings, environ["KLIPING_REDIS_URL"], stop)
    finally:
        stop.set()
        await watching


async def _serve(settings: UpSettings, supervisor: Supervisor, broker_url: str, url: str) -> int:
    stop = _stop_event()
    watching = _watch(supervisor, stop)
    if await wait_ready(url, broker_url, settings.workers, stop):
        typer.echo(f"Kliping is ready.\n  drop files into  {settings.inbox.absolute()}\n  open             {url}")
        typer.echo("  stop with        Ctrl-C")
    showing = asyncio.create_task(show_progress(settings, broker_url, stop))
    await watching
    await showing
    typer.echo("Stopping: what is in hand is finished, the rest waits for the next start.")
    return 0


def _watch(supervisor: Supervisor, stop: asyncio.Event) -> asyncio.Task[None]:
    """Supervise in a task; should that end by an error, everything stops, and whoever awaits the task gets it."""
    watching = asyncio.create_task(supervisor.watch(stop))
    watching.add_done_callback(lambda _task: stop.set())
    return watching


def _stop_event() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
