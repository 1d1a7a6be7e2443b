"""Put the lines of a hard-wrapped text together again into paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kliping_shared.contracts import Zone, ZoneKind

__all__ = ["joined_paragraphs"]

WRAP_MIN, WRAP_MAX = 50, 110
"""Longest line of a hard-wrapped text: e-mail and typewriter widths."""

OPEN_SHARE = 0.5
"""In a hard-wrapped text at least so many of the lines that another one follows do not end as a sentence does."""

CLOSING = tuple('.!?…"”’:')


def joined_paragraphs(zones: Sequence[Zone], text: str) -> Sequence[Zone]:
    """The zones, with neighbouring body lines of a hard-wrapped text joined up to the next empty line."""
    if not is_wrapped(zones, text):
        return zones
    joined: list[Zone] = []
    for zone in zones:
        last = joined[-1] if joined else None
        if last is not None and last.kind is zone.kind is ZoneKind.BODY and is_next_line(last, zone, text):
            joined[-1] = Zone(kind=ZoneKind.BODY, start=last.start, end=zone.end)
        else:
            joined.append(zone)
    return joined


def is_next_line(left: Zone, right: Zone, text: str) -> bool:
    """Whether one line break and no empty line stands between two zones."""
    return text.count("\n", left.end, right.start) == 1


def is_wrapped(zones: Sequence[Zone], text: str) -> bool:
    """Whether the body's lines were broken at a width, not at paragraphs."""
    body = [zone for zone in zones if zone.kind is ZoneKind.BODY]
    if len(body) < 4 or not WRAP_MIN <= max(zone.end - zone.start for zone in body) <= WRAP_MAX:
        return False
    inner = [left for left, right in pairwise(body) if is_next_line(left, right, text)]
    if len(inner) < 3:
        return False
    open_ends = sum(not text[zone.start : zone.end].endswith(CLOSING) for zone in inner)
    return open_ends >= OPEN_SHARE * len(inner)
