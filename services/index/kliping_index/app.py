"""Composition root of index: settings -> store -> route -> worker."""

from __future__ import annotations

import asyncio
import sys
from functools import partial

from kliping_index.handlers import index_articles
from kliping_index.opening import OpenedWriter
from kliping_index.routes import routes
from kliping_index.settings import IndexSettings
from kliping_shared.bus import Worker
from kliping_shared.errors import SettingsError
from kliping_shared.observability import configure_logging
from kliping_shared.settings import load
from kliping_shared.store import open_writer

__all__ = ["build", "main"]


def build(settings: IndexSettings) -> Worker:
    """The index worker; ``await build(settings).run()``."""
    writer = OpenedWriter(partial(open_writer, settings))
    handler = partial(index_articles, writer=writer)
    return Worker(routes(handler, settings.index_batch), settings, resources=[writer])


def main() -> int:
    """Entry point of the container and of ``kliping index``; the exit code."""
    try:
        settings = load(IndexSettings)
        configure_logging(settings, service="index")
        asyncio.run(build(settings).run())
    except SettingsError as error:
        sys.stderr.write(f"kliping: {error}\n")
        return 2
    return 0
