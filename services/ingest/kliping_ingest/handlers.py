"""A batch of readings to published articles: the order that makes a crash at any point harmless.

1. The ledger notes what is decided for each article. 2. The articles are published. 3. The broker has them on disk.
4. The ledger notes that. Only then may the files be moved away. Whatever is repeated gives the same messages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from kliping_ingest.ports import FileReading, Kept, Ledger, Publisher, Receipt, Reread
from kliping_shared.contracts import streams

__all__ = ["publish_again", "publish_readings"]


async def publish_readings(readings: Sequence[FileReading], *, ledger: Ledger, publisher: Publisher) -> list[Receipt]:
    """Publish all articles of the readings and give a receipt for each file. May be repeated at any point."""
    plans = await asyncio.to_thread(ledger.plan, readings)
    articles = [article for plan in plans for article in plan.articles]
    if articles:
        await publisher.publish(streams.ARTICLE, articles)
        await publisher.durable()
    await asyncio.to_thread(ledger.published, plans)
    return [plan.receipt() for plan in plans]


async def publish_again(
    lost: Sequence[Kept], read: Callable[[Kept], Reread], *, ledger: Ledger, publisher: Publisher
) -> list[Reread]:
    """Publish what files moved away held, as it was published before; what was found of each. Those for ``later`` stay lost.

    May be repeated at any point, like the above: whoever reads the streams takes a second copy as a duplicate.
    """

    def reread() -> list[Reread]:
        found = [(kept, read(kept)) for kept in lost]
        return [replace(one, articles=tuple(ledger.again(kept, one.articles))) for kept, one in found]

    found = await asyncio.to_thread(reread)
    if articles := [article for one in found for article in one.articles]:
        await publisher.publish(streams.ARTICLE, articles)
        await publisher.durable()
    settled = [kept for kept, one in zip(lost, found, strict=True) if not one.later]
    await asyncio.to_thread(ledger.found, settled)
    return found
