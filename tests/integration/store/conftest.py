"""The stores that the behaviour suite runs against: add one here and every test applies to it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kliping_shared.settings import Settings
from kliping_shared.store import open_reader, open_writer
from kliping_shared.store.opensearch.client import connect
from kliping_shared.store.opensearch.names import Names
from kliping_shared.store.opensearch.setup import ensure_indices
from kliping_shared.store.opensearch.writer import OpenSearchWriter
from kliping_shared.store.ports import Change, SearchPage, SearchRequest, StoreReader, StoreWriter
from tests.support.opensearch import opensearch_url, remove_all

__all__ = ["opensearch_url"]


@dataclass(frozen=True)
class OpenStore:
    """A store that is open for both; ``settings`` open it once more."""

    writer: StoreWriter
    reader: StoreReader
    settings: Settings

    async def add(self, *changes: Change) -> None:
        """Apply the changes as one message."""
        await self.writer.apply([changes])

    async def search(self, query: str = "", **wanted: object) -> SearchPage:
        """A page for ``query``."""
        return await self.reader.search(SearchRequest(query=query, **wanted))  # type: ignore[arg-type]

    async def ids(self, query: str = "", **wanted: object) -> list[str]:
        """Ids of the page's hits in their order."""
        return [hit.id for hit in (await self.search(query, **wanted)).hits]


@dataclass(frozen=True)
class FoundAtOnce:
    """A writer to OpenSearch that does not wait a second until what it has written is found."""

    writer: OpenSearchWriter

    async def apply(self, messages: Sequence[Sequence[Change]]) -> None:
        """Apply, and make it found also where not all could be applied."""
        try:
            await self.writer.apply(messages)
        finally:
            await self.writer.refresh()

    async def close(self) -> None:
        """Close the writer."""
        await self.writer.close()


#: Gives settings of an empty store; the one that it gave before is gone.
EmptyStore = Callable[[], AbstractAsyncContextManager[Settings]]


def writer_of(settings: Settings) -> StoreWriter:
    """A writer whose documents are found as soon as they are durable."""
    writer = open_writer(settings)
    return FoundAtOnce(writer) if isinstance(writer, OpenSearchWriter) else writer


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[OpenStore]:
    """The store, open until the end."""
    store = OpenStore(writer_of(settings), open_reader(settings), settings)
    try:
        yield store
    finally:
        await store.reader.close()
        await store.writer.close()


@asynccontextmanager
async def embedded() -> AsyncIterator[Settings]:
    """A new embedded store."""
    with TemporaryDirectory() as folder:
        yield Settings(data=Path(folder))


@pytest.fixture(scope="session")
def opensearch_indices(opensearch_url: str) -> Iterator[Settings]:
    """Indices of their own for this process: to make them takes seconds, so its tests empty them instead."""
    settings = Settings(opensearch_url=opensearch_url, index_prefix=f"t{uuid.uuid4().hex[:12]}")

    async def act(*, make: bool) -> None:
        client = connect(settings)
        try:
            if make:
                await ensure_indices(client, Names(settings.index_prefix))
            else:
                await remove_all(client, settings.index_prefix)
        finally:
            await client.close()

    asyncio.run(act(make=True))
    yield settings
    asyncio.run(act(make=False))


def emptied(settings: Settings) -> EmptyStore:
    """Makes the indices empty."""

    @asynccontextmanager
    async def empty() -> AsyncIterator[Settings]:
        client = connect(settings)
        try:
            await client.indices.refresh(index=f"{settings.index_prefix}-*")  # only what is found is deleted
            await client.delete_by_query(
                index=f"{settings.index_prefix}-*",
                body={"query": {"match_all": {}}},
                params={"refresh": "true", "conflicts": "proceed"},
            )
        finally:
            await client.close()
        yield settings

    return empty


@pytest.fixture(params=["embedded", pytest.param("opensearch", marks=pytest.mark.docker)])
def empty_store(request: pytest.FixtureRequest) -> EmptyStore:
    """Makes empty stores of each implementation."""
    if request.param == "embedded":
        return embedded
    return emptied(request.getfixturevalue("opensearch_indices"))


@pytest.fixture
async def store(empty_store: EmptyStore) -> AsyncIterator[OpenStore]:
    """An empty store of each implementation."""
    async with empty_store() as settings, opened(settings) as store:
        yield store
