"""Find the date expressions of a text."""

from __future__ import annotations

import re
from typing import cast

from kliping_shared.dates.expressions import DateExpression, Direction, Unit, is_day
from kliping_shared.dates.lexicon import Lexicon, load_lexicon
from kliping_shared.dates.patterns import load_patterns

__all__ = ["scan_dates"]

LEAP_YEAR = 2024
"""Stands for the unknown year when a day and month are checked: 29 February may exist."""

WORD = re.compile(r"\w+")

SENTENCE_BREAK = frozenset(".!?\n\"“”'’([:;-–—")


def scan_dates(text: str) -> tuple[DateExpression, ...]:
    """All date expressions of ``text``, sorted, without overlap, the longest at each place; impossible ones left out."""
    lexicon, patterns = load_lexicon(), load_patterns()
    found: list[DateExpression] = []
    position = 0
    for word in WORD.finditer(text):
        candidates = patterns.by_word.get(word[0], ())
        start = word.start()
        if not candidates and word[0][0].isdecimal() and patterns.number.match(text, start):
            candidates = patterns.digit
        if not candidates or start < position:
            continue
        best, end = longest(text, start, candidates, lexicon)
        if best is not None:
            found.append(best)
        position = max(position, end)
    return tuple(found)


def longest(
    text: str, start: int, candidates: tuple[re.Pattern[str], ...], lexicon: Lexicon
) -> tuple[DateExpression | None, int]:
    """The longest reading at ``start`` and where it ends; None with an end where the longest is an impossible date."""
    best: DateExpression | None = None
    best_end = start
    for pattern in candidates:
        match = pattern.match(text, start)
        if match is None or match.end() <= best_end or not is_wanted(text, match, lexicon):
            continue
        best_end = match.end()
        best = read(match, lexicon)
    return best, best_end


def is_wanted(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the words around a match let it be a date."""
    groups = match.groupdict()
    if "mark" in groups and groups.get("weekday") is None and groups["year"] is None:
        # "1/2" is a fraction; "(13/9)" in brackets is a day.
        return (
            groups["mark"] == "/" and text[match.start() - 1 : match.start()] == "(" and text[match.end() :][:1] == ")"
        )
    if "mark" in groups and groups["mark"] != "/" and groups["year"] is None:
        return False
    if groups.get("weekday"):
        return is_weekday(text, match)
    if groups.get("month_name") and not groups.get("day"):
        return is_month(text, match, lexicon)
    if "relative" in groups or "unit" in groups:
        return True
    if "year" in groups and "day" not in groups:
        return is_year(text, match, lexicon)
    return True


def is_weekday(text: str, match: re.Match[str]) -> bool:
    """ "Minggu" is Sunday; "minggu lalu", and "Minggu lalu" at the beginning of a sentence, is the week."""
    groups = match.groupdict()
    if not match["weekday"][0].isupper():
        return False
    if match["weekday"].lower() != "minggu" or groups.get("direction") is None:
        return True
    return not begins_sentence(text, match.start())


def is_month(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """A bare month is written in full, with a capital, and is no part of a name ("Mei Ling", "Ibu Juli")."""
    groups = match.groupdict()
    if not match["month_name"][0].isupper():
        return False
    if groups.get("year") or groups.get("year_direction"):
        return True
    if match["month_name"].lower() not in lexicon.months_alone or text[match.end() - 1] == ".":
        return False
    if match[0][:5].lower() == "bulan":
        return True
    following = text[match.end() : match.end() + 2]
    if len(following) == 2 and following[0] in " -'’" and following[1].isupper():
        return False
    return not follows_name(text, match.start(), lexicon)


def follows_name(text: str, start: int, lexicon: Lexicon) -> bool:
    """Whether the word directly before is capitalised and not one like "Pada"."""
    before = text[max(0, start - 40) : start]
    if not before.endswith(" "):
        return False
    word = before.rstrip(" ").rpartition(" ")[2].lstrip("\"“'‘(")
    return word[:1].isupper() and word[-1:].isalnum() and word.lower() not in lexicon.before_period


def is_year(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """A bare number is a year after "pada", "sejak" …, unless it counts something; after "tahun" always."""
    if not match[0][0].isdigit():
        return True
    before = text[max(0, match.start() - 20) : match.start()].split()
    if not before or before[-1].lower() not in lexicon.before_period or text[match.start() - 1] not in " \u00a0\n":
        return False
    following = re.match(r"\s*([^\W\d_]+)", text[match.end() : match.end() + 20])
    return following is None or following[1].lower() not in lexicon.counted


def begins_sentence(text: str, start: int) -> bool:
    """Whether nothing, or the end of a sentence, stands before."""
    before = text[max(0, start - 5) : start].rstrip(" ")
    return not before or before[-1] in SENTENCE_BREAK


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
        phrase = " ".join(match["relative"].lower().split())
        return DateExpression(match.start(), match.end(), "offset", count=lexicon.days[phrase])
    if groups.get("unit"):
        return read_offset(match, groups, lexicon)
    last = groups.get("last_year")
    if last and int(last) <= int(match["year"]):
        return None
    return DateExpression(
        match.start(), match.end(), "year", year=int(match["year"]), last_year=int(last) if last else None
    )


def read_day(match: re.Match[str], groups: dict[str, str | None], lexicon: Lexicon) -> DateExpression | None:
    """A day or a range of days; None where there is no such day or the range runs backwards."""
    month = month_of(groups.get("month_name"), groups.get("month"), lexicon)
    last_month = month_of(groups.get("last_month_name"), None, lexicon)
    year, last_year = year_of(groups.get("year")), year_of(groups.get("last_year"))
    day = int(groups["day"] or 0)
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
    )


def read_month(match: re.Match[str], groups: dict[str, str | None], lexicon: Lexicon) -> DateExpression | None:
    """A month or a range of months, of a named year, of "tahun ini", or of none."""
    month = month_of(groups["month_name"], None, lexicon)
    last = month_of(groups.get("last_month_name"), None, lexicon)
    year = year_of(groups.get("year"))
    if month is None or (last is not None and last <= month) or (year is not None and not is_day(year, month, 1)):
        return None
    if groups.get("year_direction"):
        unit, direction = "year", direction_of(groups["year_direction"], lexicon)
    else:
        unit, direction = "month", direction_of(groups.get("direction"), lexicon)
    return DateExpression(
        match.start(),
        match.end(),
        "month",
        month=month,
        last_month=last,
        year=year,
        unit=cast("Unit", unit),
        direction=direction,
    )


def read_offset(match: re.Match[str], groups: dict[str, str | None], lexicon: Lexicon) -> DateExpression | None:
    """ "pekan lalu", "dua hari lalu", "sebulan lalu": a count of units before (negative) or after the anchor."""
    direction = direction_of(match["direction"], lexicon) or 0
    written = (groups.get("count") or "1").lower()
    size = int(written) if written.isdigit() else lexicon.numbers[written]
    counted = bool(groups.get("count") or groups.get("one"))
    if counted and direction == 0:
        return None
    unit = cast("Unit", lexicon.units[match["unit"].lower()])
    return DateExpression(match.start(), match.end(), "offset", unit=unit, count=direction * size)


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


def direction_of(word: str | None, lexicon: Lexicon) -> Direction | None:
    """-1 for "lalu", 1 for "depan", 0 for "ini"."""
    if word is None:
        return None
    lowered = " ".join(word.lower().split())
    if lowered in lexicon.past:
        return -1
    return 1 if lowered in lexicon.future else 0
