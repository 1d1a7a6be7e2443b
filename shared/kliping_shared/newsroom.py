"""The newsroom's clock: which day a moment of publication is of."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Final

#: Western Indonesian time: what Indonesian media mean where they do not say.
WIB: Final = timezone(timedelta(hours=7), "WIB")


def own_day(moment: datetime) -> date:
    """The day in the moment's own offset; one in UTC is a program's, not of the newsroom's clock, and becomes WIB."""
    return (moment.astimezone(WIB) if moment.utcoffset() == timedelta(0) else moment).date()


def day_of(value: str) -> str:
    """The same of ISO 8601, as YYYY-MM-DD; a day alone, or nothing, as it is. Raises ValueError where it is no time."""
    return own_day(datetime.fromisoformat(value)).isoformat() if len(value) > len("2026-03-01") else value
