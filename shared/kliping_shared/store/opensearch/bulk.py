"""Sending documents in bulk, and what became of each: written, outrun by another writer, to be tried later, refused."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Final, TypeVar

import orjson
from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import TransportError

from kliping_shared.errors import PermanentError, StoreUnavailable
from kliping_shared.settings import Settings
from kliping_shared.store.documents import Kind
from kliping_shared.store.opensearch.client import reason
from kliping_shared.store.opensearch.failing import LATER, NOT_SET_UP, reason_of, store_errors
from kliping_shared.store.opensearch.keeping import Kept
from kliping_shared.store.opensearch.mappings import BOOKKEEPING, mapping
from kliping_shared.store.opensearch.merging import Key

T = TypeVar("T")

#: A request holds at most so many documents and bytes; measured, 500 documents of some kB each are enough.
MOST_DOCUMENTS: Final = 500
MOST_BYTES: Final = 5_000_000
#: Requests at once: with two the server is never idle, more only queue there.
IN_FLIGHT: Final = 2
#: What would be one request is sent as several at once, of so many documents at least: each is worked on by one core.
FEWEST_DOCUMENTS: Final = 50
#: Waits for an overloaded or blocked server double from the first to the longest, so many times in all (some 12 s).
FIRST_WAIT: Final = 0.1
LONGEST_WAIT: Final = 3.0
ATTEMPTS: Final = 9

_TOO_LARGE: Final = 413
#: How a rejected request tells its size and the most that the server holds at once, a tenth of its heap.
_REJECTED: Final = re.compile(r"operation_bytes=(\d+), max_coordinating_and_primary_bytes=(\d+)")
#: How the server names a field that the mapping has not.
_UNKNOWN: Final = re.compile(r"dynamic introduction of \[([^\]]+)\]")
_BEHIND: Final = "run 'kliping setup'"
_SHOWN: Final = (
    "errors,items.*._id,items.*.status,items.*._seq_no,items.*.error.type,items.*.error.reason,items.*.error.caused_by"
)


@dataclass(frozen=True, slots=True)
class Operation:
    """One document to write, as the two lines of a bulk request. Only over the very state that was read."""

    key: Key
    lines: bytes


def operation(key: Key, index: str, kept: Kept, source: Mapping[str, Any]) -> Operation:
    """The document over what is ``kept``. Raises PermanentError when it is no JSON."""
    target: dict[str, Any] = {"_index": index, "_id": key[1], "require_alias": True}
    if kept.seq_no is None:
        action = {"create": target}
    else:
        action = {"index": target | {"if_seq_no": kept.seq_no, "if_primary_term": kept.primary_term}}
    try:
        lines = orjson.dumps(action) + b"\n" + orjson.dumps(source) + b"\n"
    except TypeError as error:
        raise PermanentError(f"{_named(key)} is no JSON: {error}") from error
    return Operation(key, lines)


@dataclass(frozen=True, slots=True)
class _Later:
    """An operation to be tried again, and why; ``is_busy``: the server asks for that itself."""

    operation: Operation
    reason: str
    is_busy: bool


@dataclass
class Outcome:
    """What became of the operations: the numbers of those that were written; keys that were ``outrun``, and ``refused``
    with the reason.
    """

    written: dict[Key, int] = field(default_factory=dict)
    outrun: set[Key] = field(default_factory=set)
    refused: dict[Key, str] = field(default_factory=dict)

    def check(self) -> None:
        """Raise PermanentError that names what was refused."""
        if self.refused:
            told = "; ".join(f"{_named(key)}: {reason}" for key, reason in list(self.refused.items())[:3])
            more = f" (and {len(self.refused) - 3} more)" if len(self.refused) > 3 else ""
            raise PermanentError(f"OpenSearch refuses {told}{more}")


def _named(key: Key) -> str:
    return f"{key[0]}/{key[1]}"


Sleep = Callable[[float], Awaitable[None]]


class Bulk:
    """Writes operations; waits, some seconds, for a server that is overloaded or does not take writes at the moment."""

    def __init__(
        self, client: AsyncOpenSearch, settings: Settings, *, sleep: Sleep = asyncio.sleep, in_flight: int = IN_FLIGHT
    ) -> None:
        self._client = client
        self._settings = settings
        self._sleep = sleep
        self._slots = asyncio.Semaphore(in_flight)

    async def write(self, operations: Sequence[Operation]) -> Outcome:
        """Write all, in any order. Raises StoreUnavailable when some could not be written for now.

        What the server fails at without saying that it is busy (500) may be its fault, a full disk or a shard that
        closes, or the document's: that is refused when it fails to the end.
        """
        outcome = Outcome()
        left = list(operations)
        for attempt in range(ATTEMPTS):
            later: list[_Later] = []
            for found in await all_ended(self._one(chunk) for chunk in chunks(left)):
                later += _sort_out(found, outcome)
            if not later:
                return outcome
            left = [one.operation for one in later]
            await self._sleep(wait(attempt))
        for one in later:
            if one.is_busy:
                raise StoreUnavailable(f"OpenSearch does not take documents at the moment: {one.reason}")
        outcome.refused |= {one.operation.key: one.reason for one in later}
        return outcome

    async def _one(self, chunk: list[Operation]) -> _Answers:
        async with self._slots:
            return await self._send(chunk)

    async def _send(self, chunk: list[Operation]) -> _Answers:
        body = b"".join(operation.lines for operation in chunk)
        with store_errors(self._settings):
            try:
                answer = await self._client.bulk(body=body, params={"filter_path": _SHOWN})
            except TransportError as error:
                if error.status_code == _TOO_LARGE or _never_fits(error):
                    return await self._smaller(chunk, len(body))
                if error.status_code in LATER:
                    return [(operation, {"status": 429, "error": {"reason": reason(error)}}) for operation in chunk]
                raise
        items = [next(iter(item.values())) for item in answer["items"]]
        return list(zip(chunk, items, strict=True))

    async def _smaller(self, chunk: list[Operation], size: int) -> _Answers:
        """What server, or a proxy before it, takes of a request that was too large, in two halves."""
        if len(chunk) == 1:
            told = f"it has {size} bytes, more than a request may have or the server's memory holds"
            return [(chunk[0], {"status": _TOO_LARGE, "error": {"reason": told}})]
        half = len(chunk) // 2
        return [*await self._send(chunk[:half]), *await self._send(chunk[half:])]


def _never_fits(error: TransportError) -> bool:
    """Whether the server rejects the request for its size alone, not for what else it has to do."""
    match = _REJECTED.search(reason(error))
    return match is not None and int(match[1]) > int(match[2])


#: Each operation with the server's word on it.
_Answers = list[tuple[Operation, Mapping[str, Any]]]


def _sort_out(answers: _Answers, outcome: Outcome) -> Iterator[_Later]:
    """Put each operation where it belongs; those to be tried again later."""
    for operation, item in answers:
        status, error = item["status"], item.get("error") or {}
        if status < 300:
            outcome.written[operation.key] = item["_seq_no"]
        elif status == 409:
            outcome.outrun.add(operation.key)
        elif status in LATER or error.get("type") == "cluster_block_exception":
            yield _Later(operation, reason_of(error), is_busy=True)
        elif status >= 500:
            yield _Later(operation, _why(error), is_busy=False)
        elif status == 404:
            raise StoreUnavailable(NOT_SET_UP)
        elif status in (401, 403):
            raise StoreUnavailable(f"OpenSearch does not permit this to Kliping's user: {reason_of(error)}")
        elif (missing := _missing_field(operation.key[0], error)) is not None:
            raise StoreUnavailable(f"the index of {operation.key[0]} is older than this Kliping: {missing}; {_BEHIND}")
        else:
            outcome.refused[operation.key] = _why(error)


def _missing_field(kind: Kind, error: Mapping[str, Any]) -> str | None:
    """What tells that the index lacks a field that documents of this Kliping have: no document is to blame for that."""
    match = _UNKNOWN.search(reason_of(error))
    known = match is not None and (match[1] in mapping(kind) or match[1] in BOOKKEEPING)
    return f"it lacks the field {match[1]}" if match and known else None


def _why(error: Mapping[str, Any]) -> str:
    outer, inner = " ".join(str(error.get("reason", "")).split()), reason_of(error)
    return outer or inner if inner in outer else f"{outer}: {inner}"


async def all_ended(several: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Run them at once; their results when all have ended.

    Raises the first error, one that may pass before one that stays: what is tried again tells the other once more.
    """
    ended = await asyncio.gather(*several, return_exceptions=True)
    errors = [result for result in ended if isinstance(result, BaseException)]
    if errors:
        raise next((error for error in errors if not isinstance(error, PermanentError)), errors[0])
    return [result for result in ended if not isinstance(result, BaseException)]


def chunks(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    """Requests' worth of operations, each below the limits (or one operation alone)."""
    most = min(MOST_DOCUMENTS, max(FEWEST_DOCUMENTS, ceil(len(operations) / IN_FLIGHT)))
    chunk: list[Operation] = []
    size = 0
    for operation in operations:
        if chunk and (len(chunk) == most or size + len(operation.lines) > MOST_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(operation)
        size += len(operation.lines)
    if chunk:
        yield chunk


def wait(attempt: int, first: float = FIRST_WAIT, longest: float = LONGEST_WAIT) -> float:
    """Seconds before the next attempt: exponential, with jitter, so that writers that failed together part."""
    return min(longest, first * 2.0**attempt) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
