"""Composition root of extract: settings -> model -> route -> worker."""

from __future__ import annotations

import asyncio
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from kliping_extract.ports import ArticleExtractor
from kliping_extract.routes import routes
from kliping_extract.settings import ExtractSettings
from kliping_shared.bus import Worker
from kliping_shared.bus.client import SOCKET_TIMEOUT
from kliping_shared.corrections.alias_book import KeptAliases
from kliping_shared.corrections.claim_book import kept_claim_corrections
from kliping_shared.lifecycle import run_service

if TYPE_CHECKING:
    from kliping_extract.extractor import Extractor

__all__ = ["build", "load_extractor", "main"]


def load_extractor(settings: ExtractSettings) -> Extractor:
    """The extractor for the languages of the settings, one per process. The first call takes about a second a language.

    Raises SettingsError where a language's trained pipeline or the file of aliases is not there.
    """
    return _load(settings.codes, settings.trained, settings.aliases)


@cache
def _load(codes: tuple[str, ...], trained: tuple[tuple[str, str | None], ...], aliases: Path | None) -> Extractor:
    """Loaded by what the settings say of languages and aliases; they differ in more, as in the name of the worker.

    One worker is meant to use one core, so BLAS gets one thread; this only works before numpy is imported, which is why
    the pipeline is imported here.
    """
    for name in ("OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    from kliping_extract import pipeline

    return pipeline.load(codes, dict(trained), aliases)


def build(settings: ExtractSettings, *, extractor: ArticleExtractor | None = None) -> Worker:
    """The extract worker; ``await build(settings).run()``. Loads the model unless given an ``extractor``.

    What people say of names at the broker wins over their file, and that over Kliping's own; what they say of single
    claims over all that is found.
    """
    if extractor is None:
        client = Redis.from_url(settings.broker_url, socket_timeout=SOCKET_TIMEOUT, retry=Retry(NoBackoff(), 0))
        extractor = load_extractor(settings).with_aliases(KeptAliases(client).names)
        extractor = extractor.with_corrections(kept_claim_corrections(client).now)
    return Worker(routes(extractor), settings)


def main() -> int:
    """Entry point of the container and of ``kliping extract``; the exit code."""
    return run_service("extract", ExtractSettings, lambda settings: asyncio.run(build(settings).run()))
