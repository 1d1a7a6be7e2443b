"""The names of the store, kept at hand: read anew from time to time, while readers go on with those of before."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Final

from kliping_shared.errors import StoreUnavailable
from kliping_shared.store.known import KnownNames, read_names
from kliping_shared.store.ports import Finder

#: Seconds for which names are good at least; in a large store, where reading them takes long, for longer.
FRESH_S: Final = 2.0
#: Reading takes no more than this part of the time: the more there are, the seldomer.
_SHARE: Final = 50


class NamesAtHand:
    """Call it for the names; only who asks first, before there are any, waits until they are read."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._names: KnownNames | None = None
        self._due = 0.0
        self._reading: asyncio.Task[KnownNames] | None = None

    async def __call__(self) -> KnownNames:
        """The names. Raises StoreUnavailable where they were never read."""
        self.prepare()
        if self._names is None and self._reading is not None:
            await asyncio.wait((reading := self._reading,))
            return reading.result()
        return self._names or KnownNames()

    def prepare(self) -> None:
        """See to it that they are read where it is time to, without waiting."""
        if self._reading is None and time.monotonic() >= self._due:
            self._reading = asyncio.create_task(self._read())
            self._reading.add_done_callback(self._done)

    async def _read(self) -> KnownNames:
        began = time.monotonic()
        names = await read_names(self._finder)
        now = time.monotonic()
        # A store without names is new: what comes into it is wanted at once.
        self._due = now + max(FRESH_S, _SHARE * (now - began)) if names.names else now
        self._names = names
        return names

    def _done(self, reading: asyncio.Task[KnownNames]) -> None:
        self._reading = None
        with suppress(StoreUnavailable, asyncio.CancelledError):
            reading.result()
