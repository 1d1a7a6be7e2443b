"""How full the streams are."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from kliping_shared.bus.settle import DEAD_COUNTS
from kliping_shared.bus.topology import group_info
from kliping_shared.contracts.streams import CONSUMERS, DEAD


@dataclass(frozen=True, slots=True)
class StreamStats:
    """One stream and one of its groups; ``group`` is "" for the dead letter stream, whose length is what counts.

    ``lag``: entries the group has not been given. ``pending``: given, not acknowledged. ``dead``: dead letters that
    came from this stream and group. Ages in seconds, None when there is no such entry.
    """

    stream: str
    group: str
    length: int
    lag: int
    pending: int
    oldest_pending: float | None
    oldest_unread: float | None
    dead: int

    @property
    def waiting(self) -> int:
        """Entries the group has still to finish with."""
        return self.lag + self.pending

    @property
    def oldest(self) -> float:
        """Age in seconds of the oldest entry the group has not finished with; 0 when there is none."""
        return max(self.oldest_pending or 0.0, self.oldest_unread or 0.0)


async def stream_stats(client: Any) -> list[StreamStats]:
    """Numbers of every work stream's groups, then of the dead letter stream. A missing stream is empty."""
    dead = await _dead_by_origin(client)
    rows = []
    for stream, group in CONSUMERS:
        rows.append(await _group_stats(client, stream, group, dead.get((stream, group), 0)))
    length = int(await client.xlen(DEAD))
    rows.append(StreamStats(DEAD, "", length, 0, 0, None, await _first_age(client, DEAD, "-"), length))
    return rows


async def backlog(client: Any) -> int:
    """The longest queue of all groups."""
    return max((await queues(client)).values())


async def queues(client: Any) -> dict[str, int]:
    """What each group has still to finish with: entries not yet given plus entries not yet acknowledged."""
    found = {}
    for stream, group in CONSUMERS:
        info = await group_info(client, stream, group)
        found[group] = (
            await _lag(client, stream, info) + int(info["pending"]) if info else int(await client.xlen(stream))
        )
    return found


async def _group_stats(client: Any, stream: str, group: str, dead: int) -> StreamStats:
    info = await group_info(client, stream, group)
    length = int(await client.xlen(stream))
    if info is None:
        return StreamStats(stream, group, length, length, 0, None, await _first_age(client, stream, "-"), dead)
    pending = int(info["pending"])
    lag = await _lag(client, stream, info)
    oldest_pending = None
    if pending:
        summary = await client.xpending(stream, group)
        oldest_pending = _age(summary["min"]) if summary["min"] else None
    unread = await _first_age(client, stream, "(" + info["last-delivered-id"].decode()) if lag else None
    return StreamStats(stream, group, length, lag, pending, oldest_pending, unread, dead)


async def _lag(client: Any, stream: str, info: Any) -> int:
    """The group's lag; the server does not know it after a deletion among unread entries, then all may be unread."""
    lag = info.get("lag")
    return int(await client.xlen(stream)) if lag is None else int(lag)


async def _first_age(client: Any, stream: str, start: str) -> float | None:
    rows = await client.xrange(stream, min=start, max="+", count=1)
    return _age(rows[0][0]) if rows else None


def _age(entry_id: bytes) -> float:
    """Seconds since the entry was added, by the server's clock in its id and ours."""
    return max(0.0, time.time() - int(entry_id.split(b"-")[0]) / 1000)


async def _dead_by_origin(client: Any) -> dict[tuple[str, str], int]:
    counts: dict[bytes, bytes] = await client.hgetall(DEAD_COUNTS)
    return {_origin(name.decode()): int(count) for name, count in counts.items()}


def _origin(name: str) -> tuple[str, str]:
    stream, _, group = name.rpartition("/")
    return stream, group
