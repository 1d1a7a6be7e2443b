"""Running a route's handler on entries, and what each entry's run came to."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kliping_shared.bus.client import is_away
from kliping_shared.bus.outage import Outage
from kliping_shared.bus.route import Route
from kliping_shared.bus.settle import Done, Failed, reason_of
from kliping_shared.bus.wire import Entry, decode, encode
from kliping_shared.contracts import Contract
from kliping_shared.errors import StoreUnavailable

#: From this attempt on, a batch route runs an entry alone, so that one bad entry cannot use up its neighbours' attempts.
ALONE_FROM_ATTEMPT = 3

Call = Callable[[Any], Awaitable[Any]]
Observe = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Later:
    """An entry to be tried again after a pause."""

    entry: Entry
    error: BaseException


Ending = Done | Failed | Later


class Handling:
    """Runs ``call`` on decoded messages. While what it needs is away it waits, and counts that against no message."""

    def __init__(self, route: Route, call: Call, max_attempts: int, needs: Outage, observe: Observe) -> None:
        self._route = route
        self._call = call
        self._max_attempts = max_attempts
        self._needs = needs
        self._observe = observe
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
        endings: list[Ending] = []
        readable: list[tuple[Entry, Contract]] = []
        for entry in entries:
            try:
                readable.append((entry, decode(entry.fields, self._route.model)))
            except Exception as error:  # whatever a message does to its decoder, it is the message's own end
                endings.append(Failed(entry, reason_of(error) or "invalid", error))
        while readable:
            ended, readable = await self._run(readable)
            endings.extend(ended)
        return endings

    async def _run(self, work: list[tuple[Entry, Contract]]) -> tuple[list[Ending], list[tuple[Entry, Contract]]]:
        """One run: what has ended, and what is to be run again at once because something was away."""
        try:
            outcomes = await self._invoke([message for _, message in work])
        except Exception as error:
            outcomes = [error] * len(work)
        away = [error for error in outcomes if _is_unavailable(error)]
        ended = [
            self._ending(entry, outcome)
            for (entry, _), outcome in zip(work, outcomes, strict=True)
            if not _is_unavailable(outcome)
        ]
        if away:
            await self._needs.wait(away[0])
        else:
            self._needs.over()
        again = [item for item, outcome in zip(work, outcomes, strict=True) if _is_unavailable(outcome)]
        return ended, again

    async def _invoke(self, messages: list[Contract]) -> list[Any]:
        """The handler's outcome for each message. Raises whatever it raises."""
        self._since = time.monotonic()
        try:
            if self._route.batch is None:
                result = await self._call(messages[0])
                return [encode(result) if isinstance(result, Contract) else None]
            outcomes = list(await self._call(messages))
            if len(outcomes) != len(messages):
                raise ValueError(f"batch handler gave {len(outcomes)} outcomes for {len(messages)} messages")
            return outcomes
        finally:
            self._observe(time.monotonic() - self._since)
            self._since = None

    def _ending(self, entry: Entry, outcome: Any) -> Ending:
        if not isinstance(outcome, BaseException):
            return Done(entry, outcome)
        reason = reason_of(outcome)
        if reason is None and entry.attempt >= self._max_attempts:
            reason = "attempts"
        return Failed(entry, reason, outcome) if reason else Later(entry, outcome)


def _is_unavailable(outcome: Any) -> bool:
    return isinstance(outcome, StoreUnavailable) or (isinstance(outcome, Exception) and is_away(outcome))
