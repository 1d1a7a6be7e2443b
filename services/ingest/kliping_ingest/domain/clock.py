"""Times of day as articles write them: "06.40 Wita", "3:05 PM"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from kliping_shared.newsroom import WIB

__all__ = ["WIB", "Clock", "read_clock"]

ZONES = {
    "WIB": WIB,
    "WITA": timezone(timedelta(hours=8), "WITA"),
    "WIT": timezone(timedelta(hours=9), "WIT"),
    "GMT": UTC,
    "UTC": UTC,
}
CLOCK = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d))?\s?(?P<half>[AaPp][Mm])?(?!\d)"
)
ZONE = re.compile(r"\b(?:WITA|WIT|WIB|GMT|UTC)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day and the zone it is told in."""

    time: time
    zone: tzinfo = WIB

    def on(self, day: date) -> datetime:
        """The moment of this time on a day."""
        return datetime.combine(day, self.time, tzinfo=self.zone)


def read_clock(text: str) -> Clock:
    """The first time of day in ``text``, midnight without one; in WIB where it names no zone."""
    zone = ZONE.search(text)
    return Clock(time_of(CLOCK.search(text)), ZONES[zone[0].upper()] if zone else WIB)


def time_of(clock: re.Match[str] | None) -> time:
    """The time of day that was found, midnight without one."""
    if clock is None:
        return time()
    hour = int(clock["hour"])
    half = (clock["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, int(clock["minute"]), int(clock["second"] or 0))
