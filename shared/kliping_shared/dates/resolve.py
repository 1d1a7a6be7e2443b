"""Turn a date expression into the days it stands for."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from kliping_shared.dates.expressions import MAX_YEAR, MIN_YEAR, DateExpression, day_or_none

__all__ = ["latest_agreeing", "resolve"]

AHEAD = timedelta(days=45)
"""A day and month without a year may lie this far after the anchor: news announces events some weeks ahead."""

MONTHS_AHEAD = 3
"""The same for a bare month: "pada Oktober" in September is next month, in February it is last year's."""

YEARS_BACK = 40
"""A weekday, day and month agree again after at most 40 years (29 February over 2100), else after 5, 6 or 11."""

Days = tuple[date, date]


def latest_agreeing(day: int, month: int, weekday: int | None, not_after: date) -> date | None:
    """The latest such day not after ``not_after`` that falls on ``weekday``; None where there is none in 40 years."""
    for year in range(not_after.year, max(not_after.year - YEARS_BACK, MIN_YEAR) - 1, -1):
        candidate = day_or_none(year, month, day)
        if candidate and candidate <= not_after and weekday in (None, candidate.weekday()):
            return candidate
    return None


def resolve(expression: DateExpression, anchor: date | None) -> Days | None:
    """First and last day that ``expression`` stands for, read on the day ``anchor``.

    None where it needs an anchor and there is none, or no such day exists. Weeks begin on Monday.
    """
    if expression.shape == "day":
        return resolve_day(expression, anchor)
    if expression.shape == "year":
        return whole_years(expression.year or 0, expression.last_year)
    if expression.shape == "month":
        return resolve_month(expression, anchor)
    if anchor is None:
        return None
    if expression.shape == "weekday":
        return resolve_weekday(expression, anchor)
    return resolve_offset(expression, anchor)


def resolve_day(expression: DateExpression, anchor: date | None) -> Days | None:
    """A day or range of days; without a year, the near future's or else the latest not after the anchor."""
    day, month = expression.day or 0, expression.month or 0
    if expression.year is not None:
        first = day_or_none(expression.year, month, day)
    elif anchor is None:
        return None
    else:
        first = near_day(day, month, expression.weekday, anchor)
    if first is None or expression.last_day is None:
        return (first, first) if first else None
    last_month = expression.last_month or first.month
    year = expression.last_year or first.year + (last_month < first.month)
    last = day_or_none(year, last_month, expression.last_day)
    return (first, last) if last and last > first else None


def near_day(day: int, month: int, weekday: int | None, anchor: date) -> date | None:
    """The agreeing day within the next weeks, else the latest one not after the anchor."""
    for year in (anchor.year, anchor.year + 1):
        candidate = day_or_none(year, month, day)
        if candidate and anchor < candidate and candidate - anchor <= AHEAD and weekday in (None, candidate.weekday()):
            return candidate
    return latest_agreeing(day, month, weekday, anchor)


def resolve_month(expression: DateExpression, anchor: date | None) -> Days | None:
    """A month or range of months."""
    month = expression.month or 0
    year = expression.year
    if year is None:
        if anchor is None:
            return None
        year = month_year(expression, month, anchor)
    last = expression.last_month or month
    if not MIN_YEAR <= year <= MAX_YEAR:
        return None
    return date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1])


def month_year(expression: DateExpression, month: int, anchor: date) -> int:
    """Which year a month without one belongs to."""
    if expression.unit == "year" and expression.direction is not None:
        return anchor.year + expression.direction
    if expression.direction == -1:
        return anchor.year - (month >= anchor.month)
    if expression.direction == 1:
        return anchor.year + (month <= anchor.month)
    ahead = (month - anchor.month) % 12
    if ahead <= MONTHS_AHEAD:
        return anchor.year + (month < anchor.month)
    return anchor.year - (month > anchor.month)


def resolve_weekday(expression: DateExpression, anchor: date) -> Days | None:
    """The nearest such weekday not after the anchor, unless "lalu" (before it), "depan" (after it) or "pekan lalu"."""
    weekday = expression.weekday or 0
    if expression.unit == "week" and expression.direction is not None:
        monday = shifted(anchor, -anchor.weekday() + 7 * expression.direction)
        day = shifted(monday, weekday) if monday else None
    elif expression.direction == 1:
        day = shifted(anchor, (weekday - anchor.weekday() - 1) % 7 + 1)
    elif expression.direction == -1:
        day = shifted(anchor, -((anchor.weekday() - weekday - 1) % 7 + 1))
    else:
        day = shifted(anchor, -((anchor.weekday() - weekday) % 7))
    return (day, day) if day else None


def resolve_offset(expression: DateExpression, anchor: date) -> Days | None:
    """So many days, weeks, months or years before or after the anchor; the whole week, month or year."""
    count = expression.count
    if expression.unit == "day":
        day = shifted(anchor, count)
        return (day, day) if day else None
    if expression.unit == "week":
        monday = shifted(anchor, 7 * count - anchor.weekday())
        sunday = shifted(monday, 6) if monday else None
        return (monday, sunday) if monday and sunday else None
    if expression.unit == "year":
        return whole_years(anchor.year + count, None)
    months = anchor.year * 12 + anchor.month - 1 + count
    year, month = divmod(months, 12)
    if not MIN_YEAR <= year <= MAX_YEAR:
        return None
    return date(year, month + 1, 1), date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def whole_years(first: int, last: int | None) -> Days | None:
    """From the first day of one year to the last day of it or of a later one."""
    final = last if last is not None else first
    if not MIN_YEAR <= first <= final <= MAX_YEAR:
        return None
    return date(first, 1, 1), date(final, 12, 31)


def shifted(day: date, days: int) -> date | None:
    """So many days later, None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
