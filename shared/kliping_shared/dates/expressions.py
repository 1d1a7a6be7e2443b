"""What a date expression says, before it is resolved against a day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = ["DateExpression", "Direction", "Shape", "Unit", "is_day"]

Shape = Literal["day", "month", "year", "weekday", "offset", "span"]
Unit = Literal["day", "week", "month", "year"]
Direction = Literal[-1, 0, 1]

MIN_YEAR = 1000
"""Earlier years are numbers of other things."""

MAX_YEAR = 2199
"""Later years are misprints ("2203") or numbers of other things."""


@dataclass(frozen=True, slots=True)
class DateExpression:
    """One date as it is written at ``start:end``; None where it says nothing.

    ``shape`` tells which fields speak: ``day`` (day, month; year and weekday perhaps), ``month`` (month; year or
    ``direction`` of the year perhaps), ``year``, ``weekday`` (with ``direction``: lalu -1, ini 0, depan 1),
    ``offset`` (``count`` of ``unit`` from the anchor), ``span`` (all days between these). ``last_*`` are the end of a
    range. ``part`` takes one of so many parts of the period: "akhir 2022" is the third of three. A ``told`` offset counts
    from the day that the text told of last, not from the anchor.
    """

    start: int
    end: int
    shape: Shape
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    last_day: int | None = None
    last_month: int | None = None
    last_year: int | None = None
    unit: Unit = "day"
    count: int = 0
    direction: Direction | None = None
    part: tuple[int, int] | None = None
    told: bool = False

    @property
    def is_full_day(self) -> bool:
        """Whether it names one day or range of days without any context."""
        return self.shape == "day" and self.year is not None


def is_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day in a plausible year."""
    if not (MIN_YEAR <= year <= MAX_YEAR and 1 <= month <= 12 and day >= 1):
        return False
    return day <= calendar.monthrange(year, month)[1]


def day_or_none(year: int, month: int, day: int) -> date | None:
    """That day, None where the calendar has none."""
    return date(year, month, day) if is_day(year, month, day) else None
