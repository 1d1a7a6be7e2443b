"""The sweeper goes on, whatever happens to one sweep."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from kliping_link.memory_state import MemoryState
from kliping_link.sweeping import sweeping
from kliping_shared.errors import StoreUnavailable


class _Failing(MemoryState):
    """A state whose first look for idle articles fails."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error: Exception | None = error
        self.swept = asyncio.Event()

    def idle(self, before: datetime, limit: int) -> list[int]:
        error, self.error = self.error, None
        if error:
            raise error
        self._loop.call_soon_threadsafe(self.swept.set)
        return super().idle(before, limit)

    _loop: asyncio.AbstractEventLoop


@pytest.mark.parametrize("error", [StoreUnavailable("away"), ValueError("a record that nobody can read")])
async def test_a_sweep_that_fails_is_followed_by_the_next(error: Exception) -> None:
    """A sweeper that ended at the first surprise would let the state grow until the worker is started again."""
    state = _Failing(error)
    state._loop = asyncio.get_running_loop()
    async with sweeping(state, timedelta(days=60), lambda: datetime.now(UTC), every=0.01):
        await asyncio.wait_for(state.swept.wait(), 10)


class _Endless(MemoryState):
    """A state with more idle articles than a worker that is to stop has time for."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0
        self.until = time.monotonic() + 30

    def idle(self, before: datetime, limit: int) -> list[int]:
        self.looks += 1
        return [1] if time.monotonic() < self.until else []


async def test_a_sweep_ends_with_its_worker() -> None:
    """A process ends only when its threads have: a sweep of many articles must not outlast the grace time."""
    state = _Endless()
    async with sweeping(state, timedelta(days=60), lambda: datetime.now(UTC)):
        while not state.looks:
            await asyncio.sleep(0.001)
    await asyncio.get_running_loop().shutdown_default_executor()
    assert time.monotonic() < state.until
