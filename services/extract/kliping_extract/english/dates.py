"""English dates in running text; what they stand for is resolved as for Indonesian ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from kliping_shared.contracts.enriched import DateMention
from kliping_shared.dates import DateExpression, resolve
from kliping_shared.dates.expressions import Direction, Unit

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OFFSETS: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
_DIRECTIONS: Final[dict[str, Direction]] = {"last": -1, "this": 0, "next": 1}
_UNITS: Final[dict[str, Unit]] = {"week": "week", "month": "month", "year": "year"}
_MONTH: Final = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE: Final = re.compile(
    rf"\b(?:(?:(?P<weekday>{_WEEKDAY}),? )?(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?|\d{{1,2}} {_MONTH}(?: \d{{4}}\b)?)"
    rf"|(?P<month>{_MONTH}),? (?P<year>\d{{4}})\b"
    rf"|(?:(?P<direction>(?i:last|this|next)) )?(?P<alone>{_WEEKDAY})\b"
    r"|(?P<near>(?i:last|this|next)) (?P<unit>week|month|year)\b"
    r"|(?P<offset>(?i:yesterday|today|tomorrow))\b)"
)


def find_dates(
    text: str,
    anchor: date | None,
    latest: date | None = None,  # noqa: ARG001  the shape of find_dates of all languages
) -> tuple[DateMention, ...]:
    """The dates of an English text with the days they stand for, sorted, without overlap.

    ``anchor`` is the day of publication, from which "Tuesday" and "last week" count; without it only full dates are given.
    """
    return tuple(
        DateMention(start=one.start, end=one.end, text=text[one.start : one.end], first=days[0], last=days[1])
        for one in _expressions(text)
        if (days := resolve(one, anchor)) is not None
    )


def _expressions(text: str) -> Iterator[DateExpression]:
    for match in _DATE.finditer(text):
        start, end = match.span()
        if match["alone"]:
            direction = _DIRECTIONS.get((match["direction"] or "").lower())
            yield DateExpression(start, end, "weekday", weekday=_number(match["alone"], _DAYS), direction=direction)
        elif match["unit"]:
            yield DateExpression(
                start, end, "offset", unit=_UNITS[match["unit"]], count=_DIRECTIONS[match["near"].lower()]
            )
        elif match["offset"]:
            yield DateExpression(start, end, "offset", count=_OFFSETS[match["offset"].lower()])
        elif match["month"]:
            month = _number(match["month"], _MONTHS) + 1
            yield DateExpression(start, end, "month", month=month, year=int(match["year"]))
        else:
            yield _day(match)


def _day(match: re.Match[str]) -> DateExpression:
    """`Tuesday, March 3, 2026` and `3 March 2026`."""
    weekday = match["weekday"]
    written = match[0][len(weekday or "") :]
    month = next(number for number, name in enumerate(_MONTHS, start=1) if re.search(rf"\b{name}", written.lower()))
    day, *year = (int(number) for number in re.findall(r"\d+", written))
    return DateExpression(
        *match.span(),
        "day",
        day=day,
        month=month,
        year=year[0] if year else None,
        weekday=_number(weekday, _DAYS) if weekday else None,
    )


def _number(name: str, names: tuple[str, ...]) -> int:
    return names.index(name[:3].lower())
