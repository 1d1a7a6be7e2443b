"""Counting values: each facet under the query and all *other* filters, so that further values can be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kliping_shared.store.opensearch.compiling import Clause, Plan
from kliping_shared.store.ports import FacetValue, SearchRequest
from kliping_shared.store.values import begun, folded

#: Numbers and days are counted all where they are put in order here: by name as texts, which the server does not know,
#: or because the server cannot look into them.
_NUMBERS: Final = ("outlet_count", "origin_count")
_DAYS: Final = ("published_on",)
_ALL: Final = 10_000
#: The aggregations that count days, and what stands under all filters; no facet is called so.
_TIMELINE: Final = "timeline"
_TOGETHER: Final = "together"
_BY_DAY: Final[Clause] = {
    "date_histogram": {"field": "published_on", "calendar_interval": "day", "format": "yyyy-MM-dd", "min_doc_count": 1}
}
_ORDER: Final = [{"_count": "desc"}, {"_key": "asc"}]

Counted = dict[str, tuple[FacetValue, ...]]


def set_aside(request: SearchRequest, plan: Plan) -> dict[str, Clause]:
    """The filters on facets that are counted. Those facets stand under all others, so these are no part of the query."""
    return {name: clause for name, clause in plan.filters.items() if name in request.facets}


def aggregations(request: SearchRequest, aside: Mapping[str, Clause]) -> Clause:
    """What to count, under the filters that were set aside, each facet without those on itself.

    What stands under the same filters is counted together: the server looks at each document once for it.
    """
    counts = {name: _terms(request, name) for name in request.facets if request.facet_size > 0}
    if request.timeline is not None:
        counts[_TIMELINE] = _BY_DAY
    asked: Clause = {}
    for name in aside:
        if name in counts:
            others = [clause for other, clause in aside.items() if other != name]
            asked |= _under(others, name, {name: counts.pop(name)})
    return asked | _under(list(aside.values()), _TOGETHER, counts)


def _under(clauses: list[Clause], key: str, counts: Clause) -> Clause:
    return {key: {"filter": {"bool": {"filter": clauses}}, "aggs": counts}} if clauses and counts else counts


def _terms(request: SearchRequest, name: str) -> Clause:
    terms: Clause = {"field": name, "size": _size(request, name), "order": _ORDER}
    if request.facet_words and name not in _NUMBERS and name not in _DAYS:
        terms["include"] = _looks_like(request.facet_words)
    return {"terms": terms}


def _size(request: SearchRequest, name: str) -> int:
    """What has to be told so that the wanted values are among it; an empty text may be one."""
    if name in _NUMBERS or request.facet_words:
        return _ALL
    return min(request.facet_offset + request.facet_size + 1, _ALL)


def _looks_like(words: str) -> str:
    """A regular expression for values that may have these words: what is no plain letter or digit may stand for any."""
    letters = [
        f"[{letter}{letter.upper()}\u0080-\U0010ffff]" if letter.isascii() else "."
        for letter in folded(words)
        if letter.isalnum()
    ]
    return f".*{'[^a-zA-Z0-9]*'.join(letters)}.*"


def counted_days(found: Mapping[str, Any]) -> dict[str, int]:
    """How many documents there are of each day, from the answer's aggregations."""
    buckets = _flat(found).get(_TIMELINE, {}).get("buckets", ())
    return {bucket["key_as_string"]: bucket["doc_count"] for bucket in buckets}


def counted(request: SearchRequest, found: Mapping[str, Any]) -> Counted:
    """The facets from the answer's aggregations."""
    told = _flat(found)
    return {name: _values(request, told.get(name)) for name in request.facets}


def _flat(found: Mapping[str, Any]) -> dict[str, Any]:
    """The counts by name, whatever filters they stand under."""
    flat: dict[str, Any] = {}
    for name, told in found.items():
        flat |= {name: told} if "buckets" in told else {of: more for of, more in told.items() if isinstance(more, dict)}
    return flat


def _values(request: SearchRequest, found: Mapping[str, Any] | None) -> tuple[FacetValue, ...]:
    if found is None:
        return ()
    pairs = [(bucket.get("key_as_string", str(bucket["key"])), bucket["doc_count"]) for bucket in found["buckets"]]
    pairs = [(value, count) for value, count in pairs if value]  # an empty text is no value
    if request.facet_words:
        wanted = begun(request.facet_words)
        pairs = [(value, count) for value, count in pairs if wanted in f" {folded(value)} "]
    pairs.sort(key=lambda pair: (-pair[1], pair[0]))
    shown = pairs[request.facet_offset : request.facet_offset + request.facet_size]
    return tuple(FacetValue(value, count) for value, count in shown)
