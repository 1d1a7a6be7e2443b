"""What is compared: Kliping's search on both stores, and plain indices on the same server with other analyzers."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from opensearchpy import AsyncOpenSearch
from opensearchpy.helpers import async_bulk

from bench.relevance.collection import Collection
from bench.relevance.judged import DEEPEST, Sought
from kliping_shared.settings import Settings
from kliping_shared.store import open_reader, open_writer
from kliping_shared.store.nearly import nearly
from kliping_shared.store.opensearch.analysis import STEMMED
from kliping_shared.store.opensearch.analysis import analysis as opensearch_analysis
from kliping_shared.store.opensearch.client import connect
from kliping_shared.store.opensearch.names import Names
from kliping_shared.store.opensearch.setup import ensure_indices
from kliping_shared.store.ports import Hit, Put, SearchRequest
from kliping_shared.store.searchable import COLUMNS, DEFAULT_COLUMNS, WEIGHTS, pieces

#: Finds: what, by which query.
Search = Callable[[Sought, str], Awaitable[Sequence[Hit]]]
#: Analyzers that plain indices are searched with: their names in the table and on the server.
ANALYZERS = {"kliping_id": STEMMED, "stock indonesian": "indonesian", "no stemming": "standard"}


@asynccontextmanager
async def embedded(told: Collection) -> AsyncIterator[Search]:
    """The embedded store, as the page asks it."""
    with TemporaryDirectory() as folder:
        async with _store(Settings(data=Path(folder)), told) as search:
            yield search


@asynccontextmanager
async def opensearch(url: str, told: Collection) -> AsyncIterator[Search]:
    """The OpenSearch store, as the page asks it."""
    settings = Settings(opensearch_url=url, index_prefix=f"r{uuid.uuid4().hex[:8]}")
    client, names = connect(settings), Names(settings.index_prefix)
    try:
        await ensure_indices(client, names)
        async with _store(settings, told) as search:
            yield search
    finally:
        await client.indices.delete(index=f"{settings.index_prefix}-*")
        await client.close()


@asynccontextmanager
async def _store(settings: Settings, told: Collection) -> AsyncIterator[Search]:
    writer = open_writer(settings)
    await writer.apply(told.told)
    await writer.close()
    reader = open_reader(settings)

    async def search(sought: Sought, query: str) -> Sequence[Hit]:
        asked = SearchRequest(kind=sought, query=query, limit=DEEPEST, highlight=False)
        page = await reader.search(asked)
        more = await nearly(reader, asked, page)
        return (*page.hits, *(more.hits if more else ()))

    try:
        await reader.catch_up()
        yield search
    finally:
        await reader.close()


@asynccontextmanager
async def plain(url: str, told: Collection) -> AsyncIterator[Callable[[str, str], Search]]:
    """Indices as one makes them by hand: the searched columns, analysed in each way. Gives the search of an analyzer.

    Asked by ``simple_query_string`` with ``and`` or ``or`` between words, and Kliping's weights of the columns.
    """
    settings = Settings(opensearch_url=url, index_prefix=f"r{uuid.uuid4().hex[:8]}")
    client = connect(settings)
    try:
        for kind in ("articles", "claims"):
            await _fill(client, f"{settings.index_prefix}-{kind}", kind, told)

        def searched(analyzer: str, operator: str) -> Search:
            async def search(sought: Sought, query: str) -> Sequence[Hit]:
                fields = [f"{column}.{analyzer}^{WEIGHTS[column]}" for column in DEFAULT_COLUMNS[sought]]
                asked = {"query": query, "fields": fields, "default_operator": operator}
                body = {"query": {"simple_query_string": asked}, "size": DEEPEST}
                answer = await client.search(index=f"{settings.index_prefix}-{sought}", body=body)
                return [Hit(hit["_id"], sought, hit["_source"], hit["_score"]) for hit in answer["hits"]["hits"]]

            return search

        yield searched
    finally:
        await client.indices.delete(index=f"{settings.index_prefix}-*")
        await client.close()


async def _fill(client: AsyncOpenSearch, index: str, kind: Sought, told: Collection) -> None:
    fields = {name: {"type": "text", "analyzer": name} for name in ANALYZERS.values()}
    properties: dict[str, Any] = {column: {"type": "text", "fields": fields} for column in COLUMNS}
    body = {
        "settings": {"number_of_shards": 1, "number_of_replicas": 0, "analysis": opensearch_analysis()},
        "mappings": {"properties": properties | {"start": {"type": "long"}, "end": {"type": "long"}}},
    }
    await client.indices.create(index=index, body=body)
    puts = [put for message in told.told for put in message if isinstance(put, Put) and put.kind == kind]
    await async_bulk(client, ({"_index": index, "_id": put.id, **_columns(put)} for put in puts))
    await client.indices.refresh(index=index)


def _columns(put: Put) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: put.document[name] for name in ("article_id", "start", "end") if name in put.document
    }
    for piece in pieces(put.kind, put.document):
        found.setdefault(piece.column, []).append(piece.text)
    return found
