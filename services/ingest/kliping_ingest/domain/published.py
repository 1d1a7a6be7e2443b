"""When an article was published, and what tells so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kliping_ingest.domain.clock import WIB
from kliping_ingest.domain.metadata import LEAD_PARAGRAPHS, parse_published, refusal
from kliping_ingest.domain.zones import Layout
from kliping_shared.contracts import DateSource
from kliping_shared.dates import DateExpression, latest_agreeing, resolve, scan_dates

__all__ = ["Published", "find_published"]

EVENT_AHEAD = re.compile(
    r"\b(?:akan|mendatang|rencananya|berencana|dijadwalkan|hingga|sampai|paling lambat|mulai|besok|lusa|nanti|jelang"
    r"|menjelang|sebelum|digelar pada)\b[^.!?\n)]{0,60}$",
    re.IGNORECASE,
)
"""Before a day: it is the day of what will happen, not of the report."""

MAX_SCAN = 20_000
"""The day of the report stands in the beginning; only so many characters of the body are read for it."""

EARLIEST = date(1900, 1, 1)
"""Earlier days in a text are history."""

MAX_MOVE = 3
"""Days from a dated event to the bare weekday of its report; a longer way means that the weekday came before."""


@dataclass(frozen=True, slots=True)
class Published:
    """The moment with offset, what it was taken from, and what was refused."""

    at: datetime
    source: DateSource
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day that the body names."""

    day: date
    expression: DateExpression


def find_published(
    metadata: str | datetime | None, layout: Layout, paragraphs: Sequence[str], now: datetime
) -> Published:
    """When it was published: metadata, else dateline, else the days in the text, else the drop time ``now``.

    A refused value is noted and the next source asked.
    """
    notes: list[str] = []
    moment = parse_published(metadata)
    if moment is not None:
        reason = refusal(moment, now)
        if reason is None:
            return Published(moment, DateSource.METADATA)
        notes.append(f"The metadata's time of publication ({moment.isoformat()}) {reason}: ignored.")
    elif metadata is not None and str(metadata).strip():
        notes.append(f"The metadata's time of publication cannot be read: {str(metadata).strip()[:60]!r}.")
    latest = (now.astimezone(WIB) + timedelta(days=2)).date()
    today = now.astimezone(WIB).date()
    told = dateline_moment(layout, today, latest, notes)
    if told:
        return Published(told, DateSource.DATELINE, tuple(notes))
    day = text_day(paragraphs, today, latest)
    if day:
        return Published(midnight(day), DateSource.TEXT, tuple(notes))
    day = announced_day(paragraphs, today)
    if day:
        notes.append("The day of publication is not given: the first day that the text announces stands for it.")
        return Published(midnight(day), DateSource.TEXT, tuple(notes))
    return Published(now, DateSource.DROP_TIME, tuple(notes))


def midnight(day: date) -> datetime:
    """The beginning of a day in WIB."""
    return datetime.combine(day, time(), tzinfo=WIB)


def dateline_moment(layout: Layout, today: date, latest: date, notes: list[str]) -> datetime | None:
    """The day in the dateline or on a line of its own, with the time and zone that the line gives, else its midnight."""
    dateline = layout.dateline
    found = [
        *((line.day, line.clock) for line in layout.dates),
        *((byline.day, byline.clock) for byline in layout.bylines if byline.day),
        *([(dateline.day, None)] if dateline and dateline.day else []),
    ]
    for expression, clock in found:
        day = day_of(expression, today)
        if day and day <= latest:
            return clock.on(day) if clock else midnight(day)
        if day:
            notes.append(f"The dateline's day ({day.isoformat()}) lies after the day it was dropped: ignored.")
    return None


def day_of(expression: DateExpression, today: date) -> date | None:
    """The day that an expression stands for; without a year, the latest agreeing one not after ``today``."""
    if expression.shape != "day" or expression.day is None or expression.month is None:
        return None
    if expression.year is None:
        return latest_agreeing(expression.day, expression.month, expression.weekday, today)
    days = resolve(expression, None)
    return days[0] if days else None


def text_day(paragraphs: Sequence[str], today: date, latest: date) -> date | None:
    """The day of the report by the days that the body names.

    Of those in the lead that are not ahead of the report the latest, first with a year, then without; else the first
    full date with a weekday further down ("dikutip Kamis (14/9/2023)"); else the latest without a year ("Minggu (10/9)").
    Where a weekday stands alone before all dates ("Kim, Rabu, berjanji") and the date has no year, the style is to date
    only other days: then the report is of the next such weekday, when it is near.
    """
    lead, bare = candidates_in(paragraphs[:LEAD_PARAGRAPHS], today, latest)
    best = best_in_lead(lead)
    if best is None:
        rest, _ = candidates_in(paragraphs[LEAD_PARAGRAPHS:], today, latest)
        best = best_below(rest)
    if best is None or bare is None or best.expression.year is not None:
        return best.day if best else None
    days_on = (bare - best.day.weekday()) % 7
    moved = best.day + timedelta(days=days_on)
    return moved if days_on <= MAX_MOVE and moved <= latest else best.day


def best_in_lead(candidates: Sequence[Candidate]) -> Candidate | None:
    """The latest day of the lead with a year, else with a weekday and no year."""
    full = [found for found in candidates if found.expression.year is not None]
    yearless = [found for found in candidates if found.expression.weekday is not None]
    return max(full or yearless, key=lambda found: found.day, default=None)


def best_below(candidates: Sequence[Candidate]) -> Candidate | None:
    """Below the lead only days with a weekday tell of the report: the first with a year, else the latest without."""
    weekdays = [found for found in candidates if found.expression.weekday is not None]
    full = [found for found in weekdays if found.expression.year is not None]
    return full[0] if full else max(weekdays, key=lambda found: found.day, default=None)


def announced_day(paragraphs: Sequence[str], today: date) -> date | None:
    """The first full day of the lead that lay ahead of the report: for an old article it is nearer than the drop time."""
    found = (
        day_of(day, today)
        for text in paragraphs[:LEAD_PARAGRAPHS]
        for day in scan_dates(text[:MAX_SCAN])
        if day.is_full_day
    )
    return min((day for day in found if day and EARLIEST <= day <= today), default=None)


def candidates_in(paragraphs: Sequence[str], today: date, latest: date) -> tuple[list[Candidate], int | None]:
    """The days that the paragraphs name but for those ahead, in order; a weekday alone before them all."""
    candidates: list[Candidate] = []
    bare: int | None = None
    budget = MAX_SCAN
    for paragraph in paragraphs:
        if budget <= 0:
            break
        read = paragraph[:budget]
        budget -= len(read)
        for expression in scan_dates(read):
            if EVENT_AHEAD.search(read[max(0, expression.start - 80) : expression.start]):
                continue
            if expression.shape == "weekday" and expression.direction is None and bare is None and not candidates:
                bare = expression.weekday
            day = day_of(expression, today)
            if day and EARLIEST <= day <= latest:
                candidates.append(Candidate(day, expression))
    return candidates, bare
