"""Numbers and days as the reader's language writes them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Final

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from kliping_search.languages import LOCALES, language, shown_label
from kliping_shared.newsroom import day_of

#: Days and numbers that are remembered as they are written: Babel takes some 50 µs for each.
_REMEMBERED: Final = 8_192


def number(value: int) -> str:
    """``1234567`` as 1,234,567 or 1.234.567."""
    return str(value) if -1000 < value < 1000 else _number(value, LOCALES[language()])


@lru_cache(maxsize=_REMEMBERED)
def _number(value: int, locale: str) -> str:
    return str(format_decimal(value, locale=locale))


def day(value: str | None, skeleton: str = "yMMMEd") -> str:
    """The day of an ISO 8601 date or time of publication, with the day of the week; what is no date as it is."""
    try:
        return _day(day_of(value or ""), skeleton, LOCALES[language()])
    except ValueError:
        return value or ""


@lru_cache(maxsize=_REMEMBERED)
def _day(value: str, skeleton: str, locale: str) -> str:
    return str(format_skeleton(skeleton, date.fromisoformat(value), locale=locale))


def today(zone: tzinfo) -> date:
    """The day that it is there."""
    return datetime.now(zone).date()


def moment(value: datetime | str, zone: tzinfo) -> str:
    """The day, the time and the zone in which they are told, of a time or what ISO 8601 has for one."""
    return f"{_there(value, zone):%Y-%m-%d %H:%M:%S %Z}"


def local_day(value: datetime | str, zone: tzinfo) -> str:
    """The day that it was there at a moment, which may be told as ISO 8601 has it."""
    return day(_there(value, zone).date().isoformat())


def _there(value: datetime | str, zone: tzinfo) -> datetime:
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(zone)


def month(value: str) -> str:
    """``2026-09`` as Sep 2026."""
    return day(f"{value}-01", "yMMM") if len(value) == len("2026-09") else value


def value_shown(facet: str, value: str) -> str:
    """What a value of the facet is called: a day, a month, a word of the reader's language, or the value itself."""
    written = {"published_on": day, "published_month": month}.get(facet)
    return written(value) if written else shown_label(facet, value)


def stretch(first: str, last: str) -> str:
    """Days from the first to the last: one of them, a month, a year, or both ends."""
    if first == last:
        return day(first)
    if first.endswith("-01-01") and last.endswith("-12-31") and first[:4] == last[:4]:
        return first[:4]
    if first.endswith("-01") and first[:7] == last[:7] and int(last[8:]) == _days_of(last):
        return day(first, "yMMM")
    return f"{day(first, 'yMMMd')} – {day(last, 'yMMMd')}"


def _days_of(day: str) -> int:
    """How many days its month has."""
    return monthrange(int(day[:4]), int(day[5:7]))[1]
