"""Counts over time as bars."""

from __future__ import annotations

from kliping_search.domain.timeline import MOST, bars


def test_days_without_anything_have_an_empty_bar() -> None:
    """So that a gap is seen as one."""
    made = bars({"2026-02-27": 2, "2026-03-01": 4})
    assert [(bar.label, bar.count, bar.share) for bar in made] == [
        ("2026-02-27", 2, 0.5), ("2026-02-28", 0, 0), ("2026-03-01", 4, 1),
    ]  # fmt: skip


def test_many_days_are_told_by_month() -> None:
    """Each with its first and last day, to search for."""
    made = bars({"2025-12-31": 1, "2026-02-10": 1, "2026-02-11": 2, "2026-04-02": 1})
    assert [(bar.label, bar.first, bar.last, bar.count) for bar in made] == [
        ("2025-12", "2025-12-01", "2025-12-31", 1),
        ("2026-01", "2026-01-01", "2026-01-31", 0),
        ("2026-02", "2026-02-01", "2026-02-28", 3),
        ("2026-03", "2026-03-01", "2026-03-31", 0),
        ("2026-04", "2026-04-01", "2026-04-30", 1),
    ]


def test_no_chart_is_endless() -> None:
    """A wrong date of long ago leaves the latest months to be seen."""
    made = bars({"1899-01-01": 1, "2026-04-02": 1})
    assert (len(made), made[-1].label, made[-1].count) == (MOST, "2026-04", 1)


def test_nothing_is_no_chart() -> None:
    """Undated documents are in no bar."""
    assert bars({}) == ()
