"""Days that are often asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from kliping_search.domain.texts import marked

#: What the last so many days are called.
_LAST: Final = {1: marked("Today"), 7: marked("7 days"), 30: marked("30 days")}


def presets(last: date) -> dict[str, tuple[str, str]]:
    """Name -> first and last day (YYYY-MM-DD), where ``last`` is today."""
    return {name: ((last - timedelta(days=days - 1)).isoformat(), last.isoformat()) for days, name in _LAST.items()}
