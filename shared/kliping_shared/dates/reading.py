"""What a match of the grammar says."""

from __future__ import annotations

import re
from typing import cast

from kliping_shared.dates.expressions import DateExpression, Direction, Unit, is_day
from kliping_shared.dates.lexicon import Lexicon

__all__ = ["read"]

LEAP_YEAR = 2024
"""Stands for the unknown year when a day and month are checked: 29 February may exist."""

Groups = dict[str, str | None]


def read(match: re.Match[str], lexicon: Lexicon) -> DateExpression | None:
    """The expression that a match says, None where the calendar has no such day."""
    groups = match.groupdict()
    if groups.get("day"):
        return read_day(match, groups, lexicon)
    if groups.get("weekday"):
        return DateExpression(
            match.start(),
            match.end(),
            "weekday",
            weekday=lexicon.weekdays[match["weekday"].lower()],
            unit="week" if groups.get("week") else "day",
            direction=direction_of(groups.get("direction"), lexicon),
        )
    if groups.get("month_name"):
        return read_month(match, groups, lexicon)
    if groups.get("relative"):
        return read_relative(match, lexicon)
    if groups.get("unit"):
        return read_offset(match, groups, lexicon)
    return read_year(match, groups, lexicon)


def read_day(match: re.Match[str], groups: Groups, lexicon: Lexicon) -> DateExpression | None:
    """A day or a range of days; None where there is no such day or the range runs backwards."""
    day = int(groups["day"] or 0)
    if groups.get("month_direction"):
        month_direction = direction_of(groups["month_direction"], lexicon)
        return DateExpression(match.start(), match.end(), "day", day=day, unit="month", direction=month_direction)
    month = month_of(groups.get("month_name"), groups.get("month"), lexicon)
    last_month = month_of(groups.get("last_month_name"), None, lexicon)
    year, last_year = year_of(groups.get("year")), year_of(groups.get("last_year"))
    last_day = int(groups.get("last_day") or 0) or None
    if month is None:
        return None
    if year is None and last_year is not None and last_month is not None:
        year = last_year if last_month >= month else last_year - 1
    if not is_day(year if year is not None else LEAP_YEAR, month, day):
        return None
    if last_day is not None:
        final_year = last_year if last_year is not None else year if year is not None else LEAP_YEAR
        if not is_day(final_year, last_month or month, last_day):
            return None
        if last_month is None and last_day <= day:
            return None
    weekday = groups.get("weekday")
    unit, direction = year_or_own_direction(groups, "day", lexicon)
    return DateExpression(
        match.start(),
        match.end(),
        "day",
        day=day,
        month=month,
        year=year,
        weekday=lexicon.weekdays[weekday.lower()] if weekday else None,
        last_day=last_day,
        last_month=last_month,
        last_year=last_year,
        unit=unit,
        direction=direction,
    )


def read_month(match: re.Match[str], groups: Groups, lexicon: Lexicon) -> DateExpression | None:
    """A month or a range of months, of a named year, of "tahun ini", or of none."""
    month = month_of(groups["month_name"], None, lexicon)
    last = month_of(groups.get("last_month_name"), None, lexicon)
    year = year_of(groups.get("year"))
    if month is None or (last is not None and last <= month) or (year is not None and not is_day(year, month, 1)):
        return None
    unit, direction = year_or_own_direction(groups, "month", lexicon)
    return DateExpression(
        match.start(),
        match.end(),
        "month",
        month=month,
        last_month=last,
        year=year,
        unit=unit,
        direction=direction,
        part=part_of(groups, lexicon),
    )


def read_year(match: re.Match[str], groups: Groups, lexicon: Lexicon) -> DateExpression | None:
    """A year, a range of years, a decade, or a part of a year; None where the range runs backwards."""
    part = part_of(groups, lexicon)
    if part is not None and (part[0] > part[1] or groups.get("last_year")):
        return None
    if groups.get("year_direction"):
        count = direction_of(groups["year_direction"], lexicon) or 0
        return DateExpression(match.start(), match.end(), "offset", unit="year", count=count, part=part)
    year = int(groups.get("year") or f"{groups.get('decade')}0")
    last = int(groups.get("last_year") or 0) or (year + 9 if groups.get("decade") else None)
    if last is not None and last <= year:
        return None
    return DateExpression(match.start(), match.end(), "year", year=year, last_year=last, part=part)


def read_relative(match: re.Match[str], lexicon: Lexicon) -> DateExpression:
    """ "kemarin" counts from the anchor, "keesokan harinya" from the day told of last."""
    phrase = " ".join(match["relative"].lower().split())
    told = phrase in lexicon.next_day
    count = lexicon.next_day[phrase] if told else lexicon.days[phrase]
    return DateExpression(match.start(), match.end(), "offset", count=count, told=told)


def read_offset(match: re.Match[str], groups: Groups, lexicon: Lexicon) -> DateExpression | None:
    """ "pekan lalu", "dua hari lalu", "tiga pekan terakhir", "sehari sebelumnya": a count of units, back is negative."""
    how = " ".join((groups["direction"] or groups.get("span") or groups.get("told") or "").lower().split())
    back = how in lexicon.past | lexicon.up_to_now | lexicon.told_before
    written = " ".join((groups.get("count") or "1").lower().split())
    size = int(written) if written.isdigit() else lexicon.numbers[written]
    if how in lexicon.present:
        if groups.get("count") or groups.get("one"):
            return None
        size = 0
    unit = cast("Unit", lexicon.units[match["unit"].lower()])
    if groups.get("told") and unit not in ("day", "week"):
        return None
    return DateExpression(
        match.start(),
        match.end(),
        "span" if groups.get("span") else "offset",
        unit=unit,
        count=-size if back else size,
        part=part_of(groups, lexicon),
        told=bool(groups.get("told")),
    )


def part_of(groups: Groups, lexicon: Lexicon) -> tuple[int, int] | None:
    """Which part of how many is meant: "akhir", "semester I"."""
    if groups.get("part"):
        return lexicon.parts[(groups["part"] or "").lower()]
    if groups.get("fraction"):
        return lexicon.ordinals[(groups["ordinal"] or "").lower()], lexicon.fractions[
            (groups["fraction"] or "").lower()
        ]
    return None


def month_of(name: str | None, number: str | None, lexicon: Lexicon) -> int | None:
    """The month that a name or a number stands for."""
    if name:
        return lexicon.months[name.lower().rstrip(".")]
    return int(number) if number else None


def year_of(written: str | None) -> int | None:
    """A year; two digits stand for 1970 to 2069, as in POSIX."""
    if not written:
        return None
    year = int(written)
    if len(written) > 2:
        return year
    return year + (1900 if year >= 70 else 2000)


def year_or_own_direction(groups: Groups, own: Unit, lexicon: Lexicon) -> tuple[Unit, Direction | None]:
    """The direction of the year ("Agustus tahun lalu") or of the day or month itself ("Agustus lalu")."""
    if groups.get("year_direction"):
        return "year", direction_of(groups["year_direction"], lexicon)
    return own, direction_of(groups.get("direction"), lexicon)


def direction_of(word: str | None, lexicon: Lexicon) -> Direction | None:
    """-1 for "lalu", 1 for "depan", 0 for "ini"."""
    if word is None:
        return None
    lowered = " ".join(word.lower().split())
    if lowered in lexicon.past:
        return -1
    return 0 if lowered in lexicon.present else 1
