"""Composition root of ingest: settings, publisher, folder service."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kliping_ingest.ports import Publisher
from kliping_ingest.service import FolderService
from kliping_ingest.settings import IngestSettings
from kliping_shared import bus
from kliping_shared.errors import SettingsError
from kliping_shared.lifecycle import stop_on_signals
from kliping_shared.settings import load

__all__ = ["build", "main", "serve"]


@asynccontextmanager
async def build(settings: IngestSettings, *, publisher: Publisher | None = None) -> AsyncIterator[FolderService]:
    """A folder service that holds its inbox: ``await service.run()`` or ``await service.drain()`` within.

    Raises SettingsError when another process has the inbox, or when it is not a folder to write to.
    """
    if publisher is not None:
        async with FolderService(settings, publisher).opened() as service:
            yield service
        return
    async with bus.Publisher(settings) as own, FolderService(settings, own).opened() as service:
        yield service


async def serve(settings: IngestSettings) -> None:
    """Run until SIGTERM or SIGINT."""
    async with build(settings) as service:
        with stop_on_signals(service.stop):
            await service.run()


def main() -> int:
    """Entry point of the container and of ``kliping ingest``; the exit code."""
    try:
        settings = load(IngestSettings)
        asyncio.run(serve(settings))
    except SettingsError as error:
        print(f"kliping: {error}", file=sys.stderr)  # noqa: T201 - logging may not be set up
        return 2
    return 0
