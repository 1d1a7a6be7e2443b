"""Composition root of ingest: settings, publisher, folder service, health."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kliping_ingest.ports import Publisher
from kliping_ingest.service import FolderService
from kliping_ingest.settings import IngestSettings
from kliping_shared import bus
from kliping_shared.lifecycle import run_service, stop_on_signals
from kliping_shared.observability import Health, Metrics, serve_health

__all__ = ["build", "main", "serve"]


@asynccontextmanager
async def build(
    settings: IngestSettings, *, publisher: Publisher | None = None, metrics: Metrics | None = None
) -> AsyncIterator[FolderService]:
    """A folder service that holds its inbox: ``await service.run()`` or ``await service.drain()`` within.

    Without a ``publisher`` it publishes to the broker of the settings. Raises SettingsError when another process has
    the inbox, or when it is no folder that may be written to.
    """
    if publisher is not None:
        async with FolderService(settings, publisher, metrics=metrics or Metrics()).opened() as service:
            yield service
        return
    async with bus.Publisher(settings) as own, build(settings, publisher=own, metrics=metrics) as service:
        yield service


async def serve(settings: IngestSettings) -> None:
    """Run until SIGTERM or SIGINT, with health and metrics."""
    metrics = Metrics()
    async with bus.Publisher(settings) as publisher, build(settings, publisher=publisher, metrics=metrics) as service:

        def health() -> Health:
            parts = (*(("broker",) if publisher.away else ()), *service.waiting_for())
            return Health(live=True, ready=not parts, waiting=parts)

        async with serve_health(health, metrics, settings.health_host, settings.health_port):
            with stop_on_signals(service.stop):
                await service.run()


def main() -> int:
    """Entry point of the container and of ``kliping ingest``; the exit code."""
    return run_service("ingest", IngestSettings, lambda settings: asyncio.run(serve(settings)))
