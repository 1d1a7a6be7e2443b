"""Starts services as processes, starts them again when they die, stops them in good order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Protocol

import structlog

from kliping.up import child
from kliping.up.forking import start_fork_server, without_command
from kliping.up.plan import Service
from kliping_shared.broker import BrokerError
from kliping_shared.errors import SettingsError
from kliping_shared.lifecycle import EXIT_SETTINGS

POLL_S = 0.2
#: A service that keeps dying is started again after 0.2 s, 0.4 s, … at most 10 s.
BACKOFF_S, BACKOFF_MAX_S = 0.2, 10.0
#: A service that ran this long was well: its backoff starts anew.
WELL_AFTER_S = 20.0
#: Above the bus's drain time, so that what is in hand is finished.
STOP_GRACE_S = 20.0

log = structlog.get_logger("kliping.up")


class Broker(Protocol):
    """The embedded broker as the supervisor needs it."""

    def alive(self) -> bool:
        """Whether the server process runs."""
        ...

    def start(self) -> str:
        """Start or adopt the server; returns its URL."""
        ...


@dataclass
class Child:
    """A running service and its history."""

    service: Service
    process: ForkServerProcess
    started: float
    deaths: int = 0
    restart_at: float | None = None


class Supervisor:
    """Keeps ``services`` running until it is stopped. One instance, one event loop, no threads."""

    def __init__(
        self, services: Sequence[Service], environ: Mapping[str, str], logs: Path, broker: Broker | None
    ) -> None:
        self._services = services
        self._environ = dict(environ)
        self._logs = logs
        self._broker = broker
        self._context = start_fork_server()
        self._children: list[Child] = []

    def start(self) -> None:
        """Start every service."""
        self._logs.mkdir(parents=True, exist_ok=True)
        self._children = [Child(service, self._spawn(service), time.monotonic()) for service in self._services]

    async def watch(self, stop: asyncio.Event) -> None:
        """Start again what dies, until ``stop`` is set. Raises SettingsError when a service refuses its settings."""
        while not stop.is_set():
            try:
                await self._tend_broker()
                self._tend()
            except (BrokerError, OSError) as error:  # a full disk, no process left: it may be better soon
                log.error("cannot start again what died, trying on", reason=str(error))
            try:
                await asyncio.wait_for(stop.wait(), POLL_S)
            except TimeoutError:
                continue

    async def shut_down(self) -> None:
        """SIGTERM to all; SIGKILL to those that are still there after the grace time."""
        for item in self._children:
            if item.process.is_alive():
                item.process.terminate()
        until = time.monotonic() + STOP_GRACE_S
        for item in self._children:
            await asyncio.to_thread(item.process.join, max(0.0, until - time.monotonic()))
            if item.process.is_alive():
                log.warning("killed: did not stop in time", service=item.service.name)
                item.process.kill()
                item.process.join()

    async def _tend_broker(self) -> None:
        if self._broker is not None and not await asyncio.to_thread(self._broker.alive):
            log.warning("the embedded broker died: starting it again")
            await asyncio.to_thread(self._broker.start)

    def _tend(self) -> None:
        for item in self._children:
            if item.restart_at is not None:
                self._restart_when_due(item)
            elif not item.process.is_alive():
                self._note_death(item)

    def _note_death(self, item: Child) -> None:
        if item.process.exitcode == EXIT_SETTINGS:
            said = self._log_of(item.service).read_text(errors="replace").strip().rpartition("\n")[2]
            raise SettingsError(f"{item.service.name} cannot start: {said.removeprefix('kliping: ')}")
        ran = time.monotonic() - item.started
        item.deaths = 1 if ran > WELL_AFTER_S else item.deaths + 1
        delay = min(BACKOFF_S * 2 ** (item.deaths - 1), BACKOFF_MAX_S)
        item.restart_at = time.monotonic() + delay
        log.warning(
            "service died: starting it again",
            service=item.service.name,
            exit_code=item.process.exitcode,
            in_seconds=delay,
            log=str(self._log_of(item.service)),
        )

    def _restart_when_due(self, item: Child) -> None:
        if item.restart_at is not None and time.monotonic() >= item.restart_at:
            item.process = self._spawn(item.service)
            item.started, item.restart_at = time.monotonic(), None

    def _spawn(self, service: Service) -> ForkServerProcess:
        arguments = (service.module, {**self._environ, **service.environ}, str(self._log_of(service)))
        process = self._context.Process(target=child.run, args=arguments, name=f"kliping-{service.name}")
        with without_command():
            process.start()
        return process

    def _log_of(self, service: Service) -> Path:
        return self._logs / f"{service.name}.log"
