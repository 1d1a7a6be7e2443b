"""Connections to the broker, and what it means when one fails."""

from __future__ import annotations

from typing import Any

from redis.asyncio import Redis
from redis.exceptions import (
    BusyLoadingError,
    ClusterDownError,
    MasterDownError,
    OutOfMemoryError,
    ReadOnlyError,
    ResponseError,
    TryAgainError,
)
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

#: Seconds. Longer than any blocking read of ours, short enough to notice a host that went silent.
SOCKET_TIMEOUT = 5.0

#: redis-py does not retry by itself here: the bus does, with backoff, and says so.
CONNECTION: dict[str, Any] = {
    "socket_timeout": SOCKET_TIMEOUT,
    "socket_connect_timeout": SOCKET_TIMEOUT,
    "health_check_interval": 15,
}

_AWAY = (
    BusyLoadingError,
    ClusterDownError,
    MasterDownError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisConnectionError,
    RedisTimeoutError,
    TryAgainError,
)
_AWAY_REPLIES = ("OOM", "MISCONF", "LOADING", "NOREPLICAS", "BUSY ", "EXECABORT")


def connect(url: str, *, single: bool = False) -> Redis:
    """A client for ``url`` (redis://, rediss:// or unix://); connects on first use.

    ``single`` keeps to one connection, which WAITAOF needs: it waits for what its own connection wrote.
    """
    return Redis.from_url(url, retry_on_error=[], retry=None, single_connection_client=single, **CONNECTION)


def is_away(error: BaseException) -> bool:
    """Whether the broker could not do it *now*: not reachable, full, read-only, loading. No message's fault."""
    if isinstance(error, _AWAY):
        return True
    return isinstance(error, ResponseError) and str(error).startswith(_AWAY_REPLIES)
