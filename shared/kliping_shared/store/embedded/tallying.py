"""What is kept of how many documents there are: of each value, and of each day."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from kliping_shared.store.embedded.schema import FIELDS_AT_MOST


class Tallies:
    """Documents that have come and gone in one transaction."""

    def __init__(self) -> None:
        self._values: Counter[tuple[int, int]] = Counter()
        self._days: Counter[tuple[int, str]] = Counter()

    def values(self, kind: int, numbers: Iterable[int], by: int) -> None:
        """So many documents more, or fewer, have each of these values."""
        for number in numbers:
            self._values[kind, number] += by

    def day(self, kind: int, day: str | None, by: int) -> None:
        """So many documents more, or fewer, are of the day; None for none."""
        self._days[kind, day or ""] += by

    def write(self, connection: sqlite3.Connection) -> None:
        """Add it to what is kept."""
        values = sorted((*key, by) for key, by in self._values.items() if by)
        connection.executemany(
            "INSERT INTO value_counts (kind, field, val, n) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (kind, val) DO UPDATE SET n = n + excluded.n",
            [(kind, val % FIELDS_AT_MOST, val, by) for kind, val, by in values],
        )
        fewer = [(kind, val) for kind, val, by in values if by < 0]
        connection.executemany("DELETE FROM value_counts WHERE kind = ? AND val = ? AND n = 0", fewer)
        days = sorted((*key, by) for key, by in self._days.items() if by)
        connection.executemany(
            "INSERT INTO day_counts (kind, day, n) VALUES (?, ?, ?)"
            " ON CONFLICT (kind, day) DO UPDATE SET n = n + excluded.n",
            days,
        )
        gone = [(kind, day) for kind, day, by in days if by < 0]
        connection.executemany("DELETE FROM day_counts WHERE kind = ? AND day = ? AND n = 0", gone)
