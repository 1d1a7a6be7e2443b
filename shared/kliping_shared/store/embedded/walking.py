"""The first documents of an order, by going through all documents in it: where most are found, few have to be passed."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
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
    wanted: int,
    scattered: bool,
    after: After | None,
) -> array[int] | None:
    """The first ``wanted`` of the ``total`` found documents; None where a list of all is made sooner.

    For orders that have an index, which are all but that by relevance. Days would have to be read from the rows. In a
    ``scattered`` order documents of one time, which are numbered together, are far from each other.
    """
    wanted = min(wanted, total)
    if not wanted or planned.days.parameters or wanted * _all(connection, planned) > _worth(planned, total) * total:
        return None
    passing = _passing(planned, order, after)
    rows = connection.execute(passing.sql, passing.parameters)
    docs = array("q")
    # So many will do, mostly. The list of those that hold words is looked into for each portion: where this is all of it, once.
    portion = max(wanted, 2 * wanted * _all(connection, planned) // total)
    if planned.words is not None and scattered:
        portion = _PASSED
    while len(docs) < wanted and (passed := list(islice(rows, portion))):
        docs.extend(_holding(connection, planned, [doc for doc, passes in passed if passes]))
        portion *= 4
    return docs[:wanted] if len(docs) >= wanted else None


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


def _holding(connection: sqlite3.Connection, planned: Plan, docs: Sequence[int]) -> Sequence[int]:
    """Those of the documents that hold the words, where words are asked for; what comes together is numbered together."""
    if planned.words is None or not docs:
        return docs
    table = f"words_{planned.kind}"
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?"  # noqa: S608
    holding = {doc for (doc,) in connection.execute(sql, (planned.words, min(docs), max(docs)))}
    return [doc for doc in docs if doc in holding]


def _all(connection: sqlite3.Connection, planned: Plan) -> int:
    sql = "SELECT ifnull(sum(n), 0) FROM day_counts WHERE kind = ?"
    return int(connection.execute(sql, (KIND_NUMBER[planned.kind],)).fetchone()[0])
