"""What the API changes things with: the broker, asked with an end in sight, and a publisher."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from typing import Any, Final, Self, TypeVar

from fastapi import HTTPException
from redis.exceptions import RedisError

from kliping_search.settings import SearchSettings
from kliping_shared.bus import Publisher, connect
from kliping_shared.republish import AGAIN

T = TypeVar("T")

#: Seconds that a page waits for what it can do without.
AT_ONCE_S: Final = 0.3


class Desk:
    """Connects when it is first asked. Enter it to close what it opened, and for traces."""

    def __init__(self, settings: SearchSettings) -> None:
        self.client: Any = connect(settings.broker_url)
        self.publisher = Publisher(settings, stage=AGAIN)
        self._timeout = settings.search_timeout
        self._opened = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._opened.enter_async_context(self.publisher)
        self._opened.push_async_callback(self.client.aclose)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._opened.aclose()

    async def at_hand(self, work: Awaitable[T]) -> T | None:
        """What the work gives, for a page that can do without it; None where the broker does not answer at once."""
        try:
            return await asyncio.wait_for(work, AT_ONCE_S)
        except (RedisError, OSError, TimeoutError):
            return None

    async def bounded(self, work: Awaitable[T]) -> T:
        """What the work gives; 503 where the broker does not answer in time. It may have been done in part, or all."""
        try:
            return await asyncio.wait_for(work, self._timeout)
        except (RedisError, OSError, TimeoutError):
            raise HTTPException(503, "The broker does not answer at the moment. Do it again shortly.") from None
