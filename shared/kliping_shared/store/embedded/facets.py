"""Counting values: each facet under the query and all *other* filters, so that further values can be chosen."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nlargest, nsmallest
from typing import Final

import orjson

from kliping_shared.store.embedded.compiling import Condition, Plan
from kliping_shared.store.embedded.schema import FIELD_NUMBER, FIELDS_AT_MOST
from kliping_shared.store.ports import FacetValue, SearchRequest

#: Documents whose values are counted at once.
_CHUNK: Final = 20_000

Counted = dict[str, tuple[FacetValue, ...]]


def count(connection: sqlite3.Connection, request: SearchRequest, plan: Plan) -> Counted:
    """The facets of the request; the table ``found`` holds what the query finds without filters."""
    filtered = [name for name in request.facets if name in plan.filters]
    counted: Counted = {}
    for names in ([name for name in request.facets if name not in filtered], *([name] for name in filtered)):
        if names:
            counted |= _count(connection, request, plan, names)
    return {name: counted[name] for name in request.facets}


def _count(connection: sqlite3.Connection, request: SearchRequest, plan: Plan, names: Sequence[str]) -> Counted:
    """Count facets that are under the same filters."""
    others = [condition for other, condition in plan.filters.items() if other != names[0]]
    by_field: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for value, n in _numbers(connection, others).items():
        by_field[value % FIELDS_AT_MOST].append((n, value))
    most = {name: _most(by_field[FIELD_NUMBER[name]], request.facet_size) for name in names}
    texts = _texts(connection, [value for pairs in most.values() for _, value in pairs])
    return {
        name: tuple(
            FacetValue(text, -n)
            for n, text in nsmallest(request.facet_size, [(-n, texts[value]) for n, value in pairs])
        )
        for name, pairs in most.items()
    }


def _numbers(connection: sqlite3.Connection, conditions: Sequence[Condition]) -> Counter[int]:
    """How many of the found documents have each value. Numbers are counted in bulk: some 2 µs for a document's."""
    counted: Counter[int] = Counter()
    where = "".join(f" AND {condition.sql}" for condition in conditions)
    sql = (
        "SELECT group_concat(c.vals), max(c.doc) FROM (SELECT s.doc AS doc, d.vals AS vals FROM temp.found s"  # noqa: S608
        f" CROSS JOIN docs d ON d.doc = s.doc WHERE s.doc > ?{where} ORDER BY s.doc LIMIT ?) c"
    )
    parameters = [value for condition in conditions for value in condition.parameters]
    last: int | None = -1
    while last is not None:
        vals, last = connection.execute(sql, (last, *parameters, _CHUNK)).fetchone()
        counted.update(orjson.loads(f"[{vals or ''}]"))
    return counted


def _most(pairs: Sequence[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """The pairs of the ``size`` largest counts; more where the last of them is that of several values."""
    largest = nlargest(size, [n for n, _ in pairs])
    return [(n, value) for n, value in pairs if n >= largest[-1]] if largest else []


def _texts(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, str]:
    sql = "SELECT v.val, v.value FROM json_each(?) j CROSS JOIN vals v ON v.val = j.value"
    return dict(connection.execute(sql, (orjson.dumps(numbers).decode(),)))
