"""Composition root of index: settings -> store -> route -> worker."""

from __future__ import annotations

import asyncio
from functools import partial

from kliping_index.handlers import index_articles
from kliping_index.opening import OpenedWriter
from kliping_index.pacing import until_next
from kliping_index.routes import routes
from kliping_index.settings import IndexSettings
from kliping_index.watching import Watching
from kliping_shared.bus import Worker
from kliping_shared.lifecycle import run_service
from kliping_shared.store import open_percolator, open_writer

__all__ = ["build", "main"]


def build(settings: IndexSettings) -> Worker:
    """The index worker; ``await build(settings).run()``."""
    writer = OpenedWriter(partial(open_writer, settings))
    watching = Watching(settings, open_percolator(settings))
    handler, batch = partial(index_articles, writer=writer, lookout=watching), settings.index_batch
    return Worker(routes(handler, batch, partial(until_next, full=batch)), settings, resources=[writer, watching])


def main() -> int:
    """Entry point of the container and of ``kliping index``; the exit code."""
    return run_service("index", IndexSettings, lambda settings: asyncio.run(build(settings).run()))
