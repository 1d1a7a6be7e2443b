"""A publisher that keeps what it is given, and a service on temporary folders."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from kliping_ingest.app import build
from kliping_ingest.service import FolderService, Summary
from kliping_ingest.settings import IngestSettings
from kliping_shared.contracts import Article, Contract


class FakePublisher:
    """Keeps articles in memory; ``away`` holds publishing back, ``queue`` is the backlog it tells of."""

    def __init__(self) -> None:
        self.articles: list[Article] = []
        self.synced = 0
        self.queue = 0
        self.away = False
        self.calls = 0
        self.broker = "first"

    async def publish(self, stream: str, messages: Sequence[Contract]) -> None:
        assert stream == "kliping.article.v1"
        self.calls += 1
        while self.away:
            await asyncio.sleep(0.005)
        self.articles.extend(message for message in messages if isinstance(message, Article))

    async def durable(self) -> None:
        self.synced = len(self.articles)

    async def backlog(self) -> int:
        return self.queue

    async def broker_id(self) -> str:
        while self.away:
            await asyncio.sleep(0.005)
        return self.broker

    @property
    def texts(self) -> list[str]:
        """Texts in the order of publishing."""
        return [article.text for article in self.articles]

    def current(self) -> set[str]:
        """Texts that a store would show: the highest revision of each article that nothing supersedes."""
        latest: dict[str, Article] = {}
        for article in self.articles:
            if article.article_id not in latest or latest[article.article_id].revision < article.revision:
                latest[article.article_id] = article
        gone = {
            old
            for article in latest.values()
            for old in article.supersedes
            if old in latest and latest[old].revision < article.revision
        }
        return {article.text for article in latest.values() if article.article_id not in gone}


def settings(tmp_path: Path, **changes: object) -> IngestSettings:
    """Settings on folders of the test, with short times."""
    values: dict[str, object] = {
        "inbox": tmp_path / "inbox",
        "data": tmp_path / "data",
        "ingest_settle_seconds": 0.0,
        "ingest_stable_seconds": 0.3,
        **changes,
    }
    return IngestSettings(**values)  # type: ignore[arg-type]


@asynccontextmanager
async def running(tmp_path: Path, publisher: FakePublisher, **changes: object) -> AsyncIterator[FolderService]:
    """A service that watches ``tmp_path/inbox`` while the context is open."""
    async with build(settings(tmp_path, **changes), publisher=publisher) as service:
        task = asyncio.create_task(service.run())
        try:
            await eventually(lambda: service.watching)
            yield service
        finally:
            service.stop()
            await task


async def eventually(condition: Callable[[], object], seconds: float = 15.0) -> None:
    """Wait until the condition holds; fail when it does not in time."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "did not happen in time"
        await asyncio.sleep(0.005)


async def drained(tmp_path: Path, publisher: FakePublisher, **changes: object) -> Summary:
    """What one drain of the inbox gives."""
    async with build(settings(tmp_path, **changes), publisher=publisher) as service:
        return await service.drain()


def files_below(folder: Path) -> set[str]:
    """All files below a folder, by their relative paths."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}
