"""A real OpenSearch that holds the demo articles as their gold says."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from opensearchpy import AsyncOpenSearch

from kliping.dashboards.building import SavedObject, Site
from kliping.dashboards.objects import saved_objects
from kliping_shared.settings import Settings
from kliping_shared.store.opensearch.client import connect
from kliping_shared.store.opensearch.names import Names
from kliping_shared.store.opensearch.setup import ensure_indices
from kliping_shared.store.opensearch.writer import OpenSearchWriter
from kliping_shared.store.ports import Delete
from tests.integration.dashboards.gold import Documents, documents, puts
from tests.support.opensearch import opensearch_url, remove_all

__all__ = ["opensearch_url"]


@dataclass(frozen=True)
class Desk:
    """What is in the store, and the saved objects that show it."""

    settings: Settings
    documents: Documents

    @property
    def site(self) -> Site:
        """Where it is."""
        return Site(self.settings.index_prefix)

    def object(self, id: str) -> SavedObject:
        """A saved object by the name of its definition."""
        return next(one for one in saved_objects(self.site) if one.id == self.site.id(id))

    def searched(self, saved: SavedObject) -> tuple[str, list[dict[str, Any]]]:
        """The index that an object searches, and the documents in it."""
        (pattern,) = {to for _, kind, to in saved.references if kind == "index-pattern"}
        name = pattern.removeprefix(f"{self.site.prefix}-")
        title = self.object(name).attributes["title"]
        return title, self.documents["articles" if name == "arrivals" else name]  # type: ignore[index]

    def ask(self, index: str, body: dict[str, Any]) -> dict[str, Any]:
        """Search."""
        return asyncio.run(self._ask(index, body))

    async def _ask(self, index: str, body: dict[str, Any]) -> dict[str, Any]:
        client = connect(self.settings)
        try:
            return dict(await client.search(index=index, body=body))
        finally:
            await client.close()


@pytest.fixture(scope="session")
def desk(opensearch_url: str) -> Iterator[Desk]:
    """The gold's documents, and an article that was removed."""
    made = Desk(Settings(opensearch_url=opensearch_url, index_prefix=f"t{uuid.uuid4().hex[:12]}"), documents())
    asyncio.run(_fill(made))
    yield made
    asyncio.run(_empty(made))


async def _fill(desk: Desk) -> None:
    client = connect(desk.settings)
    await ensure_indices(client, Names(desk.settings.index_prefix))
    writer = OpenSearchWriter(desk.settings, client)
    await writer.apply([puts(desk.documents), [Delete("articles", "gone", 1)]])
    await writer.refresh()
    await writer.close()


async def _empty(desk: Desk) -> None:
    client: AsyncOpenSearch = connect(desk.settings)
    await remove_all(client, desk.settings.index_prefix)
    await client.close()
