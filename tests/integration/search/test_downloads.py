"""Exports by HTTP, from a real server."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from http.client import HTTPConnection, IncompleteRead
from typing import Any
from urllib.parse import urlsplit

import pytest
from httpx import ASGITransport, AsyncClient, Response

from kliping_search.app import build
from kliping_search.download import MOST
from kliping_search.lookup import Store
from kliping_search.settings import SearchSettings
from kliping_shared.errors import StoreUnavailable
from kliping_shared.store import open_reader, open_writer
from kliping_shared.store.ports import SearchRequest, StoreReader
from tests.integration.store.builders import article, claim, put
from tests.support.bus_bench import eventually
from tests.support.serving import served

COUNT = 2_100


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> SearchSettings:
    """A store with an article and many claims."""
    made = SearchSettings(data=tmp_path_factory.mktemp("data"))
    claims = [claim(f"c{number:04}", f"air naik {number}", outlet="AB"[number % 2]) for number in range(COUNT)]

    async def fill() -> None:
        writer = open_writer(made)
        documents = [
            put("articles", article("a1", url="https://kabar.example/1")),
            *(put("claims", one) for one in claims),
        ]
        await writer.apply([documents])
        await writer.close()

    asyncio.run(fill())
    return made


class Breaking(Store):
    """A store that goes away in the middle of a search."""

    async def stream(self, request: SearchRequest) -> AsyncIterator[Mapping[str, Any]]:
        async for document in super().stream(request):
            yield document
            if document["claim_id"] == f"c{COUNT - 50}":
                raise StoreUnavailable("gone")


class Waiting(Store):
    """A store whose searches go on when they are told to."""

    def __init__(self, reader: StoreReader, timeout: float) -> None:
        super().__init__(reader, timeout)
        self.go_on = asyncio.Event()
        self.streams = 0

    async def stream(self, request: SearchRequest) -> AsyncIterator[Mapping[str, Any]]:
        self.streams += 1
        try:
            async for document in super().stream(request):
                yield document
                await self.go_on.wait()
        finally:
            self.streams -= 1


async def get(settings: SearchSettings, path: str, **parameters: Any) -> Response:
    """An answer of the service."""
    async with AsyncClient(transport=ASGITransport(build(settings)), base_url="http://localhost") as client:
        return await client.get(f"/api/v1/export/{path}", params=parameters)


async def test_a_search_is_downloaded_whole(settings: SearchSettings) -> None:
    """With its total, a name for the file and each document's source, in the order asked for."""
    answer = await get(settings, "claims.csv", q="naik", outlet="B", sort="oldest")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["x-total-count"] == str(COUNT // 2)
    assert answer.headers["content-disposition"].startswith('attachment; filename="kliping-claims-')
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [row["claim_id"] for row in rows] == [f"c{number:04}" for number in range(1, COUNT, 2)]
    assert {row["url"] for row in rows} == {"https://kabar.example/1"}


@pytest.mark.parametrize("path", ["claims.jsonl", "claims.parquet", "articles.csv", "groups.jsonl", "stories.parquet"])
async def test_every_format_of_every_kind(settings: SearchSettings, path: str) -> None:
    """Is an answer, of nothing as well."""
    answer = await get(settings, path, bom="true")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["claims.ris", "articles.csl.json", "claims/c0001.csl.json", "articles/a1.ris"])
async def test_citations(settings: SearchSettings, path: str) -> None:
    """Of a search, and of one document."""
    answer = await get(settings, path)
    assert (answer.status_code, "https://kabar.example/1" in answer.text) == (200, True)
    assert (await get(settings, "claims/none.ris")).status_code == 404


@pytest.mark.parametrize(
    ("path", "given", "said"),
    [
        ("claims.csv", {"q": '"tak tertutup'}, "quotation"),
        ("claims.xls", {}, "format"),
        ("groups.ris", {}, "no groups in RIS"),
        ("claims.csv", {"from": "kemarin"}, "from"),
        ("stories.csv", {"speaker": "X"}, "cannot be filtered by speaker"),
    ],
)
async def test_mistakes_are_told_before_anything_is_sent(
    settings: SearchSettings, path: str, given: dict[str, str], said: str
) -> None:
    """As problem+json, not as a file that begins with an error."""
    answer = await get(settings, path, **given)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("name", ["csv", "jsonl", "parquet"])
async def test_a_file_that_breaks_off_is_seen_to(settings: SearchSettings, name: str) -> None:
    """The connection ends without the last chunk, which every client of HTTP takes for an error."""
    store = Breaking(open_reader(settings), 10)

    def download(url: str) -> None:
        with closing(HTTPConnection(urlsplit(url).netloc, timeout=30)) as connection:
            connection.request("GET", f"/api/v1/export/claims.{name}?sort=oldest")
            with connection.getresponse() as answer:
                assert (answer.status, answer.headers["x-total-count"]) == (200, str(COUNT))
                with pytest.raises(IncompleteRead) as broken:
                    answer.read()
                assert broken.value.partial

    async with served(build(settings, store)) as url:
        await asyncio.to_thread(download, url)


async def test_so_many_downloads_at_once_and_those_given_up_free_their_place(settings: SearchSettings) -> None:
    """Who comes on top of them is told to come again; clients that go away in the middle hold nothing."""
    path, store = "/api/v1/export/claims.csv", Waiting(open_reader(settings), 10)
    async with served(build(settings, store)) as url, AsyncClient(base_url=url, timeout=30) as client:
        for _ in range(2):
            going = [await client.send(client.build_request("GET", path), stream=True) for _ in range(MOST)]
            refused = await client.get(path)
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
            for answer in going:
                await answer.aclose()
            await eventually(lambda: not store.streams)
        store.go_on.set()
        assert len((await client.get(path)).content.splitlines()) == COUNT + 1
