"""Consumers that will not come back: a container made anew has a new name, and its old one would stay listed for ever."""

from __future__ import annotations

from typing import Any

import structlog
from redis.exceptions import ResponseError

#: Entries that a consumer may turn out to hold at the moment it is removed: more than any reads at once.
MOST_HELD = 10_000


async def forget_vanished(client: Any, stream: str, group: str, idle: float) -> list[str]:
    """Remove the group's consumers that hold nothing and have been silent for ``idle`` seconds; their names.

    Entries that a vanished consumer did hold are first taken over by others (``recover_after``), so in the end it holds
    nothing. Removing one drops what it holds, and it may wake up and read in the last moment; so what it holds is
    listed in the removal's own transaction and given back to it. Any number of workers may do so at the same time.
    """
    try:
        consumers = await client.xinfo_consumers(stream, group)
    except ResponseError as error:
        if "no such key" in str(error).lower() or "NOGROUP" in str(error):
            return []
        raise
    silent = [one["name"] for one in consumers if not one["pending"] and one["idle"] >= idle * 1000]
    for name in silent:
        await _remove(client, stream, group, name)
    return [_text(name) for name in silent]


async def _remove(client: Any, stream: str, group: str, name: bytes) -> None:
    async with client.pipeline(transaction=True) as pipe:
        pipe.xpending_range(stream, group, min="-", max="+", count=MOST_HELD, consumername=name)
        pipe.xgroup_delconsumer(stream, group, name)
        held, _ = await pipe.execute()
    log = structlog.get_logger("kliping.bus")
    if held:
        ids = [row["message_id"] for row in held]
        await client.xclaim(stream, group, name, 0, ids, idle=0, force=True, justid=True)
        log.warning("a silent consumer woke up while it was removed, it keeps its messages", consumer=_text(name))
    else:
        log.info("removed a consumer that has gone", stream=stream, group=group, consumer=_text(name))


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace")
