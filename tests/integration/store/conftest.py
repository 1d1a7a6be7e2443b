"""The stores that the behaviour suite runs against: add one here and every test applies to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kliping_shared.settings import Settings
from kliping_shared.store import open_reader, open_writer
from kliping_shared.store.ports import Change, SearchPage, SearchRequest, StoreReader, StoreWriter


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


@pytest.fixture(params=["embedded"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[OpenStore]:
    """An empty store of each implementation."""
    settings = Settings(data=tmp_path)
    opened = OpenStore(open_writer(settings), open_reader(settings), settings)
    yield opened
    await opened.reader.close()
    await opened.writer.close()
