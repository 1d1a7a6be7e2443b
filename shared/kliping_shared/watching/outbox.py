"""What waits to be delivered, channel by channel: in order, a parcel at a time, by one deliverer at a time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any, Final

from pydantic import ValidationError
from redis.exceptions import OutOfMemoryError

from kliping_shared.watching.alerts import Alert
from kliping_shared.watching.keys import DUE, Place
from kliping_shared.watching.redis import Watches

#: What waits for a channel that takes nothing is bounded: so many alerts (a kilobyte each), for so long.
MOST: Final = 10_000
LONGEST: Final = timedelta(days=14)  # mails may be gathered for a week
#: Characters of an error that are kept.
_ERROR: Final = 500
_AT_ONCE: Final = 100


class Outbox:
    """``client`` is an asyncio Redis client; methods raise its errors. Each may be called again with the same."""

    def __init__(self, client: Any, holder: str) -> None:
        """``holder``: a name of the deliverer that no other has."""
        self._client = client
        self._holder = holder
        self._watches = Watches(client)

    async def due(self, most: int) -> list[Place]:
        """Places that may be delivered to now, those that waited longest first."""
        return [Place.of(name) for name in await self._client.zrangebyscore(DUE, "-inf", _now(), start=0, num=most)]

    async def waiting(self) -> list[Place]:
        """All places that have something to deliver, also those that wait for a person."""
        return [Place.of(name) for name in await self._client.zrange(DUE, 0, -1)]

    async def lease(self, place: Place, seconds: float) -> bool:
        """Whether nobody else delivers to the place for so long; whoever has it already has it longer."""
        milliseconds = int(seconds * 1000)
        if await self._client.set(place.lease, self._holder, nx=True, px=milliseconds):
            return True
        if await self._client.get(place.lease) != self._holder.encode():
            return False
        return bool(await self._client.pexpire(place.lease, milliseconds))

    async def release(self, place: Place) -> None:
        """Let others deliver to it."""
        if await self._client.get(place.lease) == self._holder.encode():
            await self._client.delete(place.lease)

    async def parcel(self, place: Place, most: int) -> list[Alert]:
        """The alerts that are to be delivered next, together: the same ones until they were; none at the end.

        A deliverer that died may have delivered them: whoever comes after it delivers the very same parcel.
        """

        async def take(pipe: Any) -> list[bytes]:
            size = int(await pipe.hget(place.state, "parcel") or 0)
            waiting: list[bytes] = await pipe.lrange(place.waiting, 0, (size or most) - 1)
            pipe.multi()
            if waiting:
                pipe.hset(place.state, "parcel", len(waiting))
            else:
                pipe.zrem(DUE, place.member)
            return waiting

        taken = await self._client.transaction(take, place.waiting, place.state, value_from_callable=True)
        return [Alert.model_validate_json(one) for one in taken]

    async def sent(self, place: Place, parcel: Sequence[Alert], pause: float) -> None:
        """This parcel was delivered; more are in ``pause`` seconds. Does nothing where that is known already.

        Whoever comes back late finds another's parcel on its way, which is not to be cut off.
        """

        async def settle(pipe: Any) -> None:
            first = await pipe.lrange(place.waiting, 0, len(parcel) - 1)
            pipe.multi()
            if [Alert.model_validate_json(one).alert_id for one in first] == [one.alert_id for one in parcel]:
                pipe.ltrim(place.waiting, len(parcel), -1)
                pipe.hdel(place.state, "parcel", "attempts", "error")
                pipe.hincrby(place.state, "sent", len(parcel))
                pipe.hset(place.state, "sent_at", datetime.now(UTC).isoformat(timespec="seconds"))
                pipe.zadd(DUE, {place.member: _now() + int(pause * 1000)})

        await self._client.transaction(settle, place.waiting, place.state)

    async def attempts(self, place: Place) -> int:
        """How often the parcel failed so far."""
        return int(await self._client.hget(place.state, "attempts") or 0)

    async def failed(self, place: Place, error: str, pause: float | None) -> None:
        """The parcel could not be delivered; it is tried again after ``pause`` seconds, None: when a person says so."""
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.hincrby(place.state, "attempts", 1)
            pipe.hset(place.state, "error", error[:_ERROR])
            if pause is None:
                pipe.hset(place.state, "stopped", 1)
                pipe.zadd(DUE, {place.member: "+inf"})
            else:
                pipe.zadd(DUE, {place.member: _now() + int(pause * 1000)})
            await pipe.execute()

    async def shed(self, place: Place, now: datetime) -> int:
        """Drop the oldest of more than MOST alerts, and what waits for longer than LONGEST; how many there were.

        The parcel on its way stays: it may have been delivered, and is to be sent again as it was. What is dropped is
        counted with the channel; the watch and the search show it as before. A Redis that is full allows nothing that
        adds: there what waits is cut where no parcel is on its way, and not counted.
        """

        async def cut(pipe: Any) -> int:
            size = int(await pipe.hget(place.state, "parcel") or 0)
            parcel = await pipe.lrange(place.waiting, 0, size - 1) if size else []
            end: int = max(size, await pipe.llen(place.waiting) - MOST)
            while late := await _late(pipe, place, end, now - LONGEST):
                end += late
            pipe.multi()
            if end > size:
                pipe.ltrim(place.waiting, end, -1)
                if parcel:
                    pipe.lpush(place.waiting, *reversed(parcel))
            return end - size

        dropped = 0
        with suppress(OutOfMemoryError):  # no room is no reason to wait: the next place may give some
            dropped = await self._client.transaction(cut, place.waiting, place.state, value_from_callable=True)
            if dropped:
                await self._count(place, dropped, now)
        return dropped

    async def _count(self, place: Place, dropped: int, now: datetime) -> None:
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.hincrby(place.state, "dropped", dropped)
            pipe.hset(place.state, "dropped_at", now.isoformat(timespec="seconds"))
            await pipe.execute()

    async def drop(self, place: Place) -> None:
        """Forget what waits: nobody is to be told any more."""
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.delete(place.waiting, place.state)
            pipe.zrem(DUE, place.member)
            await pipe.execute()


async def _late(client: Any, place: Place, start: int, before: datetime) -> int:
    """How many alerts in a row from ``start`` on, of some, are from before that time."""
    some = await client.lrange(place.waiting, start, start + _AT_ONCE - 1)
    return len(list(takewhile(lambda one: _is_from(one, before), some)))


def _is_from(one: bytes, before: datetime) -> bool:
    try:
        return Alert.model_validate_json(one).at < before
    except ValidationError:  # of another version perhaps: it goes where too many wait
        return False


def _now() -> int:
    return int(time.time() * 1000)
