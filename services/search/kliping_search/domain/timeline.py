"""How much there was over time: counts by day or month as bars to draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

#: Bars that a chart has at most; more days than this are told by month, and the oldest months left out.
MOST: Final = 62


@dataclass(frozen=True)
class Bar:
    """A day (YYYY-MM-DD) or month (YYYY-MM), its first and last day, how many, and the share of the highest bar."""

    label: str
    first: str
    last: str
    count: int
    share: float


def bars(days: Mapping[str, int]) -> tuple[Bar, ...]:
    """One for each day (YYYY-MM-DD) from the first to the last, empty ones too; for each month where days are too many."""
    if not days:
        return ()
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    by_day = (last - first).days < MOST
    spans = [(day, day) for day in _days(first, last)] if by_day else list(_months(first, last))[-MOST:]
    counts = _counted(days, 10 if by_day else 7)
    labels = [begin.isoformat()[: 10 if by_day else 7] for begin, _ in spans]
    highest = max(counts.get(label, 0) for label in labels)
    return tuple(
        Bar(label, begin.isoformat(), end.isoformat(), counts.get(label, 0), counts.get(label, 0) / highest)
        for label, (begin, end) in zip(labels, spans, strict=True)
    )


def _counted(days: Mapping[str, int], length: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for day, count in days.items():
        found[day[:length]] = found.get(day[:length], 0) + count
    return found


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(number)


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """First and last day of each month."""
    begin = first.replace(day=1)
    while begin <= last:
        following = (begin + timedelta(31)).replace(day=1)
        yield begin, following - timedelta(1)
        begin = following
