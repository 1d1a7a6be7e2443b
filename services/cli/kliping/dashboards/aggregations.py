"""The aggregations of a visualization, as its state holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

#: What a bucket is to a chart: a point on the axis or a slice, a series, a row of a table, one of several numbers.
Schema = Literal["metric", "segment", "group", "bucket"]


@dataclass(frozen=True)
class Aggregation:
    """A metric or a bucket; its id is its place in the chart, from 1, so the first metric is "1"."""

    type: str
    schema: Schema
    params: dict[str, Any]


def numbered(aggregations: Sequence[Aggregation]) -> list[dict[str, Any]]:
    """With their ids, as a visualization's state wants them."""
    return [
        {"id": str(number), "enabled": True, "type": one.type, "schema": one.schema, "params": one.params}
        for number, one in enumerate(aggregations, start=1)
    ]


def count(label: str) -> Aggregation:
    """How many documents."""
    return Aggregation("count", "metric", {"customLabel": label})


def unique(field: str, label: str) -> Aggregation:
    """How many different values; beyond some thousands about so many."""
    return _metric("cardinality", field, label)


def total(field: str, label: str) -> Aggregation:
    """The sum."""
    return _metric("sum", field, label)


def mean(field: str, label: str) -> Aggregation:
    """The average."""
    return _metric("avg", field, label)


def earliest(field: str, label: str) -> Aggregation:
    """The least value."""
    return _metric("min", field, label)


def latest(field: str, label: str) -> Aggregation:
    """The greatest value."""
    return _metric("max", field, label)


def all_values(field: str, label: str) -> Aggregation:
    """All values of the newest document."""
    params = {
        "field": field,
        "customLabel": label,
        "aggregate": "concat",
        "size": 1,
        "sortField": "published_at",
        "sortOrder": "desc",
    }
    return Aggregation("top_hits", "metric", params)


def _metric(kind: str, field: str, label: str) -> Aggregation:
    return Aggregation(kind, "metric", {"field": field, "customLabel": label})


def terms(
    field: str,
    label: str,
    schema: Schema,
    *,
    size: int,
    by: str = "1",
    order: Literal["asc", "desc"] = "desc",
    most: str | None = None,
    rest: bool = False,
) -> Aggregation:
    """The values with the most of metric ``by`` (its number, or "_key": in their own order), or, if ``most`` names a
    field, those with its greatest values; ``rest``: all others as one more."""
    params: dict[str, Any] = {
        "field": field,
        "orderBy": "custom" if most else by,
        "order": order,
        "size": size,
        "otherBucket": rest,
        "otherBucketLabel": "others",
        "missingBucket": False,
        "missingBucketLabel": "none",
        "customLabel": label,
    }
    if most:
        params["orderAgg"] = {
            "id": "order",
            "enabled": True,
            "type": "max",
            "schema": "orderAgg",
            "params": {"field": most},
        }
    return Aggregation("terms", schema, params)


def dates(field: str, label: str, interval: str = "auto") -> Aggregation:
    """Stretches of time along the axis: ``auto`` fits them to the time that is shown."""
    params = {
        "field": field,
        "interval": interval,
        "scaleMetricValues": False,
        "drop_partials": False,
        "min_doc_count": 1,
        "extended_bounds": {},
        "customLabel": label,
    }
    return Aggregation("date_histogram", "segment", params)


def filters(schema: Schema, **queries: str) -> Aggregation:
    """What each Lucene query finds, under its name (``_`` for a blank)."""
    given = [
        {"label": name.replace("_", " "), "input": {"query": query, "language": "lucene"}}
        for name, query in queries.items()
    ]
    return Aggregation("filters", schema, {"filters": given})
