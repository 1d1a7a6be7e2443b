"""Entries that wait for their next attempt."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import replace

from kliping_shared.bus.wire import Entry


class Retries:
    """A heap by due time. The entries stay pending on the server, so nothing is lost when this memory is."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._heap: list[tuple[float, bytes, Entry]] = []

    def __len__(self) -> int:
        return len(self._heap)

    def add(self, entry: Entry, pause: float) -> None:
        """Let ``entry`` wait for ``pause`` seconds; its attempt number grows."""
        heapq.heappush(self._heap, (self._clock() + pause, entry.id, replace(entry, attempt=entry.attempt + 1)))

    def due(self, count: int) -> list[Entry]:
        """Take up to ``count`` entries whose time has come."""
        now = self._clock()
        entries: list[Entry] = []
        while self._heap and len(entries) < count and self._heap[0][0] <= now:
            entries.append(heapq.heappop(self._heap)[2])
        return entries

    def wait(self) -> float | None:
        """Seconds until the first is due, None when there is none."""
        return max(0.0, self._heap[0][0] - self._clock()) if self._heap else None
