"""The store, opened when it can be: index starts, and waits, also while the store is away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Self

import structlog

from kliping_index.ports import StoreWriter
from kliping_shared.errors import StoreUnavailable
from kliping_shared.store.ports import Change


class OpenedWriter:
    """A ``StoreWriter`` over one that may have to be opened more than once. Enter it before use, leave it after."""

    def __init__(self, open_: Callable[[], StoreWriter]) -> None:
        self._open = open_
        self._writer: StoreWriter | None = None
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> Self:
        """Try to open, so that the store is there before the first message. Raises SettingsError."""
        try:
            await self._opened()
        except StoreUnavailable as error:
            structlog.get_logger("kliping.index").warning("the store is away, waiting for it", error=str(error))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def apply(self, messages: Sequence[Sequence[Change]]) -> None:
        """Like ``StoreWriter.apply``; opens the store where that has not been possible yet."""
        writer = await self._opened()
        await writer.apply(messages)

    async def close(self) -> None:
        """Release the store, when it is open."""
        if self._writer is not None:
            await self._writer.close()
            self._writer = None

    async def _opened(self) -> StoreWriter:
        async with self._lock:
            if self._writer is None:
                self._writer = await asyncio.to_thread(self._open)
            return self._writer
