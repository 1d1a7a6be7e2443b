"""Waiting for what is away: said once, with growing pauses, given up at once when the worker stops."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from kliping_shared.bus.client import is_away
from kliping_shared.bus.policy import Policy
from kliping_shared.errors import StoreUnavailable

T = TypeVar("T")


class Stopped(Exception):
    """The worker was told to stop while it waited."""


class Outage:
    """Whether ``what`` is away. One log line when it goes and one when it is back, however often it is tried."""

    def __init__(self, what: str, policy: Policy, stopping: asyncio.Event) -> None:
        self._policy = policy
        self._stopping = stopping
        self._log = structlog.get_logger("kliping.bus").bind(what=what)
        self._failures = 0

    @property
    def away(self) -> bool:
        """True from the first failure until the next success."""
        return self._failures > 0

    async def wait(self, error: BaseException) -> None:
        """Note a failure and pause. Raises Stopped when the worker is to stop."""
        if not self._failures:
            self._log.warning("away, waiting", error=f"{type(error).__name__}: {error}")
        self._failures += 1
        if await stopped_within(self._stopping, self._policy.away_pause(self._failures)):
            raise Stopped

    def over(self) -> None:
        """Note a success."""
        if self._failures:
            self._log.info("back", failures=self._failures)
            self._failures = 0

    async def insist(self, action: Callable[[], Awaitable[T]]) -> T:
        """The result of ``action``, tried again for as long as the other side is away. Raises Stopped."""
        while True:
            try:
                result = await action()
            except Exception as error:
                if not (is_away(error) or isinstance(error, StoreUnavailable)):
                    raise
                await self.wait(error)
            else:
                self.over()
                return result


async def stopped_within(stopping: asyncio.Event, seconds: float) -> bool:
    """Sleep for so long; True at once when ``stopping`` is set before."""
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return False
    return True
