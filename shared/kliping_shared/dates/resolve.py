"""Turn a date expression into the days it stands for."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from kliping_shared.dates.expressions import MAX_YEAR, MIN_YEAR, DateExpression, day_or_none

__all__ = ["Days", "latest_agreeing", "resolve"]

AHEAD = timedelta(days=45)
"""A day and month without a year may lie this far after the anchor: news announces events some weeks ahead."""

FAR_AHEAD = timedelta(days=320)
"""The same where the words say that it lies ahead; what would be nearly a year off was some weeks ago."""

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
    days = resolve_whole(expression, anchor)
    return narrowed(days, expression.part) if days and expression.part else days


def resolve_whole(expression: DateExpression, anchor: date | None) -> Days | None:
    """The same, before a part of it is taken."""
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
    return resolve_span(expression, anchor) if expression.shape == "span" else resolve_offset(expression, anchor)


def resolve_day(expression: DateExpression, anchor: date | None) -> Days | None:
    """A day or range of days; without a year, the near future's or else the latest not after the anchor.

    None where a weekday contradicts the date: nobody can tell which of the two is the misprint.
    """
    first = first_day(expression, anchor)
    if first is None:
        return None
    last: date | None = first
    if expression.last_day is not None:
        last_month = expression.last_month or first.month
        year = expression.last_year or first.year + (last_month < first.month)
        last = day_or_none(year, last_month, expression.last_day)
        if last is None or last <= first:
            return None
    # "Senin-Rabu (11-13/9)": the weekday before the brackets may be either end's.
    if last is None or expression.weekday not in (None, first.weekday(), last.weekday()):
        return None
    return first, last


def first_day(expression: DateExpression, anchor: date | None) -> date | None:
    """The day, or the first one of a range."""
    day, month = expression.day or 0, expression.month or 0
    if expression.year is not None:
        return day_or_none(expression.year, month, day)
    if anchor is None:
        return None
    if expression.unit == "year" and expression.direction is not None:
        return day_or_none(anchor.year + expression.direction, month, day)
    if expression.unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + (expression.direction or 0)
        return day_or_none(months // 12, months % 12 + 1, day)
    return near_day(day, month, expression.direction, anchor)


def near_day(day: int, month: int, direction: int | None, anchor: date) -> date | None:
    """The day within the next weeks, else the latest one not after the anchor; "mendatang" after it, "lalu" before."""
    ahead = {None: AHEAD, 0: AHEAD, 1: FAR_AHEAD, -1: timedelta(0)}[direction]
    for year in (anchor.year, anchor.year + 1):
        candidate = day_or_none(year, month, day)
        if candidate and anchor < candidate and candidate - anchor <= ahead:
            return candidate
    return latest_agreeing(day, month, None, anchor)


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
    return date(year, month, 1), end_of_month(year, last)


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
    weekday, direction = expression.weekday or 0, expression.direction
    if direction == 0 or (expression.unit == "week" and direction is not None):
        monday = shifted(anchor, -anchor.weekday() + 7 * direction)
        day = shifted(monday, weekday) if monday else None
    elif direction == 1:
        day = shifted(anchor, (weekday - anchor.weekday() - 1) % 7 + 1)
    elif direction == -1:
        day = shifted(anchor, -((anchor.weekday() - weekday - 1) % 7 + 1))
    else:
        day = shifted(anchor, -((anchor.weekday() - weekday) % 7))
    return (day, day) if day else None


def resolve_offset(expression: DateExpression, anchor: date) -> Days | None:
    """So many days, weeks, months or years before or after the anchor; the whole week, month or year."""
    count = expression.count
    if expression.unit == "year":
        return whole_years(anchor.year + count, None)
    if expression.unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + count
        year, month = divmod(months, 12)
        return (date(year, month + 1, 1), end_of_month(year, month + 1)) if MIN_YEAR <= year <= MAX_YEAR else None
    if expression.unit == "day":
        day = shifted(anchor, count)
        return (day, day) if day else None
    monday = shifted(anchor, 7 * count - anchor.weekday())
    sunday = shifted(monday, 6) if monday else None
    return (monday, sunday) if monday and sunday else None


def resolve_span(expression: DateExpression, anchor: date) -> Days | None:
    """From so many days, weeks, months or years before the anchor to the anchor, or from the anchor on."""
    if expression.unit in ("month", "year"):
        months = anchor.year * 12 + anchor.month - 1 + expression.count * (12 if expression.unit == "year" else 1)
        year, month = divmod(months, 12)
        if not MIN_YEAR <= year <= MAX_YEAR:
            return None
        other: date | None = min(end_of_month(year, month + 1), date(year, month + 1, 1) + timedelta(anchor.day - 1))
    else:
        other = shifted(anchor, expression.count * (7 if expression.unit == "week" else 1))
    return (min(other, anchor), max(other, anchor)) if other else None


def narrowed(days: Days, part: tuple[int, int]) -> Days:
    """One of so many equal parts: of a year months, of a month its decades, of a week its first days or its weekend."""
    which, of = part
    first, last = days
    if (last - first).days == 6:
        begin, end = ((0, 1), (2, 4), (5, 6))[which - 1]
        return first + timedelta(begin), first + timedelta(end)
    if first.month == last.month:
        end_day = last.day if which == of else 10 * which
        return first.replace(day=10 * which - 9), last.replace(day=end_day)
    size = (last.month - first.month + 1) // of
    month = first.month + size * (which - 1)
    return date(first.year, month, 1), end_of_month(first.year, month + size - 1)


def end_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


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
