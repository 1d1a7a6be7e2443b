"""The behaviour suite of what people correct runs on the embedded server and on the Redis image."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.support.brokers import BrokerServer, embedded, in_docker


@pytest.fixture(scope="session", params=["embedded", pytest.param("docker", marks=pytest.mark.docker)])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerServer]:
    """One server of each kind for the whole run; each test finds it empty."""
    folder: Path = tmp_path_factory.mktemp("broker")
    with embedded(folder) if request.param == "embedded" else in_docker() as running:
        yield running


@pytest.fixture
def url(server: BrokerServer) -> str:
    """Where the emptied server is."""
    with Redis.from_url(server.url) as client:
        client.flushall()
    return server.url
