"""A data folder whose link and index are at work, and what a person does on it."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from redis.asyncio import Redis

import kliping_extract.app
import kliping_index.app
import kliping_link.app
import kliping_search.app
from kliping_extract.settings import ExtractSettings
from kliping_index.settings import IndexSettings
from kliping_link.settings import LinkSettings
from kliping_search.settings import SearchSettings
from kliping_shared.bus import Publisher, stream_stats
from kliping_shared.contracts import Article, streams
from kliping_shared.settings import Settings
from kliping_shared.store import open_reader
from kliping_shared.store.ports import SearchRequest
from tests.integration.corrections.stages import ARTICLES as UNREAD
from tests.support.brokers import embedded
from tests.support.bus_bench import eventually
from tests.support.running import kliping
from tests.support.workers import working
from tests.unit.link.building import Draft, Said, build

BRIDGE = "jembatan gantung di pesisir selesai sebelum musim hujan"
MARKET = "pasar ikan pelabuhan lama ditutup selama tiga bulan"
RICE = "beras bantuan dibagikan kepada keluarga nelayan"
#: Groups of claims as link makes them.
MADE = [["a-0", "b-0", "c-0"], ["b-1"], ["c-1"]]
ARTICLES = [
    build(Draft(name, tuple(Said("Ratna Suherman", text) for text in texts), outlet=name, lead=f"Laporan {name}"))
    for name, texts in (("a", (BRIDGE,)), ("b", (f"{BRIDGE} tiba", MARKET)), ("c", (f"{BRIDGE} ini", RICE)))
]
NOT_TOLD = {"extracted_at", "linked_at", "version", "body"}


class Desk:
    """A data folder with a broker, and what a person does on it."""

    def __init__(self, data: Path, url: str) -> None:
        self._url = url
        self.settings = Settings(data=data, redis_url=url)
        self.client: Any = Redis.from_url(url)

    async def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command on the folder, to its end; then wait until all is indexed."""
        environ = {"KLIPING_REDIS_URL": self._url}
        done = await asyncio.to_thread(kliping, *command, "--data", self.settings.data, environ=environ)
        await eventually(self.settled)
        return done

    async def said(self, *command: str) -> str:
        """What a command says that is to go well."""
        done = await self.run(*command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    async def publish(self, articles: Sequence[Article], stream: str = streams.ENRICHED) -> None:
        """Give articles to a stage, and wait until they are indexed."""
        async with Publisher(self.settings) as publisher:
            await publisher.publish(stream, articles)
        await eventually(self.settled)

    async def settled(self) -> bool:
        """Whether nothing waits for any stage."""
        return not any(row.waiting for row in await stream_stats(self.client))

    async def documents(self, kind: Any) -> dict[str, Mapping[str, Any]]:
        """All documents of a kind by id, without versions and times."""
        reader, found = open_reader(self.settings), {}
        id = {"stories": "story_id"}.get(kind, f"{kind[:-1]}_id")  # noqa: A001 - the field's word
        async for document in reader.stream(SearchRequest(kind=kind)):
            found[document[id]] = {name: value for name, value in document.items() if name not in NOT_TOLD}
        await reader.close()
        return found

    async def everything(self) -> list[Any]:
        """The whole store, comparable."""
        return [await self.documents(kind) for kind in ("articles", "claims", "groups", "stories")]

    async def groups(self) -> dict[tuple[str, ...], str]:
        """Ids of groups by their claims, which must say the same."""
        claims = await self.documents("claims")
        found = {}
        for group_id, group in (await self.documents("groups")).items():
            members = tuple(sorted(wording["claim_id"] for wording in group["wordings"]))
            assert {claims[claim_id]["group_id"] for claim_id in members} == {group_id}
            found[members] = group_id
        return found

    async def grouped(self) -> list[list[str]]:
        """Claims by group."""
        return sorted(map(list, await self.groups()))

    async def outlets(self) -> list[int]:
        """How many outlets each group has, the most first."""
        return sorted((group["outlet_count"] for group in (await self.documents("groups")).values()), reverse=True)


@asynccontextmanager
async def api_of(desk: Desk) -> AsyncIterator[AsyncClient]:
    """A client of the page's service on the folder."""
    settings = SearchSettings(data=desk.settings.data, redis_url=desk.settings.redis_url)
    app = kliping_search.app.build(settings)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost/api/v1") as client:
        yield client


@asynccontextmanager
async def _opened(folder: Path, *, reading: bool) -> AsyncIterator[Desk]:
    """An empty folder with link and index at work, and extract if it is for reading."""
    data = folder / "data"
    data.mkdir()
    with embedded(folder / "broker") as server:
        given: dict[str, Any] = {"data": data, "redis_url": server.url, "consumer": "one"}
        link, index = kliping_link.app.build(LinkSettings(**given)), kliping_index.app.build(IndexSettings(**given))
        extract = [kliping_extract.app.build(ExtractSettings(**given))] if reading else []
        async with working(*extract, link, index):
            made = Desk(data, server.url)
            yield made
            await made.client.aclose()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The three articles, linked and indexed."""
    async with _opened(tmp_path, reading=False) as made:
        await made.publish(ARTICLES)
        assert await made.grouped() == MADE
        yield made


@pytest.fixture
async def reading_desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Three articles, two of which call one person by unrelated names, read, linked and indexed."""
    async with _opened(tmp_path, reading=True) as made:
        await made.publish(UNREAD, streams.ARTICLE)
        assert await made.outlets() == [1, 1, 1]
        yield made
