"""The same articles in both stores: the same requests find the same, in the same order, with the same facets and marks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kliping.commands.process import files, read_all
from kliping_extract.pipeline import load
from kliping_index.domain.documents import changes
from kliping_link.linker import link_all
from kliping_shared.contracts import LinkedArticle
from kliping_shared.settings import Settings
from kliping_shared.store import open_reader
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.ports import FACETS, Hit, SearchPage, SearchRequest, SortBy, StoreReader
from tests.integration.store.conftest import emptied, writer_of
from tests.support.articles import SEEDS, invented

pytestmark = [pytest.mark.docker, pytest.mark.timeout(300)]

#: The embedded store's settings, and OpenSearch's.
Stores = tuple[Settings, Settings]

COUNT = 60
WORDS = (
    "", "banjir", "hakim", "pertemuan", "menolak", "tidak", "kata", "presiden OR hakim", "banjir -hujan", "-banjir", "warga banjir",
    '"tidak akan"', '"rumah sakit"', '"dua orang"', "(banjir OR vonis) -tidak", "banjir OR (hakim tidak)", "Jong-un", "3,5",
    "1.000", "2023", "menyatakan dikatakan", "title:banjir", 'title:"vonis"', "title:banjir OR hakim", "-title:banjir kata",
)  # fmt: skip
FIELDS = {
    "articles": (
        "outlet:gema", "outlet:hariankota", "person:a", "speaker:ketua", "org:badan", "place:kota", "origin:antara", "language:id",
        "story:banjir", "before:2030", "after:2024-01", "before:2024-02-10 banjir", "-outlet:gema banjir", "outlet:gema OR banjir",
        "about:banjir", "about:badan -banjir", "about:a hujan",
    ),
    "claims": (
        "stance:deny", "stance:assert tidak", "kind:direct", "kind:indirect -tidak", "cue:kata", "cue:menegaskan", "role:ketua",
        "speaker:ketua", "role:kepala OR stance:deny", "outlets:2", "outlets:3 banjir", "origins:2", "story:banjir", "-kind:direct",
        "modality:future", "negated:yes kata", "-negated:yes", "public:no", "public:yes tidak", "after:2024", "person:a", "place:kota",
        "about:banjir speaker:ketua", "about:kota OR negated:yes",
    ),
    "groups": (
        "agreement:single_source", "agreement:single", "agreement:agreed OR agreement:disputed", "differs:number kata", "-differs:date",
        "outlets:2", "origins:2 kata", "speaker:ketua", "stance:deny", "kind:direct tidak", "about:banjir",
    ),
    "stories": ("outlets:2", "title:banjir", "person:a", "outlet:gema", "story:banjir", "before:2030 banjir",
        "outlets:3", "outlet:hariankota", "beras OR tanggul", "title:beras -banjir", "warga mengungsi", "before:2031",
        "after:2020", "-banjir -outlets:9", "-title:banjir after:2021", "-outlet:tiada", "before:2032 -title:beras", "about:banjir", "-about:a"),
}  # fmt: skip
SORTS: tuple[SortBy, ...] = ("newest", "oldest", "outlets", "relevance")


@pytest.fixture(scope="module")
def filled(opensearch_indices: Settings, tmp_path_factory: pytest.TempPathFactory) -> Stores:
    """Both stores with the demo's articles and some hundred invented ones."""
    settings = Settings(data=tmp_path_factory.mktemp("embedded")), opensearch_indices
    messages = [changes(linked) for linked in _linked(tmp_path_factory.mktemp("articles"))]

    async def fill() -> None:
        async with emptied(opensearch_indices)():
            for one in settings:
                writer = writer_of(one)
                for start in range(0, len(messages), 30):
                    await writer.apply(messages[start : start + 30])
                await writer.close()

    asyncio.run(fill())
    return settings


def _linked(folder: Path) -> list[LinkedArticle]:
    for article in invented(COUNT):
        (folder / article.name).write_text(article.text, encoding="utf-8")
    articles = [article for _, article in read_all(list(files([SEEDS / "articles", folder])))[0]]
    return link_all(list(load().extract_many(articles)), now=datetime(2024, 3, 1, tzinfo=UTC))


@pytest.fixture
async def readers(filled: Stores) -> AsyncIterator[tuple[StoreReader, StoreReader]]:
    """A reader of each store."""
    embedded, server = (open_reader(settings) for settings in filled)
    yield embedded, server
    await embedded.close()
    await server.close()


def requests(kind: Kind, sort: SortBy) -> list[SearchRequest]:
    """Words, phrases, fields, days and filters, each with all facets."""
    whole = SearchRequest(kind=kind, sort=sort, limit=50, facets=FACETS[kind], facet_size=7)
    asked = [
        replace(whole, query=query) for query in (*WORDS, *FIELDS[kind]) if "title:" not in query or kind != "groups"
    ]
    asked += [
        replace(whole, date_from="2024-01-15"),
        replace(whole, query="kata", date_to="2024-02-10", facet_size=1),
        replace(whole, query="tidak", date_from="2024-01-01", date_to="20240315", facet_size=100),
    ]
    return asked


async def _all_pages(reader: StoreReader, request: SearchRequest) -> tuple[SearchPage, list[Hit]]:
    """The first page, and the hits of all."""
    first = page = await reader.search(request)
    hits = list(page.hits)
    while page.next_cursor:
        page = await reader.search(replace(request, cursor=page.next_cursor, facets=()))
        assert page.total == first.total
        hits += page.hits
    return first, hits


def _comparable(hits: list[Hit], sort: SortBy) -> Any:
    shown = [(hit.id, hit.document, hit.highlights) for hit in hits]
    return sorted(shown, key=lambda hit: hit[0]) if sort == "relevance" else shown


async def _assert_equal(readers: tuple[StoreReader, StoreReader], request: SearchRequest) -> int:
    """Both give the same; how many documents that is."""
    (one, of_one), (other, of_other) = [await _all_pages(reader, request) for reader in readers]
    assert one.total == other.total == len(of_one) == len(of_other), request
    assert one.facets == other.facets, request
    assert _comparable(of_one, request.sort) == _comparable(of_other, request.sort), request
    return one.total


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("kind", KINDS)
async def test_equal_pages(readers: tuple[StoreReader, StoreReader], kind: Kind, sort: SortBy) -> None:
    """Every page has the same hits in the same order (under relevance: the same hits), the same total and facets."""
    found = [await _assert_equal(readers, request) for request in requests(kind, sort)]
    assert sum(map(bool, found)) > len(found) / 2


@pytest.mark.parametrize("kind", KINDS)
async def test_equal_under_filters(readers: tuple[StoreReader, StoreReader], kind: Kind) -> None:
    """Filtered by values that facets give, one or several, of one field or two, both find and count the same."""
    whole = SearchRequest(kind=kind, sort="newest", limit=200, facets=FACETS[kind], facet_size=5)
    page = await readers[0].search(whole)
    given = {name: tuple(item.value for item in values) for name, values in page.facets.items() if values}
    for name, several in given.items():
        filters = {name: (several[0].upper(), *several[1:2])}
        assert await _assert_equal(readers, replace(whole, filters=filters)) > 0
        other = next(iter(given))
        await _assert_equal(readers, replace(whole, query="kata", filters=filters | {other: given[other][:2]}))


@pytest.mark.parametrize("kind", KINDS)
async def test_equal_documents(readers: tuple[StoreReader, StoreReader], kind: Kind) -> None:
    """Streamed and read by id, the documents are the same to the last field."""
    request = SearchRequest(kind=kind, sort="oldest")
    streams = [[document async for document in reader.stream(request)] for reader in readers]
    assert streams[0] == streams[1]
    assert (await readers[0].counts()) == (await readers[1].counts())
    id_field = {"articles": "article_id", "claims": "claim_id", "groups": "group_id", "stories": "story_id"}[kind]
    ids = [document[id_field] for document in streams[0][:100]]
    assert await readers[0].get_many(kind, ids) == await readers[1].get_many(kind, ids)
