"""Reading OpenSearch, from any number of tasks, while it is written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, Final

from opensearchpy import AsyncOpenSearch

from kliping_shared.errors import StoreUnavailable
from kliping_shared.portions import portions
from kliping_shared.query import Query, query_of
from kliping_shared.settings import Settings
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.highlight import highlights, needles
from kliping_shared.store.opensearch.asking import SEARCH_SECONDS, PointGone, Server
from kliping_shared.store.opensearch.compiling import Clause, Plan, plan
from kliping_shared.store.opensearch.facets import aggregations, counted, counted_days, set_aside
from kliping_shared.store.opensearch.paging import ORDERS, Cursor, OpenPoints, decode, encode
from kliping_shared.store.opensearch.vocabulary import asking_for_terms, terms_told
from kliping_shared.store.ports import Hit, SearchPage, SearchRequest, StoreReader
from kliping_shared.store.timeline import rolled

#: Documents fetched at once; a server gives 10,000 at most.
_CHUNK: Final = 500
_MOST_AT_ONCE: Final = 10_000
#: Points in time that a reader keeps for its latest searches; who pages on after that goes on by sort key.
_POINTS: Final = 64


@dataclass(frozen=True)
class _Found:
    """A found document: its id, score and sort key; and the document, where the search brought it."""

    id: str
    score: float
    key: tuple[Any, ...]
    document: Mapping[str, Any]


class OpenSearchReader(StoreReader):
    """``StoreReader`` on OpenSearch. What was written is found up to a second later; ``get`` has it at once."""

    def __init__(self, settings: Settings, client: AsyncOpenSearch, *, seconds: float = SEARCH_SECONDS) -> None:
        self._server = Server(settings, client, seconds=seconds)
        self._points = OpenPoints(_POINTS)

    async def search(self, request: SearchRequest) -> SearchPage:
        """One page. Raises QueryError (bad syntax, unknown field, bad cursor), StoreUnavailable."""
        query = query_of(request.query)
        planned = plan(request, query)
        cursor = decode(request.cursor, request) if request.cursor else None
        if cursor is None:
            return await self._first(request, query, planned)
        told, (found, frozen) = await asyncio.gather(
            self._server.search(request.kind, _body(request, planned, size=0)), self._more(request, planned, cursor)
        )
        if frozen and len(found) <= request.limit:
            await self._let_go(frozen)
        return _page(request, query, told, found, replace(cursor, frozen=frozen, last=_last(request, found)))

    async def get(self, kind: Kind, id: str) -> Mapping[str, Any] | None:
        """The whole document, None when there is none."""
        found = await self.get_many(kind, (id,))
        return found[0] if found else None

    async def get_many(self, kind: Kind, ids: Sequence[str], *, body: bool = True) -> list[Mapping[str, Any]]:
        """Those documents that exist, in the order of ``ids``, each once."""
        wanted = list(dict.fromkeys(ids))
        found: list[Mapping[str, Any]] = []
        for some in portions(wanted, _CHUNK):
            found += [document for _, document in await self._server.get(kind, some, body=body)]
        return found

    async def stream(self, request: SearchRequest) -> AsyncIterator[Mapping[str, Any]]:
        """Every found document (without body) in the request's order, as of the start."""
        async with aclosing(self._chunks(request, _CHUNK)) as chunks:
            async for chunk in chunks:
                for one in chunk:
                    yield one.document

    async def ids(self, request: SearchRequest) -> AsyncIterator[Sequence[str]]:
        """The ids of what ``stream`` finds, some at a time."""
        async with aclosing(self._chunks(request, _MOST_AT_ONCE, _source=False)) as chunks:
            async for chunk in chunks:
                yield [one.id for one in chunk]

    async def _chunks(self, request: SearchRequest, size: int, **asked: Any) -> AsyncGenerator[list[_Found]]:
        """All that is found, in its order, as of the start; ``asked`` are further parts of the server's request."""
        planned = plan(request, query_of(request.query))
        point = await self._server.open_point(request.kind)
        last: tuple[Any, ...] = ()
        try:
            while point is not None:
                found = _found(await self._server.search_at(point, _plain(request, planned, last, size) | asked))
                yield found
                if len(found) < size:
                    break
                last = found[-1].key
        except PointGone:
            raise StoreUnavailable("OpenSearch has lost the search's point in time; start again") from None
        finally:
            if point is not None:
                await self._server.close_points((point,))

    async def terms_near(self, kind: Kind, word: str) -> Mapping[str, int]:
        """Terms that the word may be a misspelling of, and about how many documents have each."""
        return terms_told(word, await self._server.search(kind, asking_for_terms(kind, word)))

    async def counts(self) -> Mapping[Kind, int]:
        """Documents of each kind."""
        return dict(zip(KINDS, await asyncio.gather(*(self._server.count(kind) for kind in KINDS)), strict=True))

    async def catch_up(self) -> None:
        """Return when everything that is durable now is found."""
        await self._server.catch_up()

    async def close(self) -> None:
        """Let go of what the server keeps for this reader, and close the connections."""
        await self._server.close_points(self._points.all())
        await self._server.close()

    async def _first(self, request: SearchRequest, query: Query, planned: Plan) -> SearchPage:
        """The first page takes one request; what later ones need is made for those who ask for them."""
        limit = max(request.limit, 0)
        told = await self._server.search(request.kind, _body(request, planned, size=min(limit + 1, _MOST_AT_ONCE)))
        found = _found(told)
        bound = int(told.get("aggregations", {}).get("latest", {}).get("value") or 0)
        moves = request.sort == "outlets" or (request.sort == "relevance" and planned.ranks)
        if len(found) == _MOST_AT_ONCE <= limit:
            so_far = Cursor(bound, shown=_ids(found)) if moves else Cursor(bound, found[-1].key)
            rest, frozen = await self._more(request, planned, so_far, limit - len(found))
            found += rest
            await self._let_go(frozen)
        ended = Cursor(bound, shown=_ids(found[:limit])) if moves else Cursor(bound, _last(request, found))
        return _page(request, query, told, found, ended)

    async def _point(self, kind: Kind) -> str:
        """A point in time to page over; without one (there is no store, or too many are open) pages go by sort key."""
        try:
            point = await self._server.open_point(kind)
        except StoreUnavailable:
            return ""
        if point is None:
            return ""
        gone = self._points.keep(point)
        await self._server.close_points((gone,) if gone else ())
        return point

    async def _let_go(self, point: str) -> None:
        """Nobody pages on over the point in time."""
        if point:
            self._points.forget(point)
            await self._server.close_points((point,))

    async def _more(
        self, request: SearchRequest, planned: Plan, cursor: Cursor, limit: int | None = None
    ) -> tuple[list[_Found], str]:
        """Up to one document more than asked for after the cursor, and the point in time that is still there."""
        wanted = (max(request.limit, 0) if limit is None else limit) + 1
        found: list[_Found] = []
        last, frozen = cursor.last, await self._point(request.kind) if cursor.begins else cursor.frozen
        while len(found) < wanted:
            body = _since(_plain(request, planned, last, min(wanted - len(found), _MOST_AT_ONCE)), cursor)
            try:
                some = _found(await self._asked(request.kind, body, frozen))
            except PointGone:
                self._points.forget(frozen)
                frozen = ""
                continue
            found += await self._as_now(request.kind, some) if frozen else some
            if len(some) < body["size"]:
                break
            last = some[-1].key
        return found, frozen

    async def _asked(self, kind: Kind, body: Clause, point: str) -> Clause:
        return await (self._server.search_at(point, body) if point else self._server.search(kind, body))

    async def _as_now(self, kind: Kind, frozen: Sequence[_Found]) -> list[_Found]:
        """The documents as they are by now, without those that were deleted since the point in time."""
        now = dict(await self._server.get(kind, [one.id for one in frozen], body=False))
        return [_Found(one.id, one.score, one.key, now[one.id]) for one in frozen if one.id in now]


def _body(request: SearchRequest, planned: Plan, *, size: int) -> Clause:
    """A search with its total and its facets, some of which stand under other filters than the hits."""
    aside = set_aside(request, planned)
    body = _plain(request, planned, (), size)
    body["query"] = {"bool": {"must": [planned.query], "filter": planned.filtered(without=aside)}}
    if aside:
        body["post_filter"] = {"bool": {"filter": list(aside.values())}}
    body["track_total_hits"] = True
    body["aggs"] = aggregations(request, aside)
    if size:
        body["aggs"]["latest"] = {"max": {"field": "arrival"}}
    return body


def _plain(request: SearchRequest, planned: Plan, last: tuple[Any, ...], size: int) -> Clause:
    """Hits in the request's order after the sort key ``last``, nothing else."""
    body: Clause = {
        "query": {"bool": {"must": [planned.query], "filter": planned.filtered()}},
        "size": size,
        "sort": list(ORDERS["newest" if request.sort == "relevance" and not planned.ranks else request.sort]),
        "track_total_hits": False,
        "track_scores": planned.ranks,
    }
    return body | {"search_after": list(last)} if last else body


def _since(body: Clause, cursor: Cursor) -> Clause:
    """Of those that were there at the first page, without those that it has shown where its order is not gone on with."""
    there = {"range": {"arrival": {"lte": cursor.bound}}}
    shown = [{"ids": {"values": list(cursor.shown)}}] if cursor.shown else []
    return body | {"query": {"bool": {"must": [body["query"]], "filter": [there], "must_not": shown}}}


def _found(answer: Mapping[str, Any]) -> list[_Found]:
    return [
        _Found(hit["_id"], hit["_score"] or 0.0, tuple(hit["sort"]), hit.get("_source", {}))
        for hit in answer["hits"]["hits"]
    ]


def _last(request: SearchRequest, found: Sequence[_Found]) -> tuple[Any, ...]:
    """The sort key of the page's last document."""
    shown = found[: max(request.limit, 0)]
    return shown[-1].key if shown else ()


def _ids(found: Iterable[_Found]) -> tuple[str, ...]:
    return tuple(one.id for one in found)


def _page(
    request: SearchRequest, query: Query, told: Mapping[str, Any], found: Sequence[_Found], ended: Cursor
) -> SearchPage:
    limit = max(request.limit, 0)
    shown = found[:limit]
    sought = needles(query, request.kind) if request.highlight else ()
    hits = [
        Hit(one.id, request.kind, one.document, one.score, highlights(request.kind, one.document, sought))
        for one in shown
    ]
    more = limit > 0 and len(found) > limit
    return SearchPage(
        total=told["hits"]["total"]["value"],
        hits=tuple(hits),
        facets=counted(request, told.get("aggregations", {})),
        next_cursor=encode(ended, request) if more else None,
        timeline=rolled(counted_days(told.get("aggregations", {})), request.timeline) if request.timeline else None,
    )
