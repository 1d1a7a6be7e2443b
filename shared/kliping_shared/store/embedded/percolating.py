"""Which searches find a document that was just written: the searches themselves, run on these documents alone."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import orjson

from kliping_shared.errors import QueryError
from kliping_shared.store.checking import log, understood
from kliping_shared.store.documents import Kind
from kliping_shared.store.embedded.compiling import Plan, plan
from kliping_shared.store.embedded.connection import check_sqlite, store_errors
from kliping_shared.store.embedded.pool import ReadPool
from kliping_shared.store.embedded.schema import KIND_NUMBER
from kliping_shared.store.embedded.searching import documents
from kliping_shared.store.ports import Ids, Match, SearchRequest

#: A batch's documents and some hundred searches take some hundred milliseconds; who takes longer is stuck.
_SECONDS: Final = 60.0


class EmbeddedPercolator:
    """``Percolator`` on SQLite. The file is opened when it is first needed."""

    def __init__(self, path: Path) -> None:
        """Raises SettingsError (no FTS5)."""
        check_sqlite()
        self._path = path
        self._pool = ReadPool(path, seconds=_SECONDS)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-percolator")

    async def matching(
        self, searches: Sequence[SearchRequest], changed: Ids, claims_of: Collection[str]
    ) -> list[Match]:
        """Which of these documents each search finds, all from one state of the store."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._matching, searches, changed, claims_of)

    async def close(self) -> None:
        """Release the file."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._pool.close)
        self._thread.shutdown(wait=False)

    def _matching(self, searches: Sequence[SearchRequest], changed: Ids, claims_of: Collection[str]) -> list[Match]:
        planned = understood(searches, plan)
        with self._pool.snapshot() as connection:
            if connection is None:
                return []
            kinds = {one.kind for _, one in planned}
            docs = {kind: _docs(connection, kind, changed.get(kind, ()), claims_of) for kind in kinds}
            return [match for place, one in planned for match in self._found(connection, place, one, docs[one.kind])]

    def _found(self, connection: sqlite3.Connection, place: int, planned: Plan, docs: Sequence[int]) -> list[Match]:
        try:
            with store_errors(self._path):
                return list(_found(connection, place, planned, docs))
        except QueryError as error:  # too deep for SQLite: no document is to blame for it
            log.warning("a stored search cannot be run", reason=error.message)
            return []


def _docs(connection: sqlite3.Connection, kind: Kind, ids: Collection[str], claims_of: Collection[str]) -> list[int]:
    """Numbers of the documents, sorted."""
    number = KIND_NUMBER[kind]
    sql = "SELECT d.doc FROM json_each(?) j CROSS JOIN docs d ON d.kind = ? AND d.id = j.value"
    found = {doc for (doc,) in connection.execute(sql, (_json(ids), number))}
    if kind == "claims":
        sql = "SELECT d.doc FROM json_each(?) j CROSS JOIN docs d ON d.article_id = j.value WHERE d.kind = ?"
        found |= {doc for (doc,) in connection.execute(sql, (_json(claims_of), number))}
    return sorted(found)


def _found(connection: sqlite3.Connection, place: int, planned: Plan, docs: Sequence[int]) -> Iterator[Match]:
    if not docs:
        return
    conditions = [planned.base, planned.days, *(one.has for one in planned.filters.values())]
    sql = " AND ".join(condition.sql for condition in conditions)
    parameters: list[object] = [value for condition in conditions for value in condition.parameters]
    if planned.words is not None:
        # New documents are the last ones: of a word's documents SQLite looks at few.
        words = f"words_{planned.kind}"
        sql += f" AND d.doc IN (SELECT rowid FROM {words} WHERE {words} MATCH ? AND rowid BETWEEN ? AND ?)"  # noqa: S608
        parameters += [planned.words, docs[0], docs[-1]]
    rows = connection.execute(
        f"SELECT d.doc FROM docs d WHERE d.doc IN (SELECT value FROM json_each(?)) AND d.live = 1 AND {sql}",  # noqa: S608
        (_json(docs), *parameters),
    )
    for name, document in documents(connection, planned.kind, [doc for (doc,) in rows]):
        yield Match(place, planned.kind, name, document)


def _json(values: Collection[str] | Collection[int]) -> str:
    return orjson.dumps(list(values)).decode()
