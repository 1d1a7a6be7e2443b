"""Running a route's handler on entries, and what each entry's run came to."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import Any

from structlog.contextvars import bound_contextvars

from kliping_shared.bus.client import is_away
from kliping_shared.bus.outage import Outage
from kliping_shared.bus.route import Route
from kliping_shared.bus.settle import Done, Failed, reason_of
from kliping_shared.bus.wire import Entry, decode, encode
from kliping_shared.contracts import Contract
from kliping_shared.errors import StoreUnavailable
from kliping_shared.observability.metrics import Metrics
from kliping_shared.observability.tracing import Span, Tracing, Work

#: From this attempt on, a batch route runs an entry alone, so that one bad entry cannot use up its neighbours' attempts.
ALONE_FROM_ATTEMPT = 3

Call = Callable[[Any], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Later:
    """An entry to be tried again after a pause."""

    entry: Entry
    error: BaseException


Ending = Done | Failed | Later


@dataclass(frozen=True, slots=True)
class _Job:
    """An entry in hand: what it says, and the span of this run."""

    entry: Entry
    message: Contract
    span: Span


class Handling:
    """Runs ``call`` on decoded messages. While what it needs is away it waits, and counts that against no message."""

    def __init__(
        self, route: Route, call: Call, max_attempts: int, needs: Outage, metrics: Metrics, tracing: Tracing
    ) -> None:
        self._route = route
        self._call = call
        self._max_attempts = max_attempts
        self._needs = needs
        self._metrics = metrics
        self._tracing = tracing
        self._since: float | None = None

    @property
    def seconds_running(self) -> float:
        """How long the handler has been running on what it has now; 0 when it is idle."""
        return time.monotonic() - self._since if self._since is not None else 0.0

    def portions(self, entries: Sequence[Entry]) -> list[list[Entry]]:
        """Entries that are run together: one by one, or a batch with its suspects set apart."""
        if self._route.batch is None:
            return [[entry] for entry in entries]
        together = [entry for entry in entries if entry.attempt < ALONE_FROM_ATTEMPT]
        alone = [[entry] for entry in entries if entry.attempt >= ALONE_FROM_ATTEMPT]
        return [together, *alone] if together else alone

    async def endings(self, entries: Sequence[Entry]) -> list[Ending]:
        """How each entry's run ended. Raises Stopped when told to stop while waiting for what is away."""
        spans = {entry.id: self._span(entry) for entry in entries}
        try:
            endings = await self._endings(entries, spans)
            for ending in endings:
                _end(spans.pop(ending.entry.id), ending)
            return endings
        finally:
            for span in spans.values():
                span.end("left")

    async def _endings(self, entries: Sequence[Entry], spans: dict[bytes, Span]) -> list[Ending]:
        endings: list[Ending] = []
        readable: list[_Job] = []
        for entry in entries:
            try:
                readable.append(_Job(entry, decode(entry.fields, self._route.model), spans[entry.id]))
            except Exception as error:  # whatever a message does to its decoder, it is the message's own end
                endings.append(Failed(entry, reason_of(error) or "invalid", error))
        while readable:
            ended, readable = await self._run(readable)
            endings.extend(ended)
        return endings

    async def _run(self, work: list[_Job]) -> tuple[list[Ending], list[_Job]]:
        """One run: what has ended, and what is to be run again at once because something was away."""
        try:
            with self._about(work):
                outcomes = await self._invoke(work)
        except Exception as error:
            outcomes = [error] * len(work)
        away = [error for error in outcomes if _is_unavailable(error)]
        ended = [
            self._ending(job.entry, outcome)
            for job, outcome in zip(work, outcomes, strict=True)
            if not _is_unavailable(outcome)
        ]
        if away:
            self._metrics.count("kliping_store_refusals_total", stage=self._route.group)
            await self._needs.wait(away[0])
        else:
            self._needs.over()
        again = [job for job, outcome in zip(work, outcomes, strict=True) if _is_unavailable(outcome)]
        return ended, again

    async def _invoke(self, work: Sequence[_Job]) -> list[Any]:
        """The handler's outcome for each message. Raises whatever it raises."""
        self._since = time.monotonic()
        try:
            if self._route.batch is None:
                result = await self._call(work[0].message)
                return [{**encode(result), **work[0].span.fields()} if isinstance(result, Contract) else None]
            outcomes = list(await self._call([job.message for job in work]))
            if len(outcomes) != len(work):
                raise ValueError(f"batch handler gave {len(outcomes)} outcomes for {len(work)} messages")
            return outcomes
        finally:
            self._metrics.handled(self._route.group, time.monotonic() - self._since)
            self._since = None

    def _span(self, entry: Entry) -> Span:
        work = Work(
            self._route.group, self._route.consumes, entry.article_id, entry.fields, entry.id.decode(), entry.attempt
        )
        return self._tracing.process(work)

    def _about(self, work: Sequence[_Job]) -> AbstractContextManager[object]:
        """While it is open, every log line of the handler says what it is about, and its spans belong to the message's."""
        stack = ExitStack()
        alone = work[0].entry.about if self._route.batch is None else {}
        stack.enter_context(bound_contextvars(stage=self._route.group, stream=self._route.consumes, **alone))
        if self._route.batch is None:
            stack.enter_context(work[0].span.active())
        return stack

    def _ending(self, entry: Entry, outcome: Any) -> Ending:
        if not isinstance(outcome, BaseException):
            return Done(entry, outcome)
        reason = reason_of(outcome)
        if reason is None and entry.attempt >= self._max_attempts:
            reason = "attempts"
        return Failed(entry, reason, outcome) if reason else Later(entry, outcome)


def _end(span: Span, ending: Ending) -> None:
    if isinstance(ending, Done):
        span.end("ok")
    else:
        span.end("dead" if isinstance(ending, Failed) else "retry", ending.error)


def _is_unavailable(outcome: Any) -> bool:
    return isinstance(outcome, StoreUnavailable) or (isinstance(outcome, Exception) and is_away(outcome))
