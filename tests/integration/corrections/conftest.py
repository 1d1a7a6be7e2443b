"""The behaviour suite of what people correct runs on the embedded server and on the Redis image."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from redis import Redis

from kliping_extract import pipeline
from kliping_extract.extractor import Extractor
from tests.support.brokers import KINDS, BrokerServer, server_of


@pytest.fixture(scope="session", params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerServer]:
    """One server of each kind for the whole run; each test finds it empty."""
    with server_of(request.param, tmp_path_factory.mktemp("broker")) as running:
        yield running


@pytest.fixture
def url(server: BrokerServer) -> str:
    """Where the emptied server is."""
    with Redis.from_url(server.url) as client:
        client.flushall()
    return server.url


@pytest.fixture(scope="package")
def extractor() -> Extractor:
    """The Indonesian one."""
    return pipeline.load()
