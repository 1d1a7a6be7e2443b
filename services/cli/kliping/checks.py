"""What ``kliping doctor`` checks, each a small function that gives one finding."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kliping.settings import UpSettings
from kliping.up.address import free_port, what_runs
from kliping_shared.errors import SettingsError, StoreUnavailable
from kliping_shared.settings import load
from kliping_shared.store import open_reader
from kliping_shared.store.documents import Kind

MIN_FREE_GIB = 1.0
#: Folders that one inotify instance should at least be able to watch.
MIN_WATCHES = 1024

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    """What a check found; ``hint`` says what to do unless all is well."""

    check: str
    state: State
    found: str
    hint: str = ""


def python(_settings: UpSettings) -> Finding:
    """The interpreter's version is one of those supported."""
    version = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Finding("python", "ok", version)
    return Finding("python", "fail", version, "use Python 3.11, 3.12 or 3.13")


def sqlite(_settings: UpSettings) -> Finding:
    """SQLite has the full-text index that the embedded store needs."""
    with closing(sqlite3.connect(":memory:")) as store:
        try:
            store.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        except sqlite3.OperationalError as error:
            return Finding("sqlite", "fail", f"{sqlite3.sqlite_version}: {error}", "use a Python whose SQLite has FTS5")
    return Finding("sqlite", "ok", f"{sqlite3.sqlite_version} with FTS5")


def store(settings: UpSettings) -> Finding:
    """The store can be read, wherever it is."""
    try:
        counts = asyncio.run(_counts(settings))
    except (StoreUnavailable, SettingsError) as error:
        hint = "start it, or mend KLIPING_OPENSEARCH_URL" if settings.opensearch_url else "see docs/how-to/trouble.md"
        return Finding("store", "fail", str(error), hint)
    where = "OpenSearch" if settings.opensearch_url else "embedded"
    return Finding("store", "ok", f"{where}, {counts['articles']} articles")


async def _counts(settings: UpSettings) -> Mapping[Kind, int]:
    reader = open_reader(settings)
    try:
        return await reader.counts()
    finally:
        await reader.close()


def folders(settings: UpSettings) -> Finding:
    """Inbox and data folder can be written (they, or where they will be made)."""
    for folder in (settings.inbox, settings.data):
        there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
        if not os.access(there, os.W_OK | os.X_OK):
            return Finding("folders", "fail", f"{there} cannot be written", "choose others with --inbox and --data")
    return Finding("folders", "ok", f"inbox {settings.inbox.absolute()}, data {settings.data.absolute()}")


def disk(settings: UpSettings) -> Finding:
    """There is room for the store and the queue."""
    there = next(path for path in (settings.data.absolute(), *settings.data.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free / 2**30
    if free < MIN_FREE_GIB:
        return Finding(
            "disk", "warn", f"{free:.1f} GiB free", f"make room: below {MIN_FREE_GIB:g} GiB the queue may stop"
        )
    return Finding("disk", "ok", f"{free:.0f} GiB free")


def watching(_settings: UpSettings) -> Finding:
    """The kernel lets us watch folders; without, the inbox is polled."""
    limit = Path("/proc/sys/fs/inotify/max_user_watches")
    if not limit.exists():
        return Finding("watching", "ok", "by the system's own events or by polling")
    watches = int(limit.read_text())
    if watches < MIN_WATCHES:
        return Finding(
            "watching", "warn", f"{watches} watches", "raise fs.inotify.max_user_watches, or files are found by polling"
        )
    return Finding("watching", "ok", f"inotify, {watches} watches")


def model(_settings: UpSettings) -> Finding:
    """The model of each language that is set loads."""
    try:
        from kliping_extract.app import load_extractor
        from kliping_extract.settings import ExtractSettings

        started = time.perf_counter()
        languages = load_extractor(load(ExtractSettings)).languages
    except ImportError as error:
        return Finding("model", "fail", str(error), "pip install 'kliping[local]'")
    except SettingsError as error:
        return Finding("model", "fail", str(error), "see docs/how-to/extraction.md, 'A language'")
    read_by = ", ".join(f"{code} by {made.name} {made.version}" for code, made in languages.items())
    return Finding(
        "model", "ok", f"{read_by or 'no language is read'}, loaded in {time.perf_counter() - started:.1f} s"
    )


def page(settings: UpSettings) -> Finding:
    """The page's port is free, or it is ours."""
    running = what_runs(settings.data)
    if running:
        return Finding("page", "ok", f"running at {running.get('url')}")
    try:
        free_port(settings.host, settings.port)
    except SettingsError as error:
        return Finding("page", "warn", str(error), "use --port 0 or another port")
    return Finding("page", "ok", f"port {settings.port} is free")


CHECKS: tuple[Callable[[UpSettings], Finding], ...] = (python, sqlite, store, folders, disk, watching, page, model)


def findings(settings: UpSettings) -> Iterator[Finding]:
    """Run every check."""
    for check in CHECKS:
        yield check(settings)
