"""Days rolled up to longer stretches."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_shared.store.ports import Interval
from kliping_shared.store.timeline import rolled, stretch

INTERVALS: tuple[Interval, ...] = ("day", "week", "month", "year")


@given(st.dates(), st.sampled_from(INTERVALS))
def test_a_stretch_holds_its_day_and_is_that_of_its_ends(day: date, interval: Interval) -> None:
    """Also at the ends of the calendar."""
    first, last = stretch(day, interval)
    assert first <= day <= last
    assert stretch(first, interval) == stretch(last, interval) == (first, last)


@given(st.dictionaries(st.dates().map(date.isoformat), st.integers(1, 9), max_size=20), st.sampled_from(INTERVALS))
def test_nothing_is_lost_and_nothing_is_counted_twice(days: dict[str, int], interval: Interval) -> None:
    """Stretches are in order, apart, and hold all documents together."""
    bars = rolled(days, interval).bars
    assert sum(bar.count for bar in bars) == sum(days.values())
    assert all(one.last < other.first for one, other in pairwise(bars))


@pytest.mark.parametrize(
    ("last", "interval"),
    [
        ("2026-01-01", "day"),
        ("2026-03-01", "day"),
        ("2026-09-01", "week"),
        ("2029-01-01", "month"),
        ("2046-01-01", "year"),
    ],
)
def test_the_interval_fits_the_span(last: str, interval: str) -> None:
    """Neither too many stretches nor too few; none at all are counted by day."""
    assert rolled({"2026-01-01": 1, last: 1}, "auto").interval == interval
    assert rolled({}, "auto").interval == "day"
