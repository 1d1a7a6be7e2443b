"""A hash in Redis that every change marks anew, so that who needs it for every article asks for that mark alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, TypeVar

from redis import Redis
from redis.exceptions import RedisError

from kliping_shared.bus import is_away
from kliping_shared.errors import StoreUnavailable

T = TypeVar("T")

#: The field that has another value after every change.
STATE: Final = "state"


class KeptHash(Generic[T]):
    """What ``read`` makes of the hash ``key`` as it is now, for a worker that asks for each batch.

    ``client`` is a blocking one. ``read`` gets the fields without the mark.
    """

    def __init__(self, client: Redis, key: str, read: Callable[[Mapping[bytes, bytes]], T]) -> None:
        self._client = client
        self._key = key
        self._read = read
        self._state: bytes | None = None
        self._found = read({})

    def now(self) -> T:
        """The same object until the hash changes. Blocks for a round trip; raises StoreUnavailable."""
        try:
            state: Any = self._client.hget(self._key, STATE)
            if state != self._state:
                fields: Any = self._client.hgetall(self._key)
                self._found = self._read(without_state(fields))
                self._state = fields.get(STATE.encode())
        except RedisError as error:
            raise (StoreUnavailable(f"corrections: {error}") if is_away(error) else error) from error
        return self._found


def without_state(fields: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
    """The fields of a hash but for the mark."""
    return {name: value for name, value in fields.items() if name != STATE.encode()}
