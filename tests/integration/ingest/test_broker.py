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
from kliping_shared.contracts import streams
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
