"""Publishing from outside the chain: what ingest uses."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from typing import Any, Self, TypeVar
from uuid import uuid4

from redis.exceptions import RedisError, ResponseError

from kliping_shared.bus.client import connect, is_away
from kliping_shared.bus.outage import Outage
from kliping_shared.bus.policy import Policy
from kliping_shared.bus.stats import backlog
from kliping_shared.bus.topology import ensure_topology, readers_of
from kliping_shared.bus.trail import leave_trail
from kliping_shared.bus.wire import encode
from kliping_shared.contracts import Contract
from kliping_shared.observability.tracing import NoTracing, Span, Tracing, Work, tracing_to
from kliping_shared.portions import portions
from kliping_shared.settings import Settings

#: Key that holds the broker's id.
BROKER_ID = "kliping:broker"
#: Messages sent in one round trip.
CHUNK = 100
#: Milliseconds that one WAITAOF may take before it is asked again; below the socket timeout.
WAITAOF_MS = 3000

T = TypeVar("T")
#: An article's id and its entry's fields.
_Outgoing = tuple[str, Mapping[bytes, bytes]]


class Publisher:
    """Publishes messages on behalf of ``stage``. One connection, used by one caller at a time.

    Every method waits, with backoff, for as long as the broker is away or full; cancel it to give up.
    """

    def __init__(self, settings: Settings, *, stage: str = "ingest", policy: Policy | None = None) -> None:
        self._settings = settings
        self._client: Any = connect(settings.broker_url, single=True)
        self._stage = stage
        self._consumer = settings.consumer
        self._lock = asyncio.Lock()
        self._outage = Outage("broker", policy or Policy.of(settings), asyncio.Event())
        self._ready: set[str] = set()
        self._tracing: Tracing = NoTracing()
        self._opened = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Raises SettingsError when traces are asked for and cannot be made."""
        self._tracing = await self._opened.enter_async_context(tracing_to(self._settings, self._stage))
        self._opened.push_async_callback(self._client.aclose)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._opened.aclose()

    @property
    def away(self) -> bool:
        """Whether the broker did not answer (or was full) at the last try."""
        return self._outage.away

    async def publish(self, stream: str, messages: Sequence[Contract]) -> None:
        """Add the messages in order; returns when the broker has them all.

        A message may be added twice when the connection breaks before the reply: readers take that as a duplicate.
        """
        for some in portions(messages, CHUNK):
            await self._publish(stream, some)

    async def durable(self) -> None:
        """Wait until everything published through this object is on the broker's disk.

        Uses WAITAOF (Redis 7.2 and later, Valkey); returns at once where the server has none or keeps no AOF.
        """
        while not await self._insist(self._synced):
            pass

    async def broker_id(self) -> str:
        """What tells this broker's data from those of another, or of none: made at first sight, lost with the data."""
        fresh = uuid4().hex
        there = await self._insist(lambda: self._client.set(BROKER_ID, fresh, nx=True, get=True))
        return there.decode() if there is not None else fresh

    async def backlog(self) -> int:
        """The longest queue of all stages (entries not yet given plus not yet acknowledged)."""
        return await self._insist(lambda: backlog(self._client))

    async def _publish(self, stream: str, messages: Sequence[Contract]) -> None:
        """However often a message is sent, it is the same trace."""
        spans: list[Span] = []
        entries: list[_Outgoing] = []
        for message in messages:
            article_id = str(getattr(message, "article_id", ""))
            began = getattr(message, "ingested_at", None)
            span = self._tracing.publish(Work(self._stage, stream, article_id), began)
            spans.append(span)
            entries.append((article_id, {**encode(message), **span.fields()}))
        try:
            await self._insist(partial(self._add, stream, entries))
        except BaseException as error:
            for span in spans:
                span.end("left", error)
            raise
        for span in spans:
            span.end("ok")

    async def _add(self, stream: str, rest: list[_Outgoing]) -> None:
        """One round trip; leaves in ``rest`` what was refused because the broker was full, and raises why."""
        if stream not in self._ready:
            await ensure_topology(self._client, readers_of([stream]))
            self._ready.add(stream)
        async with self._client.pipeline(transaction=False) as pipe:
            for _, fields in rest:
                pipe.xadd(stream, dict(fields))
            for article_id, _ in rest:
                leave_trail(pipe, article_id, self._stage, "ok", self._consumer)
            replies = (await pipe.execute(raise_on_error=False))[: len(rest)]
        errors = [reply for reply in replies if isinstance(reply, Exception)]
        rest[:] = [entry for entry, reply in zip(rest, replies, strict=True) if isinstance(reply, Exception)]
        if errors:
            raise next((error for error in errors if not is_away(error)), errors[0])

    async def _synced(self) -> bool:
        """WAITAOF waits for writes of its own connection, which may be a new one: so write something first."""
        async with self._client.pipeline(transaction=False) as pipe:
            pipe.set(f"kliping:durable:{self._consumer}", 1, ex=60)
            pipe.execute_command("WAITAOF", 1, 0, WAITAOF_MS)
            wrote, synced = await pipe.execute(raise_on_error=False)
        if isinstance(wrote, Exception):
            raise wrote
        if isinstance(synced, ResponseError):
            return True  # unknown command, or no AOF
        if isinstance(synced, RedisError):
            raise synced
        return int(synced[0]) >= 1

    async def _insist(self, action: Callable[[], Awaitable[T]]) -> T:
        async with self._lock:
            return await self._outage.insist(action)
