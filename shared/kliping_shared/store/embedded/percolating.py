"""Which searches find a document that was just written: the searches themselves, run on these documents alone.

The documents are put into a store of their own, in memory, by what writes the real one. So a search takes some 50 µs
however large the real one is, and finds there what it finds in it.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import orjson

from kliping_shared.errors import QueryError
from kliping_shared.store.checking import Understood, log
from kliping_shared.store.documents import Kind
from kliping_shared.store.embedded.applying import apply_changes
from kliping_shared.store.embedded.compiling import Plan, plan
from kliping_shared.store.embedded.connection import check_sqlite, store_errors
from kliping_shared.store.embedded.numbering import ValueNumbers
from kliping_shared.store.embedded.pool import ReadPool
from kliping_shared.store.embedded.schema import KIND_NUMBER, migrate
from kliping_shared.store.embedded.searching import documents
from kliping_shared.store.ports import Ids, Match, Put, SearchRequest

#: Reading a batch's documents takes some milliseconds; who takes longer is stuck.
_SECONDS: Final = 60.0

#: Documents by kind and id.
Written = Mapping[tuple[Kind, str], Mapping[str, Any]]


class EmbeddedPercolator:
    """``Percolator`` on SQLite. The file is opened when it is first needed."""

    def __init__(self, path: Path) -> None:
        """Raises SettingsError (no FTS5)."""
        check_sqlite()
        self._path = path
        self._understood = Understood(plan)
        self._pool = ReadPool(path, seconds=_SECONDS)
        self._memory: sqlite3.Connection | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-percolator")

    async def matching(
        self, searches: Sequence[SearchRequest], changed: Ids, claims_of: Collection[str]
    ) -> list[Match]:
        """Which of these documents each search finds, all from one state of the store."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._matching, searches, changed, claims_of)

    async def close(self) -> None:
        """Release the file."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown(wait=False)

    def _close(self) -> None:
        self._pool.close()
        if self._memory is not None:
            self._memory.close()

    def _matching(self, searches: Sequence[SearchRequest], changed: Ids, claims_of: Collection[str]) -> list[Match]:
        planned = self._understood.all(searches)
        written = self._written({one.kind for _, one in planned}, changed, claims_of)
        if not written:
            return []
        with store_errors(self._path), self._holding(written) as memory:
            return [match for place, one in planned for match in self._found(memory, place, one, written)]

    def _written(self, kinds: Collection[Kind], changed: Ids, claims_of: Collection[str]) -> Written:
        with self._pool.snapshot() as connection:
            if connection is None:
                return {}
            return {
                (kind, name): document
                for kind in kinds
                for name, document in documents(connection, kind, _docs(connection, kind, changed, claims_of))
            }

    @contextmanager
    def _holding(self, written: Written) -> Iterator[sqlite3.Connection]:
        """A store of these documents, until the end."""
        if self._memory is None:
            self._memory = sqlite3.connect(":memory:", isolation_level=None)
            migrate(self._memory)
        self._memory.execute("BEGIN")
        try:
            puts = [Put(kind, name, 1, document) for (kind, name), document in written.items()]
            apply_changes(self._memory, puts, ValueNumbers())
            yield self._memory
        finally:
            self._memory.execute("ROLLBACK")

    def _found(self, memory: sqlite3.Connection, place: int, planned: Plan, written: Written) -> list[Match]:
        try:
            with store_errors(self._path):
                names = memory.execute(*_asking(planned)).fetchall()
        except QueryError as error:  # too deep for SQLite: no document is to blame for it
            log.warning("a stored search cannot be run", reason=error.message)
            return []
        return [Match(place, planned.kind, name, written[planned.kind, name]) for (name,) in names]


def _docs(connection: sqlite3.Connection, kind: Kind, changed: Ids, claims_of: Collection[str]) -> list[int]:
    """Numbers of those of the documents that are shown, sorted."""
    number = KIND_NUMBER[kind]
    sql = "SELECT d.doc FROM json_each(?) j CROSS JOIN docs d ON d.kind = ? AND d.id = j.value WHERE d.live = 1"
    found = {doc for (doc,) in connection.execute(sql, (_json(changed.get(kind, ())), number))}
    if kind == "claims":
        sql = "SELECT d.doc FROM json_each(?) j CROSS JOIN docs d ON d.article_id = j.value WHERE d.kind = ? AND d.live = 1"
        found |= {doc for (doc,) in connection.execute(sql, (_json(claims_of), number))}
    return sorted(found)


def _asking(planned: Plan) -> tuple[str, list[object]]:
    """What finds the ids of the plan's documents, and its parameters."""
    conditions = [planned.base, planned.days, *(one.has for one in planned.filters.values())]
    sql = " AND ".join(condition.sql for condition in conditions)
    parameters: list[object] = [value for condition in conditions for value in condition.parameters]
    if planned.words is not None:
        words = f"words_{planned.kind}"
        sql += f" AND d.doc IN (SELECT rowid FROM {words} WHERE {words} MATCH ?)"  # noqa: S608
        parameters.append(planned.words)
    return f"SELECT d.id FROM docs d WHERE d.kind = {KIND_NUMBER[planned.kind]} AND d.live = 1 AND {sql}", parameters  # noqa: S608


def _json(values: Collection[str]) -> str:
    return orjson.dumps(list(values)).decode()
