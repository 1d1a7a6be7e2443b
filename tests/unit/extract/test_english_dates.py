"""English dates and the days they stand for."""

from __future__ import annotations

from datetime import date

import pytest

from kliping_extract.english.dates import find_dates

#: A Thursday.
ANCHOR = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "written", "first", "last"),
    [
        ("It fell on Tuesday, she said.", "Tuesday", date(2026, 3, 3), date(2026, 3, 3)),
        ("It fell on March 3, 2026.", "March 3, 2026", date(2026, 3, 3), date(2026, 3, 3)),
        ("It fell on Tuesday, March 3rd.", "Tuesday, March 3rd", date(2026, 3, 3), date(2026, 3, 3)),
        ("It fell on 3 March 2026.", "3 March 2026", date(2026, 3, 3), date(2026, 3, 3)),
        ("It fell on Sept. 14.", "Sept. 14", date(2025, 9, 14), date(2025, 9, 14)),
        ("It falls on Sep 14, 2026.", "Sep 14, 2026", date(2026, 9, 14), date(2026, 9, 14)),
        ("It fell in May 2024.", "May 2024", date(2024, 5, 1), date(2024, 5, 31)),
        ("It fell yesterday.", "yesterday", date(2026, 3, 4), date(2026, 3, 4)),
        ("It falls today.", "today", date(2026, 3, 5), date(2026, 3, 5)),
        ("It will fall tomorrow.", "tomorrow", date(2026, 3, 6), date(2026, 3, 6)),
        ("It fell last week.", "last week", date(2026, 2, 23), date(2026, 3, 1)),
        ("It will fall next month.", "next month", date(2026, 4, 1), date(2026, 4, 30)),
        ("It falls this year.", "this year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_dates(text: str, written: str, first: date, last: date) -> None:
    """Each shape of date, counted from the day of publication."""
    (found,) = find_dates(text, ANCHOR)
    assert (found.text, found.first, found.last) == (written, first, last)
    assert text[found.start : found.end] == written


@pytest.mark.parametrize(
    "text", ["It may 5 times fall", "February 30, 2026", "March on", "a sunny day", "Room 12, Marble Hall"]
)
def test_no_dates(text: str) -> None:
    """Impossible days, and words that only look like it."""
    assert find_dates(text, ANCHOR) == ()


def test_without_a_day_of_publication_only_full_dates() -> None:
    """What counts from that day is left out."""
    text = "On Tuesday, yesterday and on March 3, 2026."
    assert [found.text for found in find_dates(text, None)] == ["March 3, 2026"]
