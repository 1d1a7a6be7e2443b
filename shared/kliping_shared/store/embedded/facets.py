"""Counting values: each facet under the query and all *other* filters, so that further values can be chosen."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nlargest, nsmallest
from typing import Final

import orjson

from kliping_shared.store.embedded.compiling import Plan
from kliping_shared.store.embedded.schema import FIELD_NUMBER, FIELDS_AT_MOST, KIND_NUMBER
from kliping_shared.store.embedded.totals import looked_at
from kliping_shared.store.ports import FacetValue, SearchRequest
from kliping_shared.store.values import begun

#: Documents whose values are counted at once.
_CHUNK: Final = 20_000

Counted = dict[str, tuple[FacetValue, ...]]
#: A count and the number of the value that has it.
Pair = tuple[int, int]


def count(connection: sqlite3.Connection, request: SearchRequest, plan: Plan) -> Counted:
    """The facets of the request; the table ``found`` holds what the query finds without filters."""
    filtered = [name for name in request.facets if name in plan.filters]
    counted: Counted = {}
    for names in ([name for name in request.facets if name not in filtered], *([name] for name in filtered)):
        if names and is_within(connection, request, plan, names[0]):
            counted |= _count(connection, request, plan, names)
    return {name: counted[name] for name in request.facets if name in counted}


def is_within(connection: sqlite3.Connection, request: SearchRequest, plan: Plan, without: str | None = None) -> bool:
    """Whether counting takes no more documents than the request allows."""
    return request.count_within is None or looked_at(connection, plan, without) <= request.count_within


def _count(connection: sqlite3.Connection, request: SearchRequest, plan: Plan, names: Sequence[str]) -> Counted:
    """Count facets that are under the same filters."""
    if plan.is_everything(without=names[0]):
        by_name = {name: _kept(connection, request, name) for name in names}
    else:
        by_name = _by_name(connection, plan, names)
    if request.facet_words:
        by_name = {name: _with_words(connection, request, name, pairs) for name, pairs in by_name.items()}
    wanted = request.facet_offset + request.facet_size
    most = {name: _most(pairs, wanted) for name, pairs in by_name.items()}
    texts = _texts(connection, [value for pairs in most.values() for _, value in pairs])
    return {name: _shown(request, [(-n, texts[value]) for n, value in pairs]) for name, pairs in most.items()}


def _shown(request: SearchRequest, pairs: Sequence[tuple[int, str]]) -> tuple[FacetValue, ...]:
    first = nsmallest(request.facet_offset + request.facet_size, pairs)
    return tuple(FacetValue(text, -n) for n, text in first[request.facet_offset :])


def _kept(connection: sqlite3.Connection, request: SearchRequest, name: str) -> Sequence[Pair]:
    """What all documents of the kind have, which is kept: the most frequent values, all that are as frequent as the
    last of them, or, where some are looked for, all.
    """
    of_field = "FROM value_counts WHERE kind = ? AND field = ?"
    parameters: list[object] = [KIND_NUMBER[request.kind], FIELD_NUMBER[name]]
    if not request.facet_words:
        wanted = max(request.facet_offset + request.facet_size, 1)
        of_field += f" AND n >= ifnull((SELECT n {of_field} ORDER BY n DESC LIMIT 1 OFFSET ?), 1)"
        parameters += [*parameters, wanted - 1]
    return connection.execute(f"SELECT n, val {of_field}", parameters).fetchall()


def _by_name(connection: sqlite3.Connection, plan: Plan, names: Sequence[str]) -> dict[str, Sequence[Pair]]:
    by_field: dict[int, list[Pair]] = defaultdict(list)
    for value, n in _numbers(connection, plan, names[0]).items():
        by_field[value % FIELDS_AT_MOST].append((n, value))
    return {name: by_field[FIELD_NUMBER[name]] for name in names}


def _numbers(connection: sqlite3.Connection, plan: Plan, without: str) -> Counter[int]:
    """How many of the found documents have each value. Numbers are counted in bulk: some 2 µs for a document's."""
    counted: Counter[int] = Counter()
    rows = plan.rows(without=without)
    found = connection.execute(f"SELECT d.vals {rows.sql}", rows.parameters)
    while some := found.fetchmany(_CHUNK):
        counted.update(orjson.loads(f"[{','.join(vals for (vals,) in some if vals)}]"))
    return counted


def _with_words(
    connection: sqlite3.Connection, request: SearchRequest, name: str, pairs: Sequence[Pair]
) -> Sequence[Pair]:
    """Those whose values have the wanted words."""
    sql = "SELECT val FROM vals WHERE name = ? AND instr(folded, ?) > 0"
    wanted = {val for (val,) in connection.execute(sql, (FIELD_NUMBER[name], begun(request.facet_words)))}
    return [(n, value) for n, value in pairs if value in wanted]


def _most(pairs: Sequence[Pair], size: int) -> Sequence[Pair]:
    """The pairs of the ``size`` largest counts; more where the last of them is that of several values."""
    largest = nlargest(size, [n for n, _ in pairs])
    return [(n, value) for n, value in pairs if n >= largest[-1]] if largest else []


def _texts(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, str]:
    sql = "SELECT v.val, v.value FROM json_each(?) j CROSS JOIN vals v ON v.val = j.value"
    return dict(connection.execute(sql, (orjson.dumps(numbers).decode(),)))
