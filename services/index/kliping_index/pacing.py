"""How often index writes: seldom enough that what comes in a stream is written in batches, at once what comes alone.

A write of one article costs twice the CPU of an article in a batch of eight (a transaction has its price, and so has
every round trip to the broker).
"""

from __future__ import annotations

from typing import Final

#: Seconds from the start of one write to that of the next: after an article that came alone, so that the next one is
#: found well within 0.2 s, and after several, which are many articles on their way: then a third of a second is nothing.
AFTER_ONE: Final = 0.1
AFTER_SEVERAL: Final = 0.3


def until_next(count: int, *, full: int) -> float:
    """Seconds from the start of a write of ``count`` articles to the next; none after a batch of ``full`` articles."""
    if count >= full:
        return 0.0
    return AFTER_ONE if count == 1 else AFTER_SEVERAL
