"""Indonesian dates in running text, with exact offsets.

A small grammar of its own rather than dateparser, measured: docs/decisions/0010-dates.md.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest

from kliping_shared.contracts.enriched import DateMention
from kliping_shared.dates.clocks import clock_before, clock_behind
from kliping_shared.dates.expressions import DateExpression
from kliping_shared.dates.lexicon import load_lexicon
from kliping_shared.dates.patterns import one_of
from kliping_shared.dates.ranges import Found, joined
from kliping_shared.dates.resolve import Days, latest_agreeing, resolve
from kliping_shared.dates.scan import scan_dates

__all__ = ["DateExpression", "find_dates", "latest_agreeing", "resolve", "scan_dates"]

CLAUSE = 80
"""How far before a date the word may stand that puts it ahead."""

COMING = re.compile(rf"\b{one_of(load_lexicon().coming)}\b[^,.;:!?()\"“”\n]*$", re.IGNORECASE)


def find_dates(text: str, anchor: date | None, latest: date | None = None) -> tuple[DateMention, ...]:
    """The dates of ``text`` with the days they stand for, sorted, without overlap; ``text[start:end] == mention.text``.

    ``anchor`` is the day the text was published: "kemarin", "Rabu", "Agustus" and "Rabu (13/9)" are read from there.
    Without it only dates that need none are given, and where only the ``latest`` day is known that it can be of, a
    weekday with its date ("Rabu (13/9)": the last one that agrees). A time of day beside a day is kept with it, alone it
    is no date. Impossible days, and those that contradict their weekday, are left out.
    """
    found: list[Found] = []
    told: date | None = None
    for expression in scan_dates(text):
        ahead = is_bare(expression) and COMING.search(text[max(0, expression.start - CLAUSE) : expression.start])
        read = replace(expression, direction=1) if ahead else expression
        if found and "\n" in text[found[-1].end : expression.start]:
            told = None
        days = resolve(read, base_of(read, told, anchor)) or weekday_agreeing(read, anchor, latest)
        if days is None:
            continue
        if days[0] == days[1]:
            told = days[0]
        item = Found(expression, expression.end, days)
        both = joined(text, found[-1], item) if found else None
        found[-1:] = [both] if both else [*found[-1:], item]
    return mentions_of(text, found)


def base_of(expression: DateExpression, told: date | None, anchor: date | None) -> date | None:
    """From which day it counts: "sehari sebelumnya" from the one told last in its paragraph, else from the anchor."""
    if not expression.told:
        return anchor
    return told or (anchor if expression.count < 0 else None)


def weekday_agreeing(expression: DateExpression, anchor: date | None, latest: date | None) -> Days | None:
    """Without an anchor, the last day with that date and weekday."""
    if anchor or latest is None or expression.weekday is None or expression.shape != "day":
        return None
    if expression.year is not None or expression.last_day is not None:
        return None
    day = latest_agreeing(expression.day or 0, expression.month or 0, expression.weekday, latest)
    return (day, day) if day else None


def is_bare(expression: DateExpression) -> bool:
    """Whether it says neither year nor weekday and date both, nor where it lies from the anchor."""
    if expression.direction is not None or expression.year is not None:
        return False
    return expression.shape in ("weekday", "month") or (expression.shape == "day" and expression.weekday is None)


def mentions_of(text: str, found: list[Found]) -> tuple[DateMention, ...]:
    """The dates as the contract has them, each day with the time that stands beside it."""
    mentions: list[DateMention] = []
    for item, following in zip_longest(found, found[1:]):
        start, end, (first, last) = item.start, item.end, item.days
        clock = (clock_behind(text, end) or clock_before(text, start)) if first == last else None
        least = mentions[-1].end if mentions else 0
        if clock and least <= clock.start and (following is None or clock.end <= following.start):
            start, end = min(start, clock.start), max(end, clock.end)
            if clock.next_day and first < date.max:
                first = last = first + timedelta(days=1)
        else:
            clock = None
        at = clock.time if clock else None
        mentions.append(DateMention(start=start, end=end, text=text[start:end], first=first, last=last, time=at))
    return tuple(mentions)
