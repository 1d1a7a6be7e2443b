"""How a message ends: one transaction that publishes what came of it, acknowledges it, and notes it in the trail."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kliping_shared.bus.trail import leave_trail
from kliping_shared.bus.wire import Entry, Undecodable
from kliping_shared.contracts.streams import DEAD
from kliping_shared.errors import PermanentError
from kliping_shared.observability.metrics import Outcome

#: Longest error text in a dead letter, in characters: enough for a message, not for an article in a repr.
ERROR_CHARS = 2000

#: Hash with the number of dead letters by ``stream/group``: counting them in the stream would mean reading it all.
DEAD_COUNTS = "kliping:dead:counts"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose messages: the stream, its group and this consumer."""

    stream: str
    group: str
    consumer: str


@dataclass(frozen=True, slots=True)
class Done:
    """An entry whose work is done, with the fields of what came of it."""

    entry: Entry
    result: Mapping[bytes, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """An entry that will not be tried again."""

    entry: Entry
    reason: str
    error: BaseException


async def settle(
    client: Any, place: Place, produces: str | None, done: Sequence[Done], failed: Sequence[Failed] = ()
) -> dict[Outcome, int]:
    """End these entries, all or none. Gives how many ended with each outcome.

    ``duplicate`` counts entries that somebody else had acknowledged before. Raises redis errors; then nothing
    (or, when the connection broke during the commit, perhaps everything) has happened, and it may be called again.
    """
    async with client.pipeline(transaction=True) as pipe:
        acks = []
        for item in done:
            if produces is not None and item.result is not None:
                pipe.xadd(produces, dict(item.result))
            leave_trail(pipe, item.entry.article_id, place.group, "ok", place.consumer)
        if done:
            acks.append(len(pipe))
            pipe.xack(place.stream, place.group, *(item.entry.id for item in done))
        for failure in failed:
            pipe.xadd(DEAD, dead_fields(failure, place))
            pipe.hincrby(DEAD_COUNTS, f"{place.stream}/{place.group}", 1)
            leave_trail(pipe, failure.entry.article_id, place.group, "dead", place.consumer)
        if failed:
            pipe.xack(place.stream, place.group, *(failure.entry.id for failure in failed))
        replies = await pipe.execute()
    ok = int(replies[acks[0]]) if acks else 0
    counts: dict[Outcome, int] = {"ok": ok, "duplicate": len(done) - ok, "dead": len(failed)}
    return {outcome: count for outcome, count in counts.items() if count}


def dead_fields(failure: Failed, place: Place) -> dict[bytes, bytes]:
    """The dead letter of a failure: the entry's own fields as they were, and ``x-`` fields that say what happened."""
    error = failure.error
    why = {
        "x-stream": place.stream,
        "x-id": failure.entry.id.decode(),
        "x-group": place.group,
        "x-consumer": place.consumer,
        "x-at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "x-attempts": str(failure.entry.attempt),
        "x-reason": failure.reason,
        "x-error": type(error).__name__,
        "x-message": message_of(error)[:ERROR_CHARS],
        "x-where": where(error),
    }
    raw = {key: value for key, value in failure.entry.fields.items() if not key.startswith(b"x-")}
    return raw | {key.encode(): value.encode("utf-8", "backslashreplace") for key, value in why.items()}


def message_of(error: BaseException) -> str:
    """The error's text without the article in it (pydantic prints the whole input)."""
    if isinstance(error, ValidationError):
        parts = (f"{'.'.join(map(str, item['loc'])) or 'message'}: {item['msg']}" for item in error.errors()[:5])
        return "; ".join(parts)
    return str(error)


def where(error: BaseException) -> str:
    """``file.py:line in function`` of the innermost frame; "" where the error was never raised."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno} in {frames[-1].name}" if frames else ""


def reason_of(error: BaseException) -> str | None:
    """Why trying again cannot help: ``invalid`` or ``permanent``; None when it may."""
    if isinstance(error, (ValidationError, Undecodable)):
        return "invalid"
    return "permanent" if isinstance(error, PermanentError) else None
