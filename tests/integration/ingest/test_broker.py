"""The folder service with the real publisher on the embedded broker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from kliping_ingest.app import build
from kliping_ingest.settings import IngestSettings
from kliping_shared.bus import connect
from kliping_shared.bus.wire import DATA
from kliping_shared.contracts import Article, streams
from tests.support.brokers import EmbeddedServer
from tests.unit.ingest.builders import TEXT
from tests.unit.ingest.fakes import eventually, files_below, settings


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    made = EmbeddedServer(tmp_path / "broker")
    made.start()
    yield made
    made.close()


@pytest.fixture
def told(server: EmbeddedServer, tmp_path: Path) -> IngestSettings:
    (tmp_path / "inbox").mkdir()
    return settings(tmp_path, redis_url=server.url)


@pytest.fixture
async def client(server: EmbeddedServer) -> AsyncIterator[Any]:
    made = connect(server.url)
    yield made
    await made.aclose()


async def test_a_dropped_file_is_in_the_stream_when_it_is_done(told: IngestSettings, client: Any) -> None:
    """The file leaves the inbox only once its article is in the broker."""
    (told.inbox / "a.txt").write_text(TEXT, encoding="utf-8")
    async with build(told) as service:
        summary = await service.drain()
    assert summary.ok == 1
    assert await client.xlen(streams.ARTICLE) == 1
    assert files_below(told.inbox) == {".done/a.txt"}


async def test_files_wait_for_a_broker_that_was_killed(
    told: IngestSettings, server: EmbeddedServer, client: Any
) -> None:
    """While the broker is dead the files stay; when it is back all of them arrive, none is lost."""
    async with build(told) as service:
        running = asyncio.create_task(service.run())
        (told.inbox / "a.txt").write_text(TEXT, encoding="utf-8")
        await eventually(lambda: service.progress.done == 1)
        await asyncio.to_thread(server.kill)
        for number in range(5):
            (told.inbox / f"{number}.txt").write_text(f"Berita {number}. {TEXT}", encoding="utf-8")
        await eventually(lambda: service.progress.in_work > 0)
        assert service.progress.done == 1
        await asyncio.to_thread(server.start)
        await eventually(lambda: service.progress.done == 6, seconds=60)
        service.stop()
        await running
    entries = await client.xlen(streams.ARTICLE)
    assert entries >= 6


async def test_what_a_lost_broker_had_is_published_again_once(
    told: IngestSettings, server: EmbeddedServer, client: Any
) -> None:
    """When the broker's data is gone, the files in .done are published anew as they were; the next start adds nothing."""
    for name in ("a", "b"):
        (told.inbox / f"{name}.txt").write_text(f"Berita {name}. {TEXT}", encoding="utf-8")
    async with build(told) as service:
        await service.drain()
    before = await _published(client)
    await client.flushall()
    for _ in range(2):
        async with build(told) as service:
            await service.drain()
    assert [_lasting(article) for article in await _published(client)] == [_lasting(article) for article in before]
    assert files_below(told.inbox) == {".done/a.txt", ".done/b.txt"}


async def test_a_file_that_waits_to_be_moved_away_is_published_to_the_new_broker(
    told: IngestSettings, server: EmbeddedServer, client: Any
) -> None:
    """A file that the lost broker had, and which still lies in the inbox, is read and published again."""
    (told.inbox / "a.txt").write_text(TEXT, encoding="utf-8")
    async with build(told.model_copy(update={"ingest_settle_seconds": 3600.0})) as service:
        running = asyncio.create_task(service.run())
        await eventually(lambda: service.progress.articles == 1)
        service.stop()
        await running
    await client.flushall()
    async with build(told) as service:
        await service.drain()
    assert len(await _published(client)) == 1
    assert files_below(told.inbox) == {".done/a.txt"}


async def test_an_edited_or_removed_file_is_told_and_not_published_again(told: IngestSettings, client: Any) -> None:
    """Only what the lost broker had is published again: a file that is no longer the same is passed over, once."""
    for name in ("a", "b", "c"):
        (told.inbox / f"{name}.txt").write_text(f"Berita {name}. {TEXT}", encoding="utf-8")
    async with build(told) as service:
        await service.drain()
    (told.inbox / ".done" / "a.txt").unlink()
    (told.inbox / ".done" / "b.txt").write_text("Lain sama sekali, dan tidak pernah dijatuhkan.", encoding="utf-8")
    await client.flushall()
    async with build(told) as service:
        await service.drain()
    assert [article.path for article in await _published(client)] == ["c.txt"]


def _lasting(article: Article) -> dict[str, Any]:
    """All but the moment of reading, which the ledger keeps to the millisecond."""
    return article.model_dump(exclude={"ingested_at"})


async def _published(client: Any) -> list[Article]:
    rows = await client.xrange(streams.ARTICLE)
    return [Article.model_validate_json(fields[DATA]) for _, fields in rows]
