"""Keeping streams short without losing anything: cut what every group has acknowledged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from redis.exceptions import ResponseError

from kliping_shared.contracts.streams import CONSUMERS


async def trim_acknowledged(client: Any, pairs: Iterable[tuple[str, str]] = CONSUMERS) -> int:
    """Remove entries that every group of their stream has acknowledged; gives how many.

    Any number of workers may do so at the same time. The groups are read before their pending entries: an entry that
    is delivered in between is younger than the last delivered id read before, so it is not cut. A stream is left alone
    while one of the groups named in ``pairs`` is missing, because that one has acknowledged nothing.
    """
    expected: dict[str, set[bytes]] = {}
    for stream, group in pairs:
        expected.setdefault(stream, set()).add(group.encode())
    removed = 0
    for stream, groups in expected.items():
        cut = await _first_unacknowledged(client, stream, groups)
        if cut is not None:
            removed += int(await client.xtrim(stream, minid=cut, approximate=False))
    return removed


async def _first_unacknowledged(client: Any, stream: str, expected: set[bytes]) -> str | None:
    try:
        groups = await client.xinfo_groups(stream)
    except ResponseError as error:
        if "no such key" in str(error).lower():
            return None
        raise
    if not expected <= {info["name"] for info in groups}:
        return None
    cuts = []
    for info in groups:
        lowest = (await client.xpending(stream, info["name"]))["min"] if info["pending"] else None
        cuts.append(_parts(lowest) if lowest else _after(info["last-delivered-id"]))
    return "{}-{}".format(*min(cuts))


def _parts(entry_id: bytes) -> tuple[int, int]:
    milliseconds, _, number = entry_id.decode().partition("-")
    return int(milliseconds), int(number)


def _after(entry_id: bytes) -> tuple[int, int]:
    milliseconds, number = _parts(entry_id)
    return milliseconds, number + 1
