"""How long to wait before what could not be delivered is tried again."""

from __future__ import annotations

from typing import Final

#: Seconds after the first failure; each further one waits four times as long, up to six hours.
FIRST: Final = 5.0
FACTOR: Final = 4.0
LONGEST: Final = 6 * 3600.0


def pause(failures: int) -> float:
    """Seconds to wait after so many failures in a row (1 is the first): ten of them take about a day."""
    return min(LONGEST, FIRST * FACTOR ** min(failures - 1, 20))
