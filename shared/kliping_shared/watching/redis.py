"""Watches in Redis, where index, search, alert and the commands reach them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError

from kliping_shared.errors import KlipingError
from kliping_shared.portions import portions
from kliping_shared.watching import keys
from kliping_shared.watching.alerts import Alert
from kliping_shared.watching.keys import DUE, WATCHES, Place
from kliping_shared.watching.watches import Channel, Watch

#: Alerts of a watch that are kept to be shown.
KEPT: Final = 1000
_AT_ONCE: Final = 1000


class Overtaken(KlipingError):
    """The watch was changed or removed meanwhile."""


@dataclass(frozen=True)
class Deliveries:
    """How a channel fares. ``stopped``: it failed too often, and waits for a person; ``dropped``: waited too long."""

    sent: int = 0
    sent_at: datetime | None = None
    waiting: int = 0
    attempts: int = 0
    error: str | None = None
    stopped: bool = False
    dropped: int = 0
    dropped_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """A watch, how much it found so far, how much of it nobody read yet, and how its channels fare."""

    watch: Watch
    total: int
    unread: int
    deliveries: Mapping[Channel, Deliveries]


@dataclass(frozen=True)
class Unreadable:
    """A watch that is kept and cannot be read, and why."""

    watch_id: str
    reason: str


class Watches:
    """Keeps watches and their alerts. ``client`` is an asyncio Redis client; methods raise its errors."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._read: dict[bytes, Watch | str] = {}

    async def put(self, watch: Watch) -> None:
        """Keep the watch; one of the same id is replaced."""
        await self._client.hset(WATCHES, watch.watch_id, watch.model_dump_json())

    async def replace(self, known: Watch, watch: Watch) -> None:
        """Keep the watch in place of ``known``. Raises Overtaken where that one stands there no more."""

        async def exchange(pipe: Any) -> None:
            found = await pipe.hget(WATCHES, watch.watch_id)
            if found is None or Watch.model_validate_json(found) != known:
                raise Overtaken(f"The watch {watch.watch_id} was changed or removed meanwhile.")
            pipe.multi()
            pipe.hset(WATCHES, watch.watch_id, watch.model_dump_json())

        await self._client.transaction(exchange, WATCHES)

    async def get(self, watch_id: str) -> Watch | None:
        """One watch, None when there is none of that id. Raises ValidationError for one of another version."""
        found = await self._client.hget(WATCHES, watch_id)
        return None if found is None else Watch.model_validate_json(found)

    async def all(self) -> list[Watch]:
        """All watches, from old to new; one that cannot be read holds up no other."""
        read = self._known(await self._client.hvals(WATCHES)).values()
        found = [watch for watch in read if isinstance(watch, Watch)]
        return sorted(found, key=lambda watch: (watch.created_at, watch.watch_id))

    async def unreadable(self) -> list[Unreadable]:
        """Those that are not among ``all``: of another version, or damaged."""
        kept = await self._client.hgetall(WATCHES)
        read = self._known(kept.values())
        told = {name: watch for name, value in kept.items() if isinstance(watch := read[value], str)}
        return [Unreadable(name.decode(), reason) for name, reason in sorted(told.items())]

    def _known(self, kept: Iterable[bytes]) -> dict[bytes, Watch | str]:
        """The watches by how they are kept, or why one cannot be read. Index asks before each batch; few are new then."""
        self._read = {value: self._read.get(value) or _read(value) for value in kept}
        return self._read

    async def remove(self, watch_id: str) -> bool:
        """Forget the watch and all that it found, whole or not at all; whether it was there."""
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.hdel(WATCHES, watch_id)
            pipe.delete(*keys.everything(watch_id))
            pipe.zrem(DUE, *(place.member for place in keys.places(watch_id)))
            return bool((await pipe.execute())[0])

    async def remember(self, watch_id: str, ids: Sequence[str]) -> None:
        """These documents are no news to the watch."""
        for some in portions(ids, _AT_ONCE):
            await self._client.sadd(keys.known(watch_id), *some)

    async def unknown(self, watch_id: str, ids: Sequence[str]) -> list[str]:
        """Those of the documents that would be news to the watch."""
        told = await self._client.smismember(keys.known(watch_id), ids) if ids else ()
        return [name for name, before in zip(ids, told, strict=True) if not before]

    async def note(self, watch: Watch, found: Sequence[Alert]) -> int:
        """Keep those alerts that are news to the watch, and have its channels told; how many there were.

        One transaction: an alert is noted once and given to every channel once, whoever notes it how often. A watch
        that was removed meanwhile notes nothing.
        """
        noted = 0
        for some in portions(list({one.alert_id: one for one in found}.values()), _AT_ONCE):
            noted += await self._note(watch, some)
        return noted

    async def _note(self, watch: Watch, found: Sequence[Alert]) -> int:
        known = keys.known(watch.watch_id)

        async def add(pipe: Any) -> int:
            there = await pipe.hexists(WATCHES, watch.watch_id)
            told = await pipe.smismember(known, [one.found.id for one in found])
            new = [one for one, before in zip(found, told, strict=True) if there and not before]
            pipe.multi()
            if new:
                pipe.sadd(known, *(one.found.id for one in new))
                pipe.lpush(keys.alerts(watch.watch_id), *(one.model_dump_json() for one in new))
                pipe.ltrim(keys.alerts(watch.watch_id), 0, KEPT - 1)
                pipe.hincrby(keys.counts(watch.watch_id), "total", len(new))
                for channel in watch.channels:
                    _send(pipe, Place(watch.watch_id, channel), new, watch.waits(channel))
            return len(new)

        noted: int = await self._client.transaction(add, WATCHES, known, value_from_callable=True)
        return noted

    async def send(self, place: Place, alerts: Sequence[Alert]) -> None:
        """Have the channel told of these, besides what the watch finds."""
        async with self._client.pipeline(transaction=True) as pipe:
            _send(pipe, place, alerts, 0.0)
            await pipe.execute()

    async def resume(self, watch_id: str) -> None:
        """Have stopped channels tried again, at once; also one of which all was dropped, so that the next alert is due."""
        async with self._client.pipeline(transaction=True) as pipe:
            for place in keys.places(watch_id):
                pipe.hdel(place.state, "stopped", "attempts", "error")
                pipe.zadd(DUE, {place.member: _now()}, xx=True)
            await pipe.execute()

    async def alerts(self, watch_id: str, *, start: int = 0, count: int = 50) -> list[Alert]:
        """What the watch found, from new to old."""
        found = await self._client.lrange(keys.alerts(watch_id), start, start + count - 1)
        return [Alert.model_validate_json(one) for one in found]

    async def read(self, watch_id: str) -> None:
        """Everything that it found so far was read."""
        total = await self._client.hget(keys.counts(watch_id), "total")
        if total is not None:
            await self._client.hset(keys.counts(watch_id), "read", int(total))

    async def standing(self, watches: Iterable[Watch]) -> list[Standing]:
        """How the watches fare, in their order."""
        return [await self._standing(watch) for watch in watches]

    async def _standing(self, watch: Watch) -> Standing:
        places = [Place(watch.watch_id, channel) for channel in watch.channels]
        async with self._client.pipeline(transaction=False) as pipe:
            pipe.hmget(keys.counts(watch.watch_id), "total", "read")
            for place in places:
                pipe.hgetall(place.state)
                pipe.llen(place.waiting)
            (total, read), *rest = await pipe.execute()
        fared = zip(rest[::2], rest[1::2], strict=True)
        deliveries = {place.channel: _deliveries(state, n) for place, (state, n) in zip(places, fared, strict=True)}
        return Standing(watch, int(total or 0), int(total or 0) - int(read or 0), deliveries)


def _send(pipe: Any, place: Place, alerts: Sequence[Alert], seconds: float) -> None:
    """Let the alerts wait for the channel, which is due in so many seconds, if it is not before."""
    pipe.rpush(place.waiting, *(one.model_dump_json() for one in alerts))
    pipe.zadd(DUE, {place.member: _now() + int(seconds * 1000)}, nx=True)


def _read(value: bytes) -> Watch | str:
    try:
        return Watch.model_validate_json(value)
    except ValidationError as error:
        return why_unreadable(error)


def why_unreadable(error: ValidationError) -> str:
    """Where something is wrong with a watch or an alert, and what kind of mistake. It names no value: that may be a secret."""
    first = error.errors(include_input=False)[0]  # its message may quote the value
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['type']}".removeprefix(": ")


def _deliveries(state: Mapping[bytes, bytes], waiting: int) -> Deliveries:
    told = {name.decode(): value.decode() for name, value in state.items()}
    return Deliveries(
        sent=int(told.get("sent", 0)),
        sent_at=_time(told, "sent_at"),
        waiting=waiting,
        attempts=int(told.get("attempts", 0)),
        error=told.get("error"),
        stopped="stopped" in told,
        dropped=int(told.get("dropped", 0)),
        dropped_at=_time(told, "dropped_at"),
    )


def _time(told: Mapping[str, str], name: str) -> datetime | None:
    return datetime.fromisoformat(told[name]) if name in told else None


def _now() -> int:
    return int(time.time() * 1000)
