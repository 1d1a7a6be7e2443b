"""Workers at work beside a test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kliping_shared.bus import Worker


@asynccontextmanager
async def working(*workers: Worker) -> AsyncIterator[None]:
    """The workers at work while the context is open; stopped in order at its end, which sends their spans."""
    tasks = [asyncio.create_task(worker.run(signals=False)) for worker in workers]
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()
        await asyncio.wait_for(asyncio.gather(*tasks), 20)
