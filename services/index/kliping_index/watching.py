"""Asks the watches of what was just written, and notes what they find; alert delivers it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any, Self

from kliping_index.domain.touched import touched
from kliping_index.ports import Percolator
from kliping_shared.bus import connect
from kliping_shared.settings import Settings
from kliping_shared.store.ports import Change
from kliping_shared.watching.alerts import Alert, alert, finding
from kliping_shared.watching.redis import Watches


class Watching:
    """Looks for what is news to a watch. Enter it before use, to close what it opened."""

    def __init__(self, settings: Settings, percolator: Percolator) -> None:
        self._client: Any = connect(settings.broker_url)
        self._watches = Watches(self._client)
        self._percolator = percolator
        self._opened = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self._opened.push_async_callback(self._client.aclose)
        self._opened.push_async_callback(self._percolator.close)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._opened.aclose()

    async def look(self, units: Sequence[Sequence[Change]]) -> None:
        """Note what the watches find among what these changes, which are durable, have changed.

        To be called after they are durable and before their messages are acknowledged: then nothing is missed. The
        watches are read here, so one that was made before is asked, and what one finds again is no news to it. Raises
        StoreUnavailable, errors of Redis.
        """
        watches = [watch for watch in await self._watches.all() if watch.active]
        if not watches:
            return
        changed, now = touched(units), datetime.now(UTC)
        searches = [watch.search.request() for watch in watches]
        news: dict[int, list[Alert]] = {}
        for match in await self._percolator.matching(searches, changed.documents, changed.claims_of):
            told = alert(watches[match.search], finding(match.kind, match.document), now)
            news.setdefault(match.search, []).append(told)
        for place, found in news.items():
            await self._watches.note(watches[place], found)
