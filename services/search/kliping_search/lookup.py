"""The store as the page uses it: every query bounded in time, every failure a clear error."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from typing import Any, TypeVar

from kliping_search.names import NamesAtHand
from kliping_search.ports import StoreReader
from kliping_shared.errors import KlipingError, QueryError, StoreUnavailable
from kliping_shared.notices import Notice
from kliping_shared.observability import Metrics
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import SearchPage, SearchRequest

T = TypeVar("T")


class NotFound(KlipingError):
    """There is no such document."""


class Store:
    """A StoreReader whose calls end after ``timeout`` seconds with StoreUnavailable, and whose searches are measured."""

    def __init__(self, reader: StoreReader, timeout: float) -> None:
        self.metrics = Metrics()
        self.names = NamesAtHand(self)
        self._reader = reader
        self._timeout = timeout

    async def search(self, request: SearchRequest) -> SearchPage:
        """One page. Raises QueryError, StoreUnavailable."""
        began, outcome = time.monotonic(), "unavailable"
        try:
            page = await self._bounded(self._reader.search(request))
            outcome = "ok"
        except QueryError:
            outcome = "refused"
            raise
        finally:
            seconds = time.monotonic() - began
            self.metrics.took("kliping_search_seconds", seconds, kind=request.kind, outcome=outcome)
        return page

    async def get(self, kind: Kind, id: str) -> Mapping[str, Any] | None:
        """One document, or None."""
        return await self._bounded(self._reader.get(kind, id))

    async def get_many(self, kind: Kind, ids: Sequence[str], *, body: bool = True) -> list[Mapping[str, Any]]:
        """Those of the documents that exist."""
        return await self._bounded(self._reader.get_many(kind, ids, body=body))

    def stream(self, request: SearchRequest) -> AsyncIterator[Mapping[str, Any]]:
        """Every found document, for as long as that takes: for downloads, and for work behind the answers."""
        return self._reader.stream(request)

    def ids(self, request: SearchRequest) -> AsyncIterator[Sequence[str]]:
        """The ids of every found document, for as long as that takes."""
        return self._reader.ids(request)

    async def catch_up(self) -> None:
        """Return when everything that is durable now is found."""
        await self._bounded(self._reader.catch_up())

    async def terms_near(self, kind: Kind, word: str) -> Mapping[str, int]:
        """Search terms that the word may be a misspelling of."""
        return await self._bounded(self._reader.terms_near(kind, word))

    async def counts(self) -> Mapping[Kind, int]:
        """Documents of each kind."""
        return await self._bounded(self._reader.counts())

    async def healthy(self) -> bool:
        """Whether the store answers in time."""
        try:
            return await self._bounded(self._reader.healthy())
        except StoreUnavailable:
            return False

    async def close(self) -> None:
        """Release the store."""
        await self._reader.close()

    async def _bounded(self, call: Awaitable[T]) -> T:
        try:
            return await asyncio.wait_for(call, self._timeout)
        except TimeoutError:
            raise StoreUnavailable(f"the store did not answer within {self._timeout:g} s; narrow the search") from None


async def required(store: Store, kind: Kind, id: str) -> Mapping[str, Any]:
    """The document. Raises NotFound when there is none."""
    return there(await store.get(kind, id), kind, id)


def there(document: Mapping[str, Any] | None, kind: str, id: str) -> Mapping[str, Any]:
    """The document, where there is one; else raises NotFound."""
    if document is None:
        raise NotFound(
            Notice(
                "There is no such document among the {kind}: {id}. It may have been replaced by a newer version.",
                kind=kind,
                id=id,
            )
        )
    return document
