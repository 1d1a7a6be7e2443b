"""Filters on the values of fields: as a list of documents, and as a question to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kliping_shared.store.documents import Kind
from kliping_shared.store.embedded.conditions import Condition, all_of
from kliping_shared.store.embedded.schema import FIELD_NUMBER, KIND_NUMBER
from kliping_shared.store.ports import SearchRequest
from kliping_shared.store.values import folded


@dataclass(frozen=True)
class Filter:
    """What is wanted of a field's values: ``listed`` selects the documents that have them as ``doc``, some perhaps twice,
    ``among`` makes a list of these, ``has`` asks a document, which costs a microsecond and is worth it where few are
    asked. ``most`` and ``fewer`` are rows: how many documents have what is wanted, or what is not wanted, at most, and
    how many values that is of; None for nothing.
    """

    listed: Condition | None
    among: Condition
    has: Condition
    most: Condition | None
    fewer: Condition | None


def filter_of(request: SearchRequest, name: str) -> Filter:
    """What the request wants of a field's values, and what it does not want."""
    kind, wanted_values, unwanted = request.kind, request.filters.get(name), request.excluded.get(name)
    without = []
    if unwanted:
        has_one = _has_one(kind, name, unwanted)
        without.append(Condition(f"NOT {has_one.sql}", has_one.parameters))
    fewer = _most(kind, name, unwanted) if unwanted else None
    if not wanted_values:
        return Filter(None, all_of(without), all_of(without), None, fewer)
    listed, has = _listed(kind, name, wanted_values), _has_one(kind, name, wanted_values)
    among = Condition(f"d.doc IN ({listed.sql})", listed.parameters)
    most = _most(kind, name, wanted_values)
    return Filter(None if without else listed, all_of([among, *without]), all_of([has, *without]), most, fewer)


def _most(kind: Kind, name: str, values: Sequence[str]) -> Condition:
    """How many documents have these values, each value counted by itself, and of how many values that is known: not of ids."""
    counts = (
        "SELECT ifnull(sum(c.n), 0), count(*) FROM vals v CROSS JOIN value_counts c ON c.kind = ? AND c.val = v.val"
    )
    return _of_values(counts, kind, name, values)


def _listed(kind: Kind, name: str, values: Sequence[str]) -> Condition:
    """Documents with one of these values, whole."""
    return _of_values(
        "SELECT f.doc FROM vals v CROSS JOIN facets f ON f.kind = ? AND f.val = v.val", kind, name, values
    )


def _has_one(kind: Kind, name: str, values: Sequence[str]) -> Condition:
    """The same, asked of each document."""
    asked = "SELECT 1 FROM facets f WHERE f.kind = ? AND f.doc = d.doc AND f.val IN (SELECT v.val FROM vals v"
    one = _of_values(asked, kind, name, values)
    return Condition(f"EXISTS ({one.sql}))", one.parameters)


def _of_values(sql: str, kind: Kind, name: str, values: Sequence[str]) -> Condition:
    """What ``sql`` asks of a kind, where ``v`` is one of the field's values, which are kept folded."""
    several = tuple(f" {folded(value)} " for value in values)
    marks = ", ".join("?" * len(several))
    parameters = (KIND_NUMBER[kind], FIELD_NUMBER[name], *several)
    return Condition(f"{sql} WHERE v.name = ? AND v.folded IN ({marks})", parameters)
