"""What a chart must show, counted by hand over documents: nothing here knows how OpenSearch is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kliping.dashboards.building import SavedObject
from tests.integration.dashboards.asking import ZONE, Row, buckets, metrics, query_of

Json = dict[str, Any]

_AGAINST = ("deny", "doubt", "accuse", "criticise", "warn")
#: Every query that a saved object holds, in Python.
MEANS: dict[str, Callable[[Json], bool]] = {
    "": lambda _: True,
    "*": lambda _: True,
    "NOT stance:neutral": lambda one: one["stance"] != "neutral",
    f"stance:({' OR '.join(_AGAINST)})": lambda one: one["stance"] in _AGAINST,
    "outlet_count:>=2": lambda one: one["outlet_count"] >= 2,
    "outlet_count:1": lambda one: one["outlet_count"] == 1,
    "origin_count:>=2": lambda one: one["origin_count"] >= 2,
    "_exists_:differing_numbers": lambda one: bool(one["differing_numbers"]),
    "_exists_:copy_of": lambda one: one["copy_of"] is not None,
    "claim_count:>0 AND NOT _exists_:copy_of": lambda one: one["claim_count"] > 0 and one["copy_of"] is None,
    "claim_count:0 AND NOT _exists_:copy_of": lambda one: one["claim_count"] == 0 and one["copy_of"] is None,
    "date_source:drop_time": lambda one: one["date_source"] == "drop_time",
}


def shown(chart: SavedObject, documents: list[Json]) -> list[Row]:
    """The rows that the chart must have."""
    kept = [one for one in documents if MEANS[query_of(chart)](one)]
    return list(_rows(kept, buckets(chart), metrics(chart)))


def values(document: Json, field: str) -> list[Any]:
    """A field's values; those of a sub-field are those of the field."""
    found = document[field.split(".")[0]]
    return list(dict.fromkeys(found)) if isinstance(found, list) else [] if found is None else [found]


def number(value: Any) -> float:
    """A number, or a date in milliseconds since 1970."""
    if isinstance(value, str):
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000
    return float(value)


def _rows(documents: list[Json], inner: list[Json], numbers: list[Json]) -> Iterator[Row]:
    if not inner:
        yield tuple(_measured(one, documents) for one in numbers)
        return
    first, *rest = inner
    for key, kept in _divided(first, documents, numbers):
        for row in _rows(kept, rest, numbers):
            yield (key, *row)


def _divided(one: Json, documents: list[Json], numbers: list[Json]) -> list[tuple[str, list[Json]]]:
    params = one["params"]
    if one["type"] == "filters":
        given = [(each["label"], MEANS[each["input"]["query"]]) for each in params["filters"]]
        return sorted((label, [each for each in documents if means(each)]) for label, means in given)
    parts: dict[Any, list[Json]] = {}
    for document in documents:
        for value in values(document, params["field"]):
            key = _stretch(value, params["interval"]) if one["type"] == "date_histogram" else value
            parts.setdefault(key, []).append(document)
    if one["type"] == "date_histogram":
        return sorted(parts.items())
    ordered = sorted(parts)
    if params["orderBy"] == "_key":
        ordered.sort(reverse=params["order"] == "desc")
    else:
        by = params.get("orderAgg") or next(each for each in numbers if each["id"] == params["orderBy"])
        sign = -1 if params["order"] == "desc" else 1
        ordered.sort(key=lambda key: sign * _measured(by, parts[key]))
    return [(str(key), parts[key]) for key in ordered[: params["size"]]]


def _stretch(value: str, interval: str) -> str:
    local = datetime.fromisoformat(value).astimezone(ZoneInfo(ZONE))
    start = local.replace(minute=0, second=0) if interval == "h" else local.replace(hour=0, minute=0, second=0)
    return start.isoformat(timespec="milliseconds")


def _measured(one: Json, documents: list[Json]) -> Any:
    if one["type"] == "count":
        return len(documents)
    field = one["params"]["field"]
    if one["type"] == "top_hits":
        newest = max(documents, key=lambda document: number(document[one["params"]["sortField"]]))
        return tuple(newest[field])
    found = [value for document in documents for value in values(document, field)]
    if one["type"] == "cardinality":
        return len(set(found))
    numbers = [number(value) for value in found]
    if one["type"] == "avg":
        return sum(numbers) / len(numbers)
    return {"sum": sum, "min": min, "max": max}[one["type"]](numbers)
