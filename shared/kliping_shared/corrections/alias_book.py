"""The user's own aliases in Redis: a hash with a field for each form, and one that every change writes anew.

So that who needs them for every article asks for that field alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

from redis import Redis

from kliping_shared.contracts import EntityType
from kliping_shared.corrections.aliases import Alias, chosen, new_of
from kliping_shared.corrections.kept import STATE, KeptHash, without_state
from kliping_shared.names import KnownName

KEY: Final = "kliping:corrections:aliases"


class RedisAliasBook:
    """An AliasBook. ``client`` is an asyncio Redis client; methods raise its errors."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def list(self) -> tuple[Alias, ...]:
        """See AliasBook."""
        return _aliases(await self._client.hgetall(KEY))

    async def add(self, aliases: Sequence[Alias]) -> tuple[Alias, ...]:
        """See AliasBook."""
        return await self._change(lambda kept: new_of(kept, aliases), _put)

    async def remove(self, alias: str, kind: EntityType | None) -> tuple[Alias, ...]:
        """See AliasBook."""
        return await self._change(lambda kept: chosen(kept, alias, kind), _drop)

    async def _change(
        self, choose: Callable[[Sequence[Alias]], tuple[Alias, ...]], write: Callable[[Any, Alias], None]
    ) -> tuple[Alias, ...]:
        """Write what is chosen of all that is kept, in one transaction; begins again when another came between."""

        async def work(pipe: Any) -> tuple[Alias, ...]:
            rows = choose(_aliases(await pipe.hgetall(KEY)))
            pipe.multi()
            for one in rows:
                write(pipe, one)
            if rows:
                pipe.hset(KEY, STATE, uuid4().hex)
            return rows

        changed: tuple[Alias, ...] = await self._client.transaction(work, KEY, value_from_callable=True)
        return changed


class KeptAliases:
    """The user's own names as they are now, for a worker that asks for each batch. ``client`` is a blocking one."""

    def __init__(self, client: Redis) -> None:
        self._kept = KeptHash(client, KEY, lambda fields: tuple(one.known for one in _aliases(fields)))

    def names(self) -> tuple[KnownName, ...]:
        """The names; the same object until they change. Blocks for a round trip; raises StoreUnavailable."""
        return self._kept.now()


def _aliases(fields: Mapping[bytes, bytes]) -> tuple[Alias, ...]:
    rows = map(Alias.model_validate_json, without_state(fields).values())
    return tuple(sorted(rows, key=lambda one: (one.type, one.name, one.alias)))


def _field(one: Alias) -> str:
    return f"{one.type}\t{one.alias}"


def _put(pipe: Any, one: Alias) -> None:
    pipe.hset(KEY, _field(one), one.model_dump_json())


def _drop(pipe: Any, one: Alias) -> None:
    pipe.hdel(KEY, _field(one))
