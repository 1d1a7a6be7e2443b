"""A service's process: its routes at work, its health served, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

import structlog
from redis.exceptions import RedisError

from kliping_shared.bus.application import build_broker, calls_of
from kliping_shared.bus.consumer import Consumer
from kliping_shared.bus.gauges import read_gauges
from kliping_shared.bus.outage import Outage, Stopped, stopped_within
from kliping_shared.bus.policy import Policy
from kliping_shared.bus.route import Route
from kliping_shared.bus.threads import OwnThread
from kliping_shared.bus.topology import ensure_topology, readers_of
from kliping_shared.bus.trim import trim_acknowledged
from kliping_shared.bus.vanished import forget_vanished
from kliping_shared.lifecycle import settle_memory, stop_on_signals
from kliping_shared.observability.health import Health, serve_health
from kliping_shared.observability.metrics import Metrics, Outcome
from kliping_shared.observability.tracing import NoTracing, Tracing, tracing_to
from kliping_shared.settings import Settings

#: How a stage's message can end; only a file's article is rejected.
OUTCOMES_OF_MESSAGES: Final[tuple[Outcome, ...]] = ("ok", "duplicate", "dead")
#: Seconds for telling the broker that what is in hand is left to others; they find out by themselves in the end.
GIVE_BACK_S = 5.0
#: Seconds after which a route that was cancelled and did not end is cancelled again.
CANCEL_AGAIN_S = 1.0


class Worker:
    """Runs routes. ``resources`` are entered before the first message is read and left after the last is settled."""

    def __init__(
        self,
        routes: Sequence[Route],
        settings: Settings,
        *,
        resources: Sequence[AbstractAsyncContextManager[Any]] = (),
        policy: Policy | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        self.metrics = metrics or Metrics()
        self._routes = tuple(routes)
        self._settings = settings
        self._resources = tuple(resources)
        self._policy = policy or Policy.of(settings)
        self._stopping = asyncio.Event()
        self._consumers: list[Consumer] = []
        self._tracing: Tracing = NoTracing()
        self._housekeeping = Outage("broker", self._policy, self._stopping)
        for route in self._routes:
            _show_counters(self.metrics, route.group)
        self._log = structlog.get_logger("kliping.bus").bind(stages=[route.group for route in self._routes])

    def stop(self) -> None:
        """Stop reading, finish what is in hand within the grace time, then ``run`` returns. May be called twice."""
        self._stopping.set()

    async def run(self, *, signals: bool = True) -> None:
        """Work until SIGTERM, SIGINT or ``stop()``; waits for the broker if it is not there yet.

        Raises what a resource raises on entering, and HandlerStuck. ``signals=False`` leaves signals to the caller.
        """
        async with contextlib.AsyncExitStack() as stack:
            if signals:
                stack.enter_context(stop_on_signals(self.stop, (signal.SIGTERM, signal.SIGINT)))
            await stack.enter_async_context(
                serve_health(self._health, self.metrics, self._settings.health_host, self._settings.health_port)
            )
            self._tracing = await stack.enter_async_context(tracing_to(self._settings, self._routes[0].group))
            for resource in self._resources:
                await stack.enter_async_context(resource)
            try:
                await self._consume(await stack.enter_async_context(self._connected()))
            except Stopped:
                pass
            except ExceptionGroup as errors:
                raise _first(errors) from errors
        self._log.info("stopped")

    @property
    def ready(self) -> bool:
        """Whether every route is being worked on and what it needs answers."""
        return self._health().ready

    def _health(self) -> Health:
        limit = self._policy.handler_limit
        stuck = [consumer.route.group for consumer in self._consumers if consumer.seconds_running > limit]
        waiting = [consumer.route.group for consumer in self._consumers if not consumer.ready]
        started = bool(self._consumers) and not self._stopping.is_set()
        return Health(live=not stuck, ready=started and not stuck and not waiting, waiting=tuple(stuck or waiting))

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncIterator[Any]:
        """FastStream's broker, connected, with every group in place; its subscribers' calls become the consumers'."""
        broker = build_broker(self._settings.broker_url, (), self._settings.consumer)
        threads: list[OwnThread] = []
        try:
            client: Any = await broker.connect()
            produced = readers_of(route.produces for route in self._routes if route.produces)
            await self._housekeeping.insist(lambda: ensure_topology(client, [*self._consumed(), *produced]))
            calls = await calls_of(broker, self._routes, self._settings.consumer, threads)
            self._consumers = [
                Consumer(
                    route,
                    call,
                    client,
                    self._settings.consumer,
                    policy=self._policy,
                    stopping=self._stopping,
                    metrics=self.metrics,
                    tracing=self._tracing,
                )
                for route, call in zip(self._routes, calls, strict=True)
            ]
            yield client
        finally:
            self._consumers = []
            for thread in threads:
                thread.close()
            await broker.stop()

    async def _consume(self, client: Any) -> None:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._run_one(consumer)) for consumer in self._consumers]
            group.create_task(self._keep_house(client))
            settle_memory()
            self._log.info("consuming", consumer=self._settings.consumer)
            await self._stopping.wait()
            await asyncio.wait(tasks, timeout=self._policy.grace + self._policy.block)
            for task, consumer in zip(tasks, self._consumers, strict=True):
                if not task.done():
                    self._log.warning("grace time is over, leaving the message in hand to others")
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(consumer.give_back(), GIVE_BACK_S)
                    task.cancel()
            # A cancellation that comes while the Redis client waits for an answer may be swallowed: then ask again.
            while (await asyncio.wait(tasks, timeout=CANCEL_AGAIN_S))[1]:
                for task in tasks:
                    task.cancel()

    async def _run_one(self, consumer: Consumer) -> None:
        """A consumer that fails ends the worker; by the event too, because redis-py may swallow a cancellation."""
        try:
            await consumer.run()
        finally:
            self.stop()

    async def _keep_house(self, client: Any) -> None:
        """Keep the streams that are read here short and their groups tidy, and read all gauges, until stopping."""
        pairs = self._consumed()
        while not await stopped_within(self._stopping, self._policy.trim_every):
            for consumer in self._consumers:
                self.metrics.gauge("kliping_stage_ready", consumer.ready, stage=consumer.route.group)
            try:
                await trim_acknowledged(client, pairs)
                for stream, group in pairs:
                    await forget_vanished(client, stream, group, self._policy.forget_after)
                await read_gauges(client, self.metrics)
            except RedisError as error:
                self._log.debug("housekeeping failed", error=str(error))  # the consumers say that the broker is away

    def _consumed(self) -> list[tuple[str, str]]:
        """The pairs that this worker answers for: its own, and other groups of ours on the same streams."""
        own = [(route.consumes, route.group) for route in self._routes]
        return sorted({*own, *readers_of(stream for stream, _ in own)})


def _show_counters(metrics: Metrics, stage: str) -> None:
    for outcome in OUTCOMES_OF_MESSAGES:
        metrics.outcome(stage, outcome, 0)
    metrics.count("kliping_retries_total", 0, stage=stage)
    metrics.count("kliping_store_refusals_total", 0, stage=stage)


def _first(errors: ExceptionGroup[Exception]) -> Exception:
    """The error that ended a worker, out of the task groups it went through."""
    first = errors.exceptions[0]
    return _first(first) if isinstance(first, ExceptionGroup) else first
