"""The behaviour suite runs on the embedded server and on the Redis image."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.support.brokers import BrokerServer, embedded, in_docker
from tests.support.bus_bench import Bench


@pytest.fixture(scope="session", params=["embedded", pytest.param("docker", marks=pytest.mark.docker)])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerServer]:
    """One server of each kind for the whole run; each test finds it empty."""
    folder: Path = tmp_path_factory.mktemp("broker")
    with embedded(folder) if request.param == "embedded" else in_docker() as running:
        yield running


@pytest.fixture
async def bench(server: BrokerServer) -> AsyncIterator[Bench]:
    """An empty bus."""
    server.start()
    made = Bench(server)
    await made.client.config_set("maxmemory", 0)
    await made.client.flushall()
    yield made
    await made.client.aclose()
