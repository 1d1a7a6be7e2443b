"""Entries that were delivered and not yet acknowledged: taking over, marking, keeping and giving back.

The server counts deliveries. Read alone that number accuses the innocent: a worker that dies takes the entries it had
read ahead with it. So nothing here raises the count except ``mark``, which is called when an entry is really run again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from kliping_shared.bus.settle import Place
from kliping_shared.bus.wire import Entry


async def take_over(
    client: Any, place: Place, *, count: int, min_idle: float = 0, own: bool = False, skip: Collection[bytes] = ()
) -> list[Entry]:
    """Claim up to ``count`` entries that have been idle for ``min_idle`` seconds, oldest first.

    ``own``: only those delivered to this consumer's name, by an earlier life of this worker or in a reply that never
    arrived. ``skip``: ids that are in hand. An entry that the stream no longer holds is acknowledged: nothing is left.
    """
    idle = int(min_idle * 1000)
    found = await client.xpending_range(
        place.stream,
        place.group,
        min="-",
        max="+",
        count=count + len(skip),
        consumername=place.consumer if own else None,
        idle=idle or None,
    )
    wanted = [row for row in found if row["message_id"] not in skip][:count]
    if not wanted:
        return []
    async with client.pipeline(transaction=False) as pipe:
        for row in wanted:
            pipe.xclaim(
                place.stream, place.group, place.consumer, idle, [row["message_id"]], retrycount=row["times_delivered"]
            )
        replies = await pipe.execute()
    entries = []
    for row, reply in zip(wanted, replies, strict=True):
        if not reply:
            continue  # another worker was faster, or it was acknowledged meanwhile
        entry_id, fields = reply[0]
        entries.append(Entry(entry_id, fields or {}, int(row["times_delivered"]) + 1))
    return entries


async def mark(client: Any, place: Place, entries: Sequence[Entry]) -> None:
    """Write down the attempt that is about to begin, so that it counts even if it kills this process."""
    async with client.pipeline(transaction=False) as pipe:
        for entry in entries:
            pipe.xclaim(place.stream, place.group, place.consumer, 0, [entry.id], retrycount=entry.attempt, justid=True)
        await pipe.execute()


async def keep(client: Any, place: Place, ids: Collection[bytes]) -> None:
    """Heartbeat: tell the server that these are being worked on, so that nobody takes them over."""
    if ids:
        await client.xclaim(place.stream, place.group, place.consumer, 0, list(ids), justid=True)


async def give_back(client: Any, place: Place, ids: Collection[bytes], min_idle: float) -> None:
    """Make these look idle for ``min_idle`` seconds, so that another worker takes them at once."""
    if ids:
        idle = int(min_idle * 1000) + 1
        await client.xclaim(place.stream, place.group, place.consumer, 0, list(ids), idle=idle, justid=True)
