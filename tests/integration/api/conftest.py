"""The API over each store, served by a real server, with a broker and a few documents."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import schemathesis
import uvicorn
from schemathesis.schemas import BaseSchema

from kliping_index.domain.documents import changes
from kliping_link.linker import link_all
from kliping_search.app import SERVER, build
from kliping_search.settings import SearchSettings
from kliping_shared.settings import Settings
from tests.integration.api import hostile
from tests.integration.store.conftest import opened, opensearch_indices, opensearch_url
from tests.support.brokers import embedded
from tests.support.running import wait_until
from tests.unit.link.building import Draft, Said
from tests.unit.link.building import build as article

__all__ = ["opensearch_indices", "opensearch_url"]

DRAFTS = [
    Draft(name, (Said("Ratna Suherman", "tanggul Kalibening diperiksa terakhir bulan Juli"),), outlet=name)
    for name in ("Kabar", "Warta")
]


@contextmanager
def serving(settings: Settings, folder: Path, drafts: Iterable[Draft]) -> Iterator[str]:
    """The address of a server over the store that the settings name, filled with the drafts."""
    with embedded(folder / "broker") as broker:
        inbox = folder / "inbox"
        inbox.mkdir()
        told = settings.model_dump(include={"opensearch_url", "index_prefix"})
        told |= {"data": folder, "redis_url": broker.url, "inbox": inbox}
        asyncio.run(_fill(Settings(**told), drafts))
        server = uvicorn.Server(uvicorn.Config(build(SearchSettings(**told)), port=0, **SERVER))
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            wait_until(lambda: server.started, seconds=60, what="the server answers")
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


async def _fill(settings: Settings, drafts: Iterable[Draft]) -> None:
    async with opened(settings) as store:
        for linked in link_all([article(draft) for draft in drafts]):
            await store.add(*changes(linked))


@pytest.fixture(scope="module", params=["embedded", pytest.param("opensearch", marks=pytest.mark.docker)])
def schema(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    """What a server over each store says of itself."""
    folder = tmp_path_factory.mktemp("api")
    stored = Settings(data=folder)
    if request.param == "opensearch":
        stored = request.getfixturevalue("opensearch_indices")
    with serving(stored, folder, DRAFTS) as url:
        yield schemathesis.openapi.from_url(f"{url}/api/v1/openapi.json")


@pytest.fixture(scope="module")
def hostile_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over news that would like to be scripts."""
    folder = tmp_path_factory.mktemp("hostile")
    with serving(Settings(data=folder), folder, hostile.drafts()) as url:
        yield url
