"""Counting values: each facet under the query and all *other* filters, so that further values can be chosen."""

from __future__ import annotations

import sqlite3

from kliping_shared.store.embedded.compiling import Plan
from kliping_shared.store.embedded.schema import FIELD_NUMBER, KIND_NUMBER
from kliping_shared.store.ports import FacetValue, SearchRequest

#: Up to so many found documents their values are looked up one by one; above, the values' own table is walked through.
_FEW = 20_000


def count(
    connection: sqlite3.Connection, request: SearchRequest, plan: Plan, found: int
) -> dict[str, tuple[FacetValue, ...]]:
    """The facets of the request; the table ``found`` holds what the query finds without filters (``found`` rows)."""
    return {name: _count(connection, request, plan, name, found) for name in request.facets}


def _count(
    connection: sqlite3.Connection, request: SearchRequest, plan: Plan, name: str, found: int
) -> tuple[FacetValue, ...]:
    others = [condition for other, condition in plan.filters.items() if other != name]
    if plan.finds_all and not others:
        joined = "facets f"
    elif found <= _FEW:
        joined = "temp.found s CROSS JOIN docs d ON d.doc = s.doc CROSS JOIN facets f ON f.doc = d.doc"
    elif others:
        joined = "facets f CROSS JOIN temp.found s ON s.doc = f.doc CROSS JOIN docs d ON d.doc = f.doc"
    else:
        joined = "facets f CROSS JOIN temp.found s ON s.doc = f.doc"
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
