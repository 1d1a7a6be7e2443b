"""Times of day that stand beside a date: "Rabu (13/9) pukul 14.30 WIB", "pukul 14.30 WIB, Rabu (13/9)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta, timezone
from functools import cache

from kliping_shared.dates.lexicon import load_lexicon
from kliping_shared.dates.patterns import GAP, one_of

__all__ = ["Clock", "clock_before", "clock_behind"]

REACH = 80
"""How far before a date a time may begin."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day at ``start:end``; ``next_day`` for 24.00, which is the beginning of the day after."""

    start: int
    end: int
    time: time
    next_day: bool = False


def clock_behind(text: str, end: int) -> Clock | None:
    """The time right behind a date that ends at ``end``; its ``start`` is ``end``."""
    match = behind_pattern().match(text, end)
    return read_clock(match, end, match.end()) if match else None


def clock_before(text: str, start: int) -> Clock | None:
    """The time right before a date that begins at ``start``; its ``end`` is ``start``."""
    from_here = max(0, start - REACH)
    match = before_pattern().search(text[from_here:start])
    return read_clock(match, from_here + match.start(), start) if match else None


def read_clock(match: re.Match[str], start: int, end: int) -> Clock | None:
    """What a match says, None for times that no clock shows, as 25.70, and for figures that nothing calls a time."""
    if not (match["told"] or match["zone"]):
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    midnight = (hour, minute, second) == (24, 0, 0)
    if not midnight and (hour > 23 or minute > 59 or second > 59):
        return None
    name = (match["zone"] or "").upper()
    zone = timezone(timedelta(hours=load_lexicon().zones[name.lower()]), name) if name else None
    return Clock(start, end, time(0 if midnight else hour, minute, second, tzinfo=zone), midnight)


@cache
def time_pattern() -> str:
    """A time after "pukul" or "jam", or before its zone: "14.30 WIB"; of "09.00-11.00" the beginning."""
    figures = (
        r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:](?P<second>\d{2}))?(?:[ ]?[-–][ ]?\d{1,2}[.:]\d{2})?(?![\d%])"
    )
    zone = rf"(?:{GAP}(?P<zone>{one_of(load_lexicon().zones)})(?!\w))?"
    return rf"(?P<told>(?:pukul|jam){GAP})?{figures}{zone}"


@cache
def behind_pattern() -> re.Pattern[str]:
    """Behind the date: perhaps a part of the day, a comma, "sekitar"."""
    part = rf"(?:{GAP}{one_of(load_lexicon().dayparts)})?"
    about = rf"(?:(?:sekitar|sekira|kira-kira|mulai|pada|tepat|jelang){GAP})?"
    return re.compile(rf"{part},?{GAP}{about}{time_pattern()}", re.IGNORECASE)


@cache
def before_pattern() -> re.Pattern[str]:
    """Before the date: perhaps a part of the day, a comma, "pada", "hari"."""
    part = rf"(?:{GAP}{one_of(load_lexicon().dayparts)})?"
    return re.compile(rf"(?<![\d.:]){time_pattern()}{part},?{GAP}(?:(?:pada|hari){GAP}){{0,2}}$", re.IGNORECASE)
