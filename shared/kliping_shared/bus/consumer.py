"""The loop that empties one stream for one group: take, run, settle, and keep the server informed.

FastStream's own reading loop is not used: it ends for good when the group is lost, spins on READONLY and OOM replies,
never delivers a failed entry again, and knows no heartbeat (docs/decisions/0003-reliability.md). Everything behind the
read (middlewares, the handler's call) is FastStream's.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from functools import partial
from typing import Any

import structlog
from redis.exceptions import RedisError

from kliping_shared.bus import pending
from kliping_shared.bus.handling import Call, Ending, Handling, Later
from kliping_shared.bus.outage import Outage, Stopped, stopped_within
from kliping_shared.bus.policy import Policy
from kliping_shared.bus.retries import Retries
from kliping_shared.bus.route import Route
from kliping_shared.bus.settle import Done, Failed, Place, settle
from kliping_shared.bus.topology import ensure_topology, is_lost_group
from kliping_shared.bus.wire import Entry
from kliping_shared.observability.metrics import Metrics
from kliping_shared.observability.tracing import Tracing


class HandlerStuck(Exception):
    """A handler has run longer than the policy's limit: only the end of the process can end it."""


class WorkerLost(Exception):
    """What a dead letter names as its error when every worker that ran it died."""


class Consumer:
    """One route at work. ``run`` ends when ``stopping`` is set; it raises only HandlerStuck or a bug of its own."""

    def __init__(
        self,
        route: Route,
        call: Call,
        client: Any,
        name: str,
        *,
        policy: Policy,
        stopping: asyncio.Event,
        metrics: Metrics,
        tracing: Tracing,
    ) -> None:
        self.route = route
        self._client = client
        self._place = Place(route.consumes, route.group, name)
        self._policy = policy
        self._stopping = stopping
        self._metrics = metrics
        self._log = structlog.get_logger("kliping.bus").bind(stage=route.group, stream=route.consumes)
        self._broker = Outage("broker", policy, stopping)
        self._needs = Outage(f"what {route.group} needs", policy, stopping)
        self._handling = Handling(route, call, policy.max_attempts, self._needs, metrics, tracing)
        self._retries = Retries(time.monotonic)
        self._size = route.batch or policy.prefetch
        self._held: set[bytes] = set()
        self._started: set[bytes] = set()
        self._own_first = True
        self._next_recovery = 0.0

    @property
    def ready(self) -> bool:
        """Whether broker and resources answer, as far as this route has seen."""
        return not (self._broker.away or self._needs.away)

    @property
    def seconds_running(self) -> float:
        """How long the handler has been running on what it has now."""
        return self._handling.seconds_running

    async def run(self) -> None:
        """Consume until told to stop; then give back what was read but not begun."""
        async with asyncio.TaskGroup() as group:
            heartbeat = group.create_task(self._heartbeat())
            try:
                while not self._stopping.is_set():
                    entries = await self._take()
                    began = time.monotonic()
                    await self._work(entries)
                    await self._rest(began, len(entries))
            except Stopped:
                pass
            finally:
                heartbeat.cancel()
        await self.give_back()

    async def _take(self) -> list[Entry]:
        """The next entries to run; [] when there was nothing, or an error that has been dealt with."""
        try:
            entries = await self._next()
        except RedisError as error:
            self._own_first = True  # a reply with entries may have been lost on its way
            if is_lost_group(error):
                self._log.warning("group was lost, making it again")
                await self._insist(self._ensure_group)
            else:
                await self._broker.wait(error)
            return []
        self._broker.over()
        self._held.update(entry.id for entry in entries)
        return entries

    async def _next(self) -> list[Entry]:
        if self._own_first:
            own = await pending.take_over(self._client, self._place, count=self._size, own=True, skip=self._held)
            if own:
                return own
            self._own_first = False
        if time.monotonic() >= self._next_recovery:
            left = await pending.take_over(
                self._client, self._place, count=self._size, min_idle=self._policy.min_idle, skip=self._held
            )
            if left:
                self._log.info("took over", entries=len(left))
                return left
            self._next_recovery = time.monotonic() + self._policy.recover_every
        if due := self._retries.due(self._size):
            return due
        return await self._read()

    async def _read(self) -> list[Entry]:
        wait = self._retries.wait()
        block = self._policy.block if wait is None else min(self._policy.block, wait)
        if len(self._retries) >= 4 * self._size:
            await stopped_within(self._stopping, block)
            return []
        reply = await self._client.xreadgroup(
            self._place.group,
            self._place.consumer,
            {self._place.stream: ">"},
            count=self._size,
            block=max(1, int(block * 1000)),
        )
        return [Entry(entry_id, fields or {}) for _, rows in reply for entry_id, fields in rows]

    async def _work(self, entries: Sequence[Entry]) -> None:
        lost = [entry for entry in entries if entry.attempt > self._policy.max_attempts]
        living = [entry for entry in entries if entry.attempt <= self._policy.max_attempts]
        if lost:
            error = WorkerLost("every worker that handled it died before it had finished")
            await self._end([Failed(entry, "crashed", error) for entry in lost])
        for portion in self._handling.portions(living):
            if self._stopping.is_set():
                return
            again = [entry for entry in portion if entry.attempt > 1]
            if again:
                await self._insist(partial(pending.mark, self._client, self._place, again))
            self._started = {entry.id for entry in portion}
            await self._end(await self._handling.endings(portion))
            self._started = set()

    async def _rest(self, began: float, count: int) -> None:
        """Let the next messages gather, where the route wants that."""
        if self.route.pause is None or not count:
            return
        seconds = began + self.route.pause(count) - time.monotonic()
        if seconds > 0:
            await stopped_within(self._stopping, seconds)

    async def _end(self, endings: Sequence[Ending]) -> None:
        """Settle what has ended, however long the broker is away; queue what is to be tried again."""
        done = [ending for ending in endings if isinstance(ending, Done)]
        failed = [ending for ending in endings if isinstance(ending, Failed)]
        if done or failed:
            counts = await self._insist(lambda: settle(self._client, self._place, self.route.produces, done, failed))
            for outcome, count in counts.items():
                self._metrics.outcome(self.route.group, outcome, count)
            self._held.difference_update([ending.entry.id for ending in done], [ending.entry.id for ending in failed])
        for failed_one in failed:
            self._log.error("dead letter", reason=failed_one.reason, **_about(failed_one.entry, failed_one.error))
        for later in (ending for ending in endings if isinstance(ending, Later)):
            pause = self._policy.retry_pause(later.entry.attempt)
            self._log.warning("will try again", seconds=round(pause, 1), **_about(later.entry, later.error))
            self._metrics.retried(self.route.group)
            self._retries.add(later.entry, pause)

    async def _insist(self, action: Any) -> Any:
        return await self._broker.insist(action)

    async def _ensure_group(self) -> None:
        await ensure_topology(self._client, [(self._place.stream, self._place.group)])

    async def _heartbeat(self) -> None:
        while True:
            await asyncio.sleep(self._policy.min_idle / 3)
            if self._handling.seconds_running > self._policy.handler_limit:
                raise HandlerStuck(f"{self.route.name}: the handler has run for over {self._policy.handler_limit:g} s")
            try:
                await pending.keep(self._client, self._place, tuple(self._held))
            except RedisError as error:
                self._log.debug("heartbeat failed", error=str(error))  # the loop itself notices and says so

    async def give_back(self) -> None:
        """Let others have at once what was read ahead and not begun."""
        unstarted = self._held - self._started
        try:
            await pending.give_back(self._client, self._place, unstarted, self._policy.min_idle)
        except RedisError as error:
            self._log.debug("could not give back", error=str(error))  # they are taken over after min_idle


def _about(entry: Entry, error: BaseException) -> dict[str, Any]:
    return {
        **entry.about,
        "entry": entry.id.decode(),
        "attempt": entry.attempt,
        "error": f"{type(error).__name__}: {error}"[:500],
    }
