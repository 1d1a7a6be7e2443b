"""Counting values: each facet under the query and all *other* filters, so that further values can be chosen."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from heapq import nsmallest

from kliping_shared.store.embedded.compiling import Condition, Plan
from kliping_shared.store.embedded.schema import FIELD_NAMES, FIELD_NUMBER, KIND_NUMBER
from kliping_shared.store.ports import FacetValue, SearchRequest

#: Up to so many found documents, the values of each are looked up, for all facets at once (some 10 µs a document);
#: above, each facet's own table is walked through (some 1 µs a value, of all documents).
_FEW = 5_000

Counted = dict[str, tuple[FacetValue, ...]]


def count(connection: sqlite3.Connection, request: SearchRequest, plan: Plan, found: int) -> Counted:
    """The facets of the request; the table ``found`` holds what the query finds without filters (``found`` rows)."""
    if found > _FEW or plan.finds_all:
        counted = {name: _walk(connection, request, plan, name) for name in request.facets}
    else:
        counted = {}
        filtered = [name for name in request.facets if name in plan.filters]
        for names in ([name for name in request.facets if name not in filtered], *([name] for name in filtered)):
            counted |= _look_up(connection, request, plan, names)
    return {name: counted.get(name, ()) for name in request.facets}


def _others(plan: Plan, name: str) -> list[Condition]:
    return [condition for other, condition in plan.filters.items() if other != name]


def _walk(connection: sqlite3.Connection, request: SearchRequest, plan: Plan, name: str) -> tuple[FacetValue, ...]:
    """Count one facet by all its values."""
    others = _others(plan, name)
    joined = "facets f"
    if others or not plan.finds_all:
        joined += " CROSS JOIN temp.found s ON s.doc = f.doc"
    if others:
        joined += " CROSS JOIN docs d ON d.doc = f.doc"
    conditions = "".join(f" AND {condition.sql}" for condition in others)
    sql = (
        f"SELECT v.value, c.n FROM (SELECT f.val AS val, count(*) AS n FROM {joined}"  # noqa: S608
        f" WHERE f.kind = ? AND f.name = ?{conditions} GROUP BY f.val) c"
        " JOIN vals v ON v.val = c.val ORDER BY c.n DESC, v.value LIMIT ?"
    )
    parameters = [value for condition in others for value in condition.parameters]
    numbers = (KIND_NUMBER[request.kind], FIELD_NUMBER[name])
    rows = connection.execute(sql, (*numbers, *parameters, request.facet_size))
    return tuple(FacetValue(value, n) for value, n in rows)


def _look_up(connection: sqlite3.Connection, request: SearchRequest, plan: Plan, names: Sequence[str]) -> Counted:
    """Count facets that are under the same filters, by the found documents."""
    if not names:
        return {}
    others = _others(plan, names[0])
    conditions = "".join(f" AND {condition.sql}" for condition in others)
    sql = (
        "SELECT v.name, v.value, c.n FROM (SELECT f.val AS val, count(*) AS n FROM temp.found s"  # noqa: S608
        " CROSS JOIN docs d ON d.doc = s.doc CROSS JOIN facets f ON f.doc = d.doc"
        f" WHERE f.name IN ({', '.join(str(FIELD_NUMBER[name]) for name in names)}){conditions}"
        " GROUP BY f.val) c JOIN vals v ON v.val = c.val"
    )
    found: dict[str, list[tuple[int, str]]] = {}
    parameters = [value for condition in others for value in condition.parameters]
    for number, value, n in connection.execute(sql, parameters):
        found.setdefault(FIELD_NAMES[number - 1], []).append((-n, value))
    return {
        name: tuple(FacetValue(value, -n) for n, value in nsmallest(request.facet_size, pairs))
        for name, pairs in found.items()
    }
