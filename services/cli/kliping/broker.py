"""Talking to the broker of a data folder from a command."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from kliping_shared.errors import KlipingError
from kliping_shared.settings import Settings


class BrokerAway(KlipingError):
    """Nobody answers at the broker's address; the message says what to do."""


@asynccontextmanager
async def broker_client(settings: Settings) -> AsyncIterator[Any]:
    """A connected client. Raises BrokerAway when nobody answers."""
    from redis.exceptions import RedisError

    from kliping_shared.bus import connect

    client = connect(settings.broker_url)
    try:
        await client.ping()
    except (RedisError, OSError) as error:
        await client.aclose()
        where = settings.redis_url or f"the embedded broker of {settings.data}"
        raise BrokerAway(f"{where} does not answer; is 'kliping up' running?") from error
    try:
        yield client
    finally:
        await client.aclose()
