"""Reading the embedded store, from any number of tasks, while it is written."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, Final, Generic, TypeVar

import orjson

from kliping_shared.query import query_of
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.embedded.compiling import plan
from kliping_shared.store.embedded.connection import check_sqlite
from kliping_shared.store.embedded.packing import unpacked, unpacked_body
from kliping_shared.store.embedded.paging import decode
from kliping_shared.store.embedded.patching import patches_of
from kliping_shared.store.embedded.pool import ReadPool
from kliping_shared.store.embedded.schema import KIND_NUMBER
from kliping_shared.store.embedded.searching import FrozenOrders, documents, find, ordered, search
from kliping_shared.store.embedded.totals import sized
from kliping_shared.store.embedded.vocabulary import terms_near
from kliping_shared.store.ports import SearchPage, SearchRequest, StoreReader
from kliping_shared.store.timeline import rolled

#: A search that takes longer is given up; searches of 100,000 articles take some ten milliseconds.
SEARCH_SECONDS: Final = 10.0
_THREADS: Final = 4
_CHUNK: Final = 200

T = TypeVar("T")
#: What is told of documents, by their numbers.
Told = Callable[[sqlite3.Connection, Kind, Iterable[int]], Iterator[T]]


class EmbeddedReader(StoreReader):
    """``StoreReader`` on SQLite. Every call sees one state of the store; a store that is not there yet is empty."""

    def __init__(self, path: Path, *, seconds: float = SEARCH_SECONDS) -> None:
        """Raises SettingsError (no FTS5). The file is opened when it is first needed."""
        check_sqlite()
        self._pool = ReadPool(path, seconds=seconds)
        self._threads = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="store-reader")
        self._frozen = FrozenOrders()

    async def search(self, request: SearchRequest) -> SearchPage:
        """One page. Raises QueryError (bad syntax, unknown field, bad cursor), StoreUnavailable."""
        return await self._run(lambda: self._search(request))

    async def get(self, kind: Kind, id: str) -> Mapping[str, Any] | None:
        """The whole document, None when there is none."""
        found = await self.get_many(kind, (id,))
        return found[0] if found else None

    async def get_many(self, kind: Kind, ids: Sequence[str], *, body: bool = True) -> list[Mapping[str, Any]]:
        """Those documents that exist, in the order of ``ids``, each once."""
        return await self._run(lambda: self._get_many(kind, ids, body))

    async def stream(self, request: SearchRequest) -> AsyncIterator[Mapping[str, Any]]:
        """Every found document (without body) in the request's order, as of the start."""
        async with aclosing(self._chunks(request, _documents)) as chunks:
            async for chunk in chunks:
                for document in chunk:
                    yield document

    def ids(self, request: SearchRequest) -> AsyncIterator[Sequence[str]]:
        """The ids of what ``stream`` finds, some at a time."""
        return self._chunks(request, _ids)

    async def terms_near(self, kind: Kind, word: str) -> Mapping[str, int]:
        """Terms that the word may be a misspelling of, and how many documents have each."""
        return await self._run(lambda: self._terms_near(kind, word))

    async def counts(self) -> Mapping[Kind, int]:
        """Documents of each kind."""
        return await self._run(self._counts)

    async def catch_up(self) -> None:
        """Nothing to wait for: what is durable is found."""

    async def close(self) -> None:
        """Release the file."""
        await self._run(self._pool.close)
        self._threads.shutdown(wait=False)

    async def _chunks(self, request: SearchRequest, told: Told[T]) -> AsyncGenerator[Sequence[T]]:
        rows = _Streamed(self._pool, request, told)
        try:
            while chunk := await self._run(rows.chunk):
                yield chunk
        finally:
            await self._run(rows.close)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _search(self, request: SearchRequest) -> SearchPage:
        query = query_of(request.query)
        with self._pool.snapshot() as connection:
            if connection is not None:
                return search(connection, request, query, self._frozen)
        plan(request, query)
        if request.cursor:
            decode(request.cursor, request)
        empty = rolled({}, request.timeline) if request.timeline else None
        return SearchPage(total=0, hits=(), facets=dict.fromkeys(request.facets, ()), timeline=empty)

    def _get_many(self, kind: Kind, ids: Sequence[str], body: bool) -> list[Mapping[str, Any]]:
        with self._pool.snapshot() as connection:
            if connection is None:
                return []
            found = (_kept(connection, kind, name, body) for name in dict.fromkeys(ids))
            return [document for document in found if document is not None]

    def _terms_near(self, kind: Kind, word: str) -> Mapping[str, int]:
        with self._pool.snapshot() as connection:
            return {} if connection is None else terms_near(connection, kind, word)

    def _counts(self) -> Mapping[Kind, int]:
        with self._pool.snapshot() as connection:
            rows = [] if connection is None else connection.execute(
                "SELECT kind, count(*) FROM docs WHERE live = 1 GROUP BY kind"
            ).fetchall()  # fmt: skip
        counted = dict(rows)
        return {kind: counted.get(KIND_NUMBER[kind], 0) for kind in KINDS}


def _kept(connection: sqlite3.Connection, kind: Kind, id: str, body: bool) -> Mapping[str, Any] | None:
    row = connection.execute(
        "SELECT d.article_id, s.document, iif(?, s.body, NULL) FROM docs d JOIN contents s USING (doc)"
        " WHERE d.kind = ? AND d.id = ? AND d.live = 1",
        (body, KIND_NUMBER[kind], id),
    ).fetchone()
    if row is None:
        return None
    source = unpacked(row[1])
    document: dict[str, Any] = orjson.loads(source) | patches_of(connection, KIND_NUMBER[kind], id, row[0])
    if row[2] is not None:
        document["body"] = orjson.loads(unpacked_body(row[2], source))
    return document


def _documents(connection: sqlite3.Connection, kind: Kind, docs: Iterable[int]) -> Iterator[Mapping[str, Any]]:
    return (document for _, document in documents(connection, kind, docs))


def _ids(connection: sqlite3.Connection, _: Kind, docs: Iterable[int]) -> Iterator[str]:
    return (connection.execute("SELECT id FROM docs WHERE doc = ?", (doc,)).fetchone()[0] for doc in docs)


class _Streamed(Generic[T]):
    """What is told of a search's documents, chunk by chunk, all from one state of the store.

    Who waits for a chunk may be gone before it is there: then it is made all the same, and ``close`` waits for it.
    """

    def __init__(self, pool: ReadPool, request: SearchRequest, told: Told[T]) -> None:
        self._request = request
        self._told = told
        self._query = query_of(request.query)
        self._planned = plan(request, self._query)
        self._snapshot = pool.snapshot(bounded=False)
        self._rows: Iterator[T] | None = None
        self._lock = Lock()

    def chunk(self) -> list[T]:
        """What is told of the next documents; nothing at the end."""
        with self._lock:
            if self._rows is None:
                connection = self._snapshot.__enter__()
                self._rows = iter(()) if connection is None else self._found(connection)
            return list(islice(self._rows, _CHUNK))

    def close(self) -> None:
        """Let go of the store's state."""
        with self._lock:
            if self._rows is not None:
                self._snapshot.__exit__(None, None, None)

    def _found(self, connection: sqlite3.Connection) -> Iterator[T]:
        connection.execute("DELETE FROM temp.found")
        planned = find(connection, self._request, sized(connection, self._planned))
        return self._told(connection, self._request.kind, ordered(connection, self._request, planned))
