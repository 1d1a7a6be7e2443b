"""Streams and groups: made at id ``0`` before anyone publishes, and again whenever they were lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from redis.exceptions import ResponseError

from kliping_shared.contracts.streams import CONSUMERS


def readers_of(streams: Iterable[str]) -> list[tuple[str, str]]:
    """Our (stream, group) pairs of these streams: whoever reads or writes a stream sees to its groups, and to no other's."""
    wanted = set(streams)
    return [(stream, group) for stream, group in CONSUMERS if stream in wanted]


async def ensure_topology(client: Any, pairs: Iterable[tuple[str, str]] = CONSUMERS) -> None:
    """Create every (stream, group) that is missing; an existing one is left as it is.

    Groups start at ``0``: what was published before the first worker came (or while the group was lost) is delivered.
    May be called by anyone at any time. Raises redis errors.
    """
    for stream, group in pairs:
        # Looked up first: a full server refuses even a creation that would change nothing,
        # and then a worker that could make room by acknowledging could not start.
        if await group_info(client, stream, group) is not None:
            continue
        try:
            await client.xgroup_create(stream, group, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise


async def group_info(client: Any, stream: str, group: str) -> Any:
    """The server's numbers on a group (XINFO GROUPS), None when the group or its stream is not there."""
    try:
        groups = await client.xinfo_groups(stream)
    except ResponseError as error:
        if "no such key" in str(error).lower():
            return None
        raise
    return next((info for info in groups if info["name"] == group.encode()), None)


def is_lost_group(error: Exception) -> bool:
    """Whether the server says that the group or its stream is gone (DEL, FLUSHALL, XGROUP DESTROY, lost data)."""
    return isinstance(error, ResponseError) and ("NOGROUP" in str(error) or "UNBLOCKED" in str(error))
