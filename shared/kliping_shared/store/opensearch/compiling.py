"""From a request to OpenSearch's query language: which documents, ranked by what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kliping_shared.analysis import terms
from kliping_shared.query import FIELDS, Alike, And, Everything, Field, Not, Or, Query, abouts, first_day, wanted
from kliping_shared.store.checking import check_field, check_request, checked_day, is_own_id
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import SearchRequest
from kliping_shared.store.searchable import ABOUT_COLUMNS, DEFAULT_COLUMNS, WEIGHTS, Column
from kliping_shared.store.values import filtered_by, folded, names

Clause = dict[str, Any]

#: The indexed fields that hold a column's words.
INDEXED: Final[dict[Kind, dict[Column, tuple[str, ...]]]] = {
    "articles": {"title": ("title",), "text": ("words.text",)},
    "claims": {"title": ("title",), "text": ("text",), "who": ("speaker.stems", "role.stems", "affiliation.stems")},
    "groups": {"text": ("text", "words.text"), "who": ("speaker.stems",)},
    "stories": {"title": ("title",), "text": ("text",), "who": ("person.stems",)},
}
#: Fields that hold numbers: they are compared as such.
_NUMBERS: Final = ("outlet_count", "origin_count")
_ALL: Final[Clause] = {"match_all": {}}
_NONE: Final[Clause] = {"match_none": {}}


@dataclass(frozen=True)
class Plan:
    """What finds the documents of a request: the ``query`` with its days, and a clause for each filter.

    ``ranks``: the query asks for words, so that documents are found with different scores.
    """

    kind: Kind
    query: Clause
    filters: dict[str, Clause]
    ranks: bool

    def filtered(self, without: Collection[str] = ()) -> list[Clause]:
        """The filters' clauses, all or all but some."""
        return [clause for name, clause in self.filters.items() if name not in without]


def plan(request: SearchRequest, query: Query) -> Plan:
    """The plan of a request. Raises QueryError for fields, filters, facets and dates that the kind has not."""
    check_request(request)
    kind = request.kind
    words = any(not isinstance(leaf, Field) or FIELDS[leaf.name].use == "title" for leaf in wanted(query))
    clause, about = _clause(query, kind), () if words else tuple(abouts(query))
    if about:
        clause = _ranked_by_about(clause, about, kind)
    days = _days(request)
    return Plan(
        kind=kind,
        query={"bool": {"must": [clause], "filter": days}} if days else clause,
        filters={name: _under(request, name) for name in filtered_by(request)},
        ranks=words or bool(about),
    )


def _clause(query: Query, kind: Kind) -> Clause:
    if isinstance(query, Everything):
        return _ALL
    if isinstance(query, Not):
        return {"bool": {"must_not": [_clause(query.item, kind)]}}
    if isinstance(query, And):
        return _all_of(query.items, kind)
    if isinstance(query, Or):
        return _any_of([_clause(item, kind) for item in query.items])
    if isinstance(query, Alike):
        return _alike(query, kind)
    if isinstance(query, Field):
        return _field(query, kind)
    return _row(query.text, DEFAULT_COLUMNS[kind], kind)


def _all_of(items: Sequence[Query], kind: Kind) -> Clause:
    """Words rank; what denies, and the values of fields, only find."""
    parts: dict[str, list[Clause]] = {"must": [], "must_not": []}
    for item in items:
        if isinstance(item, Not):
            parts["must_not"].append(_clause(item.item, kind))
        else:
            parts["must"].append(_clause(item, kind))
    return {"bool": {name: clauses for name, clauses in parts.items() if clauses}}


def _any_of(clauses: Sequence[Clause]) -> Clause:
    if not clauses:
        return _NONE
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def _alike(query: Alike, kind: Kind) -> Clause:
    """What was asked, or one of the others for half of what a word counts: in a row each of its words counts."""
    columns = DEFAULT_COLUMNS[kind]
    others = [_row(other.text, columns, kind, 0.5 / len(terms(other.text))) for other in query.others]
    return {"dis_max": {"queries": [_clause(query.asked, kind), *others]}}


def _row(text: str, columns: Sequence[Column], kind: Kind, share: float = 1.0) -> Clause:
    """Words in a row within one of the columns; the column that they count most in is what they count."""
    fields = [(name, WEIGHTS[column] * share) for column in columns for name in INDEXED[kind][column]]
    rows = [{"match_phrase": {name: {"query": text, "boost": weight}}} for name, weight in fields]
    return rows[0] if len(rows) == 1 else {"dis_max": {"queries": rows}}


def _unranked(clause: Clause) -> Clause:
    return {"bool": {"filter": [clause]}}


def _ranked_by_about(clause: Clause, about: Sequence[Field], kind: Kind) -> Clause:
    """What the clause finds, those first in whose text the words of ``about`` count for more."""
    rows = [_row(leaf.value, ABOUT_COLUMNS[kind], kind) for leaf in about]
    return {"bool": {"filter": [clause], "should": rows, "minimum_should_match": 0}}


def _field(query: Field, kind: Kind) -> Clause:
    check_field(query, kind)
    rule = FIELDS[query.name]
    if rule.use == "title":
        return _row(query.value, ("title",), kind)
    if rule.use in ("before", "after"):
        return _unranked({"range": {"published_on": {"lt" if rule.use == "before" else "gte": first_day(query.value)}}})
    if rule.use == "at_least":
        least = int(query.value)
        return _unranked({"range": {rule.documents[0]: {"gte": least}}} if least > 0 else _ALL)
    found: list[Clause] = [
        {"match_phrase": {f"{name}.words": query.value}} for name in rule.documents if name in names(kind)
    ]
    if rule.use == "about":
        found.append(_row(query.value, ABOUT_COLUMNS[kind], kind))
    if is_own_id(query, kind):
        found.append({"term": {"sort.id": query.value}})  # `ids` would find no document that is only percolated
    if is_own_id(query, kind) and kind == "stories":
        found.append(_row(query.value, ("title",), kind))
    return _unranked(_any_of(found))


def _under(request: SearchRequest, name: str) -> Clause:
    """What the request wants of a field's values, and what it does not want."""
    wanted_values, unwanted = request.filters.get(name), request.excluded.get(name)
    return {
        "bool": {
            "filter": [_filter(name, wanted_values)] if wanted_values else [],
            "must_not": [_filter(name, unwanted)] if unwanted else [],
        }
    }


def _filter(name: str, several: Sequence[str]) -> Clause:
    """Documents with one of these values, whole."""
    if name in _NUMBERS:
        numbers = [int(value) for value in map(folded, several) if value.isdecimal() and value == str(int(value))]
        return {"terms": {name: [number for number in numbers if number < 2**31]}}
    return {"terms": {f"{name}.folded": list(several)}}


def _days(request: SearchRequest) -> list[Clause]:
    found: list[Clause] = []
    for day, comparison in ((request.date_from, "gte"), (request.date_to, "lte")):
        if day:
            found.append({"range": {"published_on": {comparison: checked_day(day)}}})
    return found
