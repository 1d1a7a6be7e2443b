"""How often index writes: seldom enough that what comes in a stream is written in batches, at once what comes alone.

A write of one article costs twice the CPU of an article in a batch of eight (a transaction has its price, and so has
every round trip to the broker).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

from kliping_shared.contracts import LinkedArticle

#: Seconds from the start of one write to that of the next: after an article that came alone, so that the next one is
#: found well within 0.2 s, and after several, which are many articles on their way: then a third of a second is nothing.
AFTER_ONE: Final = 0.1
AFTER_SEVERAL: Final = 0.3

Outcomes = list[Exception | None]


async def paced(
    messages: list[LinkedArticle],
    *,
    index: Callable[[list[LinkedArticle]], Awaitable[Outcomes]],
    full: int,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Outcomes:
    """``index`` the messages, then hold back the next batch for a moment; not after a batch of ``full`` messages.

    Nothing that was read waits: the articles are searchable when ``index`` is done, only what comes next is gathered.
    Raises what ``index`` raises, at once.
    """
    started = clock()
    outcomes = await index(messages)
    if len(messages) < full:
        await sleep(max(0.0, started + (AFTER_ONE if len(messages) == 1 else AFTER_SEVERAL) - clock()))
    return outcomes
