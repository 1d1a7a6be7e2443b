"""Lines that hold nothing but the day of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kliping_ingest.domain.clock import Clock, read_clock
from kliping_ingest.domain.layout.dateline_parts import display_place
from kliping_ingest.domain.lexicon import load_bylines, load_places
from kliping_ingest.domain.media import medium_or_domain
from kliping_ingest.domain.outlet_lexicon import load_sounds
from kliping_shared.dates import DateExpression, scan_dates

__all__ = ["DateLine", "is_around", "read_date_line"]

LIMIT = 110
AROUND = re.compile(
    r"[\s,|()•·\-–—/:]+|\b(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?|WIB|WITA|WIT|GMT|UTC|pukul|jam|pkl|hari|am|pm|[+]\d{1,2})\b",
    re.IGNORECASE,
)
CLOCKED = re.compile(r"\d[:.]\d\d(?!\d)")
DIGIT = re.compile(r"\d")
PLACE = re.compile(r"[A-Z][\w.]*(?: [A-Z][\w.]*){0,3}$")


@dataclass(frozen=True, slots=True)
class DateLine:
    """The day on a line of its own, the place or medium before it, and the time behind it."""

    day: DateExpression
    place: str | None = None
    outlet: str | None = None
    clock: Clock | None = None


def read_date_line(line: str) -> DateLine | None:
    """The day, place and medium in "Rabu, 13 September 2023 14:05 WIB", "Jakarta, 13 September 2023", "Kompas.com - 13/09/2023, 14:05 WIB"."""
    if len(line) > LIMIT or DIGIT.search(line) is None or line.endswith((".", '"', "”")):
        return None
    found = [date for date in scan_dates(line) if date.is_full_day]
    if not found:
        return None
    head = line[: found[0].start].strip(" ,-–—|/()•·:")
    tail = line[found[0].end :]
    if len(found) > 1:
        tail = tail.replace(line[found[-1].start : found[-1].end], "")
    if not is_head(head) or not is_around(tail):
        return None
    clock = read_clock(tail) if CLOCKED.search(tail) else None
    before = line[: found[0].start].strip()
    return DateLine(found[0], place_of(before, found[0]), outlet_of(head), clock)


def place_of(before: str, day: DateExpression) -> str | None:
    """The place before the day: a known one, or any in capitals before a weekday ("BENOA, SENIN (3/5/2024)")."""
    name = before.strip(" ,-–—|/()•·:")
    newspaper = before.endswith(",") and name.isupper() and day.weekday is not None
    return display_place(name) if newspaper or name.lower() in load_places() else None


def outlet_of(head: str) -> str | None:
    """The medium before the day, by a list or by how it sounds: "Harian Bilah, 3 Mei 2024"; of several the last.

    A programme stands before its station: "Warta Petang, Radio Bilah, Kamis 3 Mei 2024".
    """
    parts = [part.strip() for part in head.split(",")]
    own = (part for part in reversed(parts) if PLACE.match(part) and part.lower() not in load_places())
    return medium_or_domain(head) or next((part for part in own if load_sounds().media_head.match(part)), None)


def is_head(head: str) -> bool:
    """Whether what stands before the day is a label, a medium, or a place."""
    lowered = head.lower()
    if not head or lowered in load_bylines().dated or medium_or_domain(head):
        return True
    if outlet_of(head) and all(PLACE.match(part.strip()) for part in head.split(",")):
        return True
    first = lowered.split(" ", 1)[0].strip(":,")
    if first in load_bylines().dated and len(head) < 40:
        return True
    return PLACE.match(head) is not None and len(head) <= 40


def is_around(tail: str) -> bool:
    """Whether only a time of day and labels stand behind the day."""
    rest = AROUND.sub(" ", tail).split()
    labels = load_bylines().dated
    return all(word.lower() in labels for word in rest)
