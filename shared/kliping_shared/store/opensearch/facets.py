"""Counting values: each facet under the query and all *other* filters, so that further values can be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kliping_shared.store.opensearch.compiling import Plan
from kliping_shared.store.ports import FacetValue, SearchRequest

#: Numbers are counted all, for their order by name is that of texts, which the server does not know.
_NUMBERS: Final = ("outlet_count", "origin_count")
_ALL_NUMBERS: Final = 10_000
_DAYS: Final = ("published_on",)

Counted = dict[str, tuple[FacetValue, ...]]


def aggregations(request: SearchRequest, plan: Plan) -> dict[str, Any]:
    """What to count. Filters are no part of the search's query, so each facet brings those that it stands under."""
    asked: dict[str, Any] = {}
    for name in request.facets:
        if request.facet_size < 1:
            continue
        size = _ALL_NUMBERS if name in _NUMBERS else request.facet_size
        order = [{"_count": "desc"}, {"_key": "asc"}]
        values: dict[str, Any] = {"terms": {"field": name, "size": size, "order": order}}
        if name not in _NUMBERS and name not in _DAYS:
            values["terms"]["exclude"] = [""]  # an empty text is no value
        asked[name] = {"filter": {"bool": {"filter": plan.filtered(without=name)}}, "aggs": {"values": values}}
    return asked


def counted(request: SearchRequest, found: Mapping[str, Any]) -> Counted:
    """The facets from the answer's aggregations."""
    return {name: _values(request, found.get(name)) for name in request.facets}


def _values(request: SearchRequest, found: Mapping[str, Any] | None) -> tuple[FacetValue, ...]:
    if found is None:
        return ()
    pairs = [
        (bucket.get("key_as_string", str(bucket["key"])), bucket["doc_count"]) for bucket in found["values"]["buckets"]
    ]
    pairs.sort(key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetValue(value, count) for value, count in pairs[: request.facet_size])
