"""The first documents of an order, by going through all documents in it: where most are found, few have to be passed."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from kliping_shared.store.embedded.compiling import Plan
from kliping_shared.store.embedded.conditions import Condition, all_of
from kliping_shared.store.embedded.schema import KIND_NUMBER

#: Documents that are passed at most, a microsecond each.
_PASSED: Final = 20_000


@dataclass(frozen=True)
class After:
    """The sort key of the last document of a page, and the largest document number when the first page was made."""

    key: tuple[float | int | str, ...]
    bound: int


def walked(
    connection: sqlite3.Connection,
    planned: Plan,
    order: Sequence[str],
    total: int,
    *,
    least: int,
    most: int,
    after: After | None,
) -> array[int] | None:
    """The first of the ``total`` found documents, ``least`` to ``most``; None where a list of all is made sooner.

    For orders that have an index, which are all but that by relevance. Days would have to be read from the rows.
    """
    least = min(least, total)
    if not least or planned.days.parameters or least * _all(connection, planned) > _worth(planned, total) * total:
        return None
    holding = _holding(connection, planned)
    passing = _passing(planned, order, after)
    docs = array("q")
    for doc, passes in connection.execute(passing.sql, passing.parameters):
        if passes and (holding is None or doc in holding):
            docs.append(doc)
            if len(docs) == most:
                break
    return docs if len(docs) >= least else None


def _worth(planned: Plan, total: int) -> int:
    """How many documents may be passed: as many as else were looked at, which is the shortest list."""
    lists = [*planned.sizes.values(), *([planned.matching] if planned.by_words else [])]
    return min(_PASSED, *(lists or [total]))


def _passing(planned: Plan, order: Sequence[str], after: After | None) -> Condition:
    """Rows (doc, whether it passes all but words), in the order."""
    asked = all_of([planned.base, *(one.has for one in planned.filters.values())])
    rows = [Condition(f"d.kind = {KIND_NUMBER[planned.kind]} AND d.live = 1")]
    if after is not None:
        marks = ", ".join("?" * len(order))
        # The first part is what SQLite finds by the index.
        rows.append(Condition(f"{order[0]} >= ? AND ({', '.join(order)}) > ({marks})", (after.key[0], *after.key)))
        rows.append(Condition("d.doc <= ?", (after.bound,)))
    which = all_of(rows)
    sql = f"SELECT d.doc, {asked.sql} FROM docs d WHERE {which.sql} ORDER BY {', '.join(order)} LIMIT {_PASSED}"  # noqa: S608
    return Condition(sql, (*asked.parameters, *which.parameters))


def _holding(connection: sqlite3.Connection, planned: Plan) -> Container[int] | None:
    """The documents that hold the words, where words are asked for."""
    if planned.words is None:
        return None
    table = f"words_{planned.kind}"
    rows = connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (planned.words,))  # noqa: S608
    return {doc for (doc,) in rows}


def _all(connection: sqlite3.Connection, planned: Plan) -> int:
    sql = "SELECT ifnull(sum(n), 0) FROM day_counts WHERE kind = ?"
    return int(connection.execute(sql, (KIND_NUMBER[planned.kind],)).fetchone()[0])
