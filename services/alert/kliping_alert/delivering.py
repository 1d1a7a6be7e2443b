"""The loop that empties the outbox: channel by channel, each in order, many at once.

None waits for another while fewer than AT_ONCE hang; beyond that they take turns.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Final

import structlog
from pydantic import ValidationError

from kliping_alert.domain.patience import pause
from kliping_alert.errors import NotDelivered, Refused
from kliping_alert.ports import Sender
from kliping_shared.bus.outage import Outage, Stopped, stopped_within
from kliping_shared.observability import Metrics
from kliping_shared.watching.alerts import Alert
from kliping_shared.watching.keys import Place
from kliping_shared.watching.outbox import Outbox
from kliping_shared.watching.redis import Watches, why_unreadable
from kliping_shared.watching.watches import CHANNELS, Channel, Watch

#: Channels that are delivered to at once.
AT_ONCE: Final = 100
#: Channels that are due and looked at, to find some that nobody delivers to yet.
LOOKED_AT: Final = 1000
#: Seconds that a channel is delivered to before others get their turn, and that it stays ours without a sign of life.
TURN: Final = 20.0
LEASE: Final = 60.0
#: Seconds between two looks for channels that are due, and for alerts that wait too long.
POLL: Final = 0.5
SWEEP: Final = 60.0

log = structlog.get_logger("kliping.alert")


class Deliverer:
    """Delivers what waits. A parcel counts as delivered once its sender says so, and that is noted at once."""

    def __init__(
        self,
        watches: Watches,
        outbox: Outbox,
        senders: Mapping[Channel, Sender],
        metrics: Metrics,
        outage: Outage,
        *,
        attempts: int,
    ) -> None:
        self._watches = watches
        self._outbox = outbox
        self._senders = senders
        self._metrics = metrics
        self._outage = outage
        self._attempts = attempts
        for channel in CHANNELS:
            for outcome in ("sent", "failed", "stopped", "dropped"):
                metrics.count("kliping_alerts_total", 0, channel=channel, outcome=outcome)

    async def run(self, stopping: asyncio.Event) -> None:
        """Deliver until told to stop; what is on its way then is finished. Waits while the broker is away."""
        await asyncio.gather(self._delivering(stopping), self._sweeping(stopping))

    async def _delivering(self, stopping: asyncio.Event) -> None:
        at_work: dict[Place, asyncio.Task[None]] = {}
        try:
            with suppress(Stopped):
                while not stopping.is_set():
                    await self._outage.insist(partial(self._look, at_work, stopping))
                    await stopped_within(stopping, POLL)
        finally:
            if at_work:
                await asyncio.wait(at_work.values())

    async def _sweeping(self, stopping: asyncio.Event) -> None:
        """Bound what waits, also for channels that are not delivered to at the moment."""
        with suppress(Stopped):
            while not stopping.is_set():
                for place in await self._outage.insist(self._outbox.waiting):
                    await self._outage.insist(partial(self._shed, place))
                await stopped_within(stopping, SWEEP)

    async def _look(self, at_work: dict[Place, asyncio.Task[None]], stopping: asyncio.Event) -> None:
        """Begin to deliver to those that are due, as far as there is room. Raises what went wrong since the last look."""
        over = [place for place, task in at_work.items() if task.done()]
        errors = [error for place in over if (error := at_work.pop(place).exception())]
        if errors:
            raise errors[0]
        for place in await self._outbox.due(LOOKED_AT):
            if len(at_work) >= AT_ONCE:
                return
            if place not in at_work and await self._outbox.lease(place, LEASE):
                at_work[place] = asyncio.create_task(self._deliver(place, stopping))

    async def _deliver(self, place: Place, stopping: asyncio.Event) -> None:
        try:
            watch = await self._watches.get(place.watch_id)
            if watch is None or place.channel not in watch.channels:
                await self._outbox.drop(place)
            else:
                await self._shed(place)
                await self._turn(place, watch, stopping)
        except ValidationError as error:  # of another version perhaps: nothing is dropped, and the others are served
            await self._failed(place, error)
        finally:
            await self._outbox.release(place)

    async def _shed(self, place: Place) -> None:
        dropped = await self._outbox.shed(place, datetime.now(UTC))
        if dropped:
            self._metrics.count("kliping_alerts_total", dropped, channel=place.channel, outcome="dropped")
            log.warning("alerts waited too long", watch_id=place.watch_id, channel=place.channel, dropped=dropped)

    async def _turn(self, place: Place, watch: Watch, stopping: asyncio.Event) -> None:
        sender, until = self._senders[place.channel], time.monotonic() + TURN
        while not stopping.is_set() and time.monotonic() < until and await self._outbox.lease(place, LEASE):
            parcel = await self._outbox.parcel(place, sender.most)
            if not parcel or not await self._sent(place, watch, sender, parcel):
                return
            wait = watch.waits(place.channel)
            # Insisted on: a parcel that went out and is not noted goes out again.
            await self._outage.insist(partial(self._outbox.sent, place, parcel, wait))
            self._metrics.count("kliping_alerts_total", len(parcel), channel=place.channel, outcome="sent")
            if wait:
                return

    async def _sent(self, place: Place, watch: Watch, sender: Sender, parcel: Sequence[Alert]) -> bool:
        try:
            await sender.send(watch, parcel)
        except Exception as error:  # whatever a receiver does to its sender, the others are served
            await self._failed(place, error)
            return False
        return True

    async def _failed(self, place: Place, error: Exception) -> None:
        failures = await self._outbox.attempts(place) + 1
        stopped = isinstance(error, Refused) or failures >= self._attempts
        text = _told(error)
        await self._outbox.failed(place, text, None if stopped else pause(failures))
        self._metrics.count("kliping_alerts_total", channel=place.channel, outcome="stopped" if stopped else "failed")
        log.warning(
            "an alert could not be delivered",
            watch_id=place.watch_id, channel=place.channel, attempt=failures, stopped=stopped, error=text,
        )  # fmt: skip


def _told(error: Exception) -> str:
    """What went wrong, as the log and the watch's page tell it: never what a watch holds, which may be secret."""
    if isinstance(error, NotDelivered | Refused):
        return str(error)
    return f"{type(error).__name__}: {why_unreadable(error) if isinstance(error, ValidationError) else error}"
