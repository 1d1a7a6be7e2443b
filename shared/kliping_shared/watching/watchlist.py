"""What people do with watches: make, change, try, remove; the same for page, API and commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from redis.exceptions import RedisError

from kliping_shared.errors import KlipingError, QueryError
from kliping_shared.notices import Notice
from kliping_shared.store.ports import StoreReader
from kliping_shared.watching.alerts import Alert, trial
from kliping_shared.watching.beginning import TooBroad, begin, check
from kliping_shared.watching.keys import Place
from kliping_shared.watching.redis import Overtaken, Standing, Unreadable, Watches, why_unreadable
from kliping_shared.watching.watches import Watch, new_id


class NoSuchWatch(KlipingError):
    """There is no watch of that id."""


class CannotBeRead(KlipingError):
    """There is a watch of that id, but it cannot be read; it can be removed."""


class NotWatchable(KlipingError):
    """What a watch is to be cannot be; the message says why."""


class Watchlist:
    """Watches over a store. Methods raise NoSuchWatch, CannotBeRead, StoreUnavailable and errors of Redis."""

    def __init__(self, watches: Watches, reader: StoreReader) -> None:
        self._watches = watches
        self._reader = reader

    async def make(self, **fields: Any) -> Watch:
        """Begin a watch with these fields of ``Watch``. Raises NotWatchable, TooBroad, QueryError."""
        return await self._begun(_checked({"watch_id": new_id(), "created_at": datetime.now(UTC)} | fields))

    async def restore(self, watches: Iterable[Watch]) -> list[Watch]:
        """Begin those of the watches that are not there; none of them if one cannot. May be asked for again.

        What they find now is no news to them. One that rested rests, and so does one that finds too much by now. Raises
        NotWatchable, which names the watch.
        """
        there = {one.watch_id for one in await self._watches.all()}
        there |= {one.watch_id for one in await self._watches.unreadable()}
        missing = [await self._fitting(watch) for watch in watches if watch.watch_id not in there]
        for watch in missing:
            await (self._begun(watch) if watch.active else self._watches.put(watch))
        return missing

    async def _fitting(self, watch: Watch) -> Watch:
        if not watch.active:
            return watch  # looked at when it goes on
        try:
            await check(watch, self._reader)
        except TooBroad:
            return watch.model_copy(update={"active": False})
        except QueryError as error:
            raise NotWatchable(f"{watch.name}: {error}") from error
        return watch

    async def _begun(self, watch: Watch) -> Watch:
        try:
            return await begin(watch, self._watches, self._reader)
        except BaseException:
            with suppress(RedisError, OSError):  # nothing of it stays behind
                await self._watches.remove(watch.watch_id)
            raise

    async def change(self, watch_id: str, **fields: Any) -> Watch:
        """Give it these fields. A new search, and one that rested, begins anew. Raises as ``make`` does."""
        while True:
            known = await self.get(watch_id)
            with suppress(Overtaken):
                return await self._changed(known, _checked(dict(known) | fields))

    async def _changed(self, known: Watch, watch: Watch) -> Watch:
        if not watch.active or (watch.search == known.search and known.active):
            await self._watches.replace(known, watch)
            return watch
        try:
            return await begin(watch, self._watches, self._reader, known)
        except Overtaken:
            if await self._watches.get(watch.watch_id) is None:
                await self._watches.remove(watch.watch_id)  # what was remembered for it
            raise
        except BaseException:
            # What did not begin must not look as if it had: asked for again, it begins.
            with suppress(RedisError, OSError, Overtaken):
                await self._watches.replace(watch, known)
            raise

    async def get(self, watch_id: str) -> Watch:
        """The watch."""
        try:
            watch = await self._watches.get(watch_id)
        except ValidationError as error:
            raise CannotBeRead(
                Notice(
                    "The watch {id} was written by another version of Kliping, or is damaged ({reason}). It is not asked.",
                    id=watch_id,
                    reason=why_unreadable(error),
                )
            ) from error
        if watch is None:
            raise NoSuchWatch(Notice("There is no watch {id}.", id=watch_id))
        return watch

    async def remove(self, watch_id: str) -> None:
        """Forget the watch and what it found."""
        if not await self._watches.remove(watch_id):
            raise NoSuchWatch(Notice("There is no watch {id}.", id=watch_id))

    async def all(self) -> list[Standing]:
        """Every watch and how it fares, from old to new."""
        return await self._watches.standing(await self._watches.all())

    async def unreadable(self) -> list[Unreadable]:
        """Watches that are not among ``all``, and why."""
        return await self._watches.unreadable()

    async def standing(self, watch_id: str) -> Standing:
        """How the watch fares."""
        return (await self._watches.standing([await self.get(watch_id)]))[0]

    async def alerts(self, watch_id: str, *, start: int = 0, count: int = 50) -> list[Alert]:
        """What it found, from new to old."""
        await self.get(watch_id)
        return await self._watches.alerts(watch_id, start=start, count=count)

    async def read(self, watch_id: str) -> None:
        """Everything that it found so far was read."""
        await self.get(watch_id)
        await self._watches.read(watch_id)

    async def resume(self, watch_id: str) -> None:
        """Have channels that stopped tried again."""
        await self.get(watch_id)
        await self._watches.resume(watch_id)

    async def test(self, watch_id: str) -> Alert:
        """Have a test sent to each of its channels, behind what waits there."""
        watch = await self.get(watch_id)
        if not watch.channels:
            raise NotWatchable(Notice("The watch has neither webhook nor mailbox to send a test to."))
        told = trial(watch, datetime.now(UTC))
        for channel in watch.channels:
            await self._watches.send(Place(watch_id, channel), [told])
        return told


def _checked(fields: Mapping[str, Any]) -> Watch:
    try:
        return Watch.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        why = first.get("ctx", {}).get("error")
        said = why.args[0] if isinstance(why, ValueError) else first["msg"]
        raise NotWatchable(Notice("{field}: {why}", field=where, why=said)) from error
