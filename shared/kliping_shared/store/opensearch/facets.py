"""Counting values: each facet under the query and all *other* filters, so that further values can be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kliping_shared.store.opensearch.compiling import Plan
from kliping_shared.store.ports import FacetValue, SearchRequest
from kliping_shared.store.values import begun, folded

#: Numbers and days are counted all where they are put in order here: by name as texts, which the server does not know,
#: or because the server cannot look into them.
_NUMBERS: Final = ("outlet_count", "origin_count")
_DAYS: Final = ("published_on",)
_ALL: Final = 10_000
#: The aggregation that counts days; no facet is called so.
_TIMELINE: Final = "timeline"

Counted = dict[str, tuple[FacetValue, ...]]


def aggregations(request: SearchRequest, plan: Plan) -> dict[str, Any]:
    """What to count. Filters are no part of the search's query, so each facet brings those that it stands under."""
    asked: dict[str, Any] = {}
    for name in request.facets:
        if request.facet_size < 1:
            continue
        values: dict[str, Any] = {"terms": {"field": name, "size": _size(request, name), "order": _ORDER}}
        if name not in _NUMBERS and name not in _DAYS:
            # An empty text is no value.
            some = {"include": _looks_like(request.facet_words)} if request.facet_words else {"exclude": [""]}
            values["terms"] |= some
        asked[name] = {"filter": {"bool": {"filter": plan.filtered(without=name)}}, "aggs": {"values": values}}
    return asked


_ORDER: Final = [{"_count": "desc"}, {"_key": "asc"}]


def _size(request: SearchRequest, name: str) -> int:
    """What has to be told so that the wanted values are among it."""
    if name in _NUMBERS or request.facet_words:
        return _ALL
    return min(request.facet_offset + request.facet_size, _ALL)


def _looks_like(words: str) -> str:
    """A regular expression for values that may have these words: what is no plain letter or digit may stand for any."""
    letters = [
        f"[{letter}{letter.upper()}\u0080-\U0010ffff]" if letter.isascii() else "."
        for letter in folded(words)
        if letter.isalnum()
    ]
    return f".*{'[^a-zA-Z0-9]*'.join(letters)}.*"


def days(request: SearchRequest, plan: Plan) -> dict[str, Any]:
    """What counts the days of all that is found, where a timeline is asked for."""
    if request.timeline is None:
        return {}
    by_day = {"field": "published_on", "calendar_interval": "day", "format": "yyyy-MM-dd", "min_doc_count": 1}
    counting = {"values": {"date_histogram": by_day}}
    return {_TIMELINE: {"filter": {"bool": {"filter": plan.filtered()}}, "aggs": counting}}


def counted_days(found: Mapping[str, Any]) -> dict[str, int]:
    """How many documents there are of each day, from the answer's aggregations."""
    buckets = found.get(_TIMELINE, {}).get("values", {}).get("buckets", ())
    return {bucket["key_as_string"]: bucket["doc_count"] for bucket in buckets}


def counted(request: SearchRequest, found: Mapping[str, Any]) -> Counted:
    """The facets from the answer's aggregations."""
    return {name: _values(request, found.get(name)) for name in request.facets}


def _values(request: SearchRequest, found: Mapping[str, Any] | None) -> tuple[FacetValue, ...]:
    if found is None:
        return ()
    pairs = [
        (bucket.get("key_as_string", str(bucket["key"])), bucket["doc_count"]) for bucket in found["values"]["buckets"]
    ]
    if request.facet_words:
        wanted = begun(request.facet_words)
        pairs = [(value, count) for value, count in pairs if wanted in f" {folded(value)} "]
    pairs.sort(key=lambda pair: (-pair[1], pair[0]))
    shown = pairs[request.facet_offset : request.facet_offset + request.facet_size]
    return tuple(FacetValue(value, count) for value, count in shown)
