"""Documents by day, rolled up to weeks, months and years."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, Literal

from kliping_shared.store.ports import Bar, Interval, Timeline

#: Days from the first to the last document up to which ``auto`` counts by day, week and month.
_UP_TO: Final[tuple[tuple[int, Interval], ...]] = ((62, "day"), (427, "week"), (3653, "month"))


def rolled(days: Mapping[str, int], interval: Interval | Literal["auto"]) -> Timeline:
    """The timeline of documents counted by day (YYYY-MM-DD); weeks begin on Mondays."""
    chosen = _fitting(days) if interval == "auto" else interval
    counted: Counter[date] = Counter()
    for day, count in days.items():
        counted[stretch(date.fromisoformat(day), chosen)[0]] += count
    bars = [(*stretch(first, chosen), count) for first, count in sorted(counted.items()) if count]
    return Timeline(chosen, tuple(Bar(first.isoformat(), last.isoformat(), count) for first, last, count in bars))


def _fitting(days: Mapping[str, int]) -> Interval:
    if not days:
        return "day"
    span = date.fromisoformat(max(days)) - date.fromisoformat(min(days))
    return next((interval for most, interval in _UP_TO if span.days <= most), "year")


def stretch(day: date, interval: Interval) -> tuple[date, date]:
    """The first and the last day of the interval that the day is of."""
    if interval == "day":
        return day, day
    if interval == "week":
        first = day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
        return first, min(first, date.max - timedelta(days=6)) + timedelta(days=6)
    if interval == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day.replace(month=1, day=1), day.replace(month=12, day=31)
