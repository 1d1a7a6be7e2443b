"""Keeping the link state small: what nothing has been grouped with for long is dropped."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

import structlog

from kliping_link.domain.arrival import forget
from kliping_link.linker import levels
from kliping_link.ports import LinkState
from kliping_shared.errors import TransientError

#: Articles looked up at once.
PORTION = 100
#: Seconds between two sweeps.
EVERY = 3600.0


def sweep(state: LinkState, before: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """Drop every article that nothing has touched since ``before``, until ``stopped``; how many.

    Blocks; raises TransientError.
    """
    dropped = 0
    while idle := state.idle(before, PORTION):
        for article in idle:
            if stopped():
                return dropped
            dropped += state.transact(lambda unit, article=article: forget(unit, article, before, levels()))[0]  # type: ignore[misc]
    return dropped


@contextlib.asynccontextmanager
async def sweeping(
    state: LinkState, retention: timedelta, clock: Callable[[], datetime], every: float = EVERY
) -> AsyncIterator[None]:
    """Sweep now and then while the context is open. Any number of workers may do so at the same time."""
    stopping = threading.Event()
    task = asyncio.create_task(_sweep_for_ever(state, retention, clock, every, stopping.is_set))
    try:
        yield
    finally:
        stopping.set()  # the thread that sweeps cannot be cancelled, and the process does not end before it
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _sweep_for_ever(
    state: LinkState,
    retention: timedelta,
    clock: Callable[[], datetime],
    every: float,
    stopped: Callable[[], bool],
) -> None:
    log = structlog.get_logger("kliping.link")
    while True:
        try:
            dropped = await asyncio.to_thread(sweep, state, clock() - retention, stopped)
            if dropped:
                log.info("swept", articles=dropped)
        except TransientError as error:
            log.debug("sweep failed, later again", error=str(error))
        except Exception:  # nobody awaits this task: an error would end it unseen, and the state would only grow
            log.exception("sweep failed, later again")
        await asyncio.sleep(every)
