"""A batch of readings to published articles: the order that makes a crash at any point harmless.

1. The ledger notes what is decided for each article. 2. The articles are published. 3. The broker has them on disk.
4. The ledger notes that. Only then may the files be moved away. Whatever is repeated gives the same messages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from kliping_ingest.ports import FileReading, Ledger, Publisher, Receipt
from kliping_shared.contracts import streams

__all__ = ["publish_readings"]


async def publish_readings(readings: Sequence[FileReading], *, ledger: Ledger, publisher: Publisher) -> list[Receipt]:
    """Publish all articles of the readings and give a receipt for each file. May be repeated at any point."""
    plans = await asyncio.to_thread(ledger.plan, readings)
    articles = [article for plan in plans for article in plan.articles]
    if articles:
        await publisher.publish(streams.ARTICLE, articles)
        await publisher.durable()
    await asyncio.to_thread(ledger.published, plans)
    return [plan.receipt() for plan in plans]
