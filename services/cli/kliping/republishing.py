"""What commands that publish articles anew need of a data folder: its store, its broker, a publisher."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from kliping.broker import broker_client
from kliping_shared.settings import Settings

if TYPE_CHECKING:
    from kliping_shared.bus import Publisher
    from kliping_shared.store.ports import StoreReader

T = TypeVar("T")


@dataclass(frozen=True)
class Workshop:
    """An open store, a connected client and a publisher."""

    reader: StoreReader
    client: Any
    publisher: Publisher


def in_workshop(settings: Settings, work: Callable[[Workshop], Awaitable[T]]) -> T:
    """What the work gives, done with everything opened. Raises as ``workshop``."""

    async def run() -> T:
        async with workshop(settings) as shop:
            return await work(shop)

    return asyncio.run(run())


@asynccontextmanager
async def workshop(settings: Settings) -> AsyncIterator[Workshop]:
    """Everything opened, and closed again. Raises BrokerAway when nobody answers at the broker's address."""
    from kliping_shared.bus import Publisher
    from kliping_shared.republish import AGAIN
    from kliping_shared.store import open_reader

    async with broker_client(settings) as client, Publisher(settings, stage=AGAIN) as publisher:
        reader = open_reader(settings)
        try:
            yield Workshop(reader, client, publisher)
        finally:
            await reader.close()
