"""Requests of a reader to the server: searches, points in time, documents by id; a store that is not there is empty."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import AuthorizationException, NotFoundError, OpenSearchException, TransportError

from kliping_shared.errors import QueryError, StoreUnavailable
from kliping_shared.settings import Settings
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.opensearch.failing import is_missing_index, store_errors
from kliping_shared.store.opensearch.keeping import BOOKKEEPING
from kliping_shared.store.opensearch.names import Names

#: A search that takes longer is given up, by the server and, if that hangs, some seconds later by the client.
SEARCH_SECONDS: Final = 10.0
_HANGING_SECONDS: Final = 5.0
#: What was written is found after the indices' refresh interval, some of which the refresh itself takes.
_REFRESHED_BY_ITSELF: Final = 1.5
#: How long a point in time is kept after each use.
_KEPT: Final = "5m"
_LIVE: Final = {"term": {"live": True}}
_TOO_MANY: Final = ("too_many_clauses", "too_many_nested_clauses")
_NO_HITS: Final[dict[str, Any]] = {"hits": {"total": {"value": 0}, "hits": []}}

Answer = dict[str, Any]


class PointGone(Exception):
    """The point in time is no longer kept by the server."""


class Server:
    """What a reader asks of OpenSearch. All raise StoreUnavailable."""

    def __init__(self, settings: Settings, client: AsyncOpenSearch, *, seconds: float = SEARCH_SECONDS) -> None:
        self._settings = settings
        self._client = client
        self._names = Names(settings.index_prefix)
        self._seconds = seconds
        self._closed = False

    async def search(self, kind: Kind, body: Answer) -> Answer:
        """Search what is there now. Raises QueryError for more words than the server takes."""
        with store_errors(self._settings):
            try:
                return await self._search(body, index=self._names.alias(kind))
            except TransportError as error:
                if is_missing_index(error):
                    return _NO_HITS
                raise

    async def search_at(self, point: str, body: Answer) -> Answer:
        """Search what was there at a point in time, and keep that for some minutes more. Raises PointGone."""
        query = {"bool": {"must": [body["query"]], "filter": [_LIVE]}}
        with store_errors(self._settings):
            try:
                return await self._search(body | {"query": query, "pit": {"id": point, "keep_alive": _KEPT}})
            except NotFoundError as error:
                raise PointGone from error

    async def open_point(self, kind: Kind) -> str | None:
        """A point in time; None while there is no store."""
        with store_errors(self._settings):
            try:
                params = {"keep_alive": _KEPT, "allow_partial_pit_creation": "false"}
                answer = await self._open().create_pit(index=self._names.alias(kind), params=params)
            except TransportError as error:
                if is_missing_index(error):
                    return None
                raise
            return str(answer["pit_id"])

    async def close_points(self, points: Sequence[str]) -> None:
        """Let go of points in time; where that fails, the server does so by itself soon."""
        if points:
            with suppress(OpenSearchException, StoreUnavailable), store_errors(self._settings):
                await self._open().delete_pit(body={"pit_id": list(points)})

    async def get(self, kind: Kind, ids: Sequence[str], *, body: bool) -> list[tuple[str, Answer]]:
        """Id and document of those that are shown, as they are now, in the order of ``ids``."""
        ids = [name for name in ids if name]  # an empty id is nobody's, and an error to the server
        if not ids:
            return []
        excluded = [name for name in BOOKKEEPING if name != "live"] + ([] if body else ["body"])
        asked = [{"_id": name, "_source": {"excludes": excluded}} for name in ids]
        with store_errors(self._settings):
            answer = await self._open().mget(index=self._names.alias(kind), body={"docs": asked})
            found = []
            for item in answer["docs"]:
                if item.get("found") and item["_source"].pop("live"):
                    found.append((item["_id"], item["_source"]))
                elif item.get("error", {}).get("type", "index_not_found_exception") != "index_not_found_exception":
                    raise StoreUnavailable(f"OpenSearch cannot read a document: {item['error'].get('reason')}")
            return found

    async def count(self, kind: Kind) -> int:
        """How many documents are shown."""
        body = {"size": 0, "track_total_hits": True, "query": {"match_all": {}}}
        return int((await self.search(kind, body))["hits"]["total"]["value"])

    async def catch_up(self) -> None:
        """Have everything found that is written by now; who may not ask for that waits until it comes by itself."""
        with store_errors(self._settings):
            try:
                await self._open().indices.refresh(index=",".join(map(self._names.alias, KINDS)))
            except AuthorizationException:
                await asyncio.sleep(_REFRESHED_BY_ITSELF)
            except NotFoundError:
                return

    async def close(self) -> None:
        """Close the connections."""
        self._closed = True
        await self._client.close()

    def _open(self) -> AsyncOpenSearch:
        if self._closed:  # the client would connect anew, and nobody would close it
            raise StoreUnavailable("the store is closed")
        return self._client

    async def _search(self, body: Answer, **target: str) -> Answer:
        body = {"_source": {"excludes": [*BOOKKEEPING, "body"]}, "timeout": f"{self._seconds * 1000:.0f}ms", **body}
        params = {"allow_partial_search_results": "false", "request_timeout": self._seconds + _HANGING_SECONDS}
        try:
            answer: Answer = await self._open().search(body=body, params=params, **target)
        except TransportError as error:
            if any(word in str(error.info) for word in _TOO_MANY):
                raise QueryError("the query asks for more words than can be searched for at once", 0) from error
            raise
        if answer["timed_out"]:
            raise StoreUnavailable(f"the search was given up after {self._seconds:g} s; narrow it")
        return answer
