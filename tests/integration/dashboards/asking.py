"""What Dashboards asks OpenSearch for a saved object, made from the object itself, and the rows of the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kliping.dashboards.building import SavedObject

Json = dict[str, Any]
Row = tuple[Any, ...]

ZONE = "Asia/Jakarta"
#: Field and whether the stretch is a day or an hour; "auto" depends on the screen.
_STRETCHES = {"auto": "day", "h": "hour"}


def state(chart: SavedObject) -> Json:
    """A visualization's state."""
    return dict(json.loads(chart.attributes["visState"]))


def source(saved: SavedObject) -> Json:
    """What an object searches."""
    return dict(json.loads(saved.attributes["kibanaSavedObjectMeta"]["searchSourceJSON"]))


def query_of(saved: SavedObject) -> str:
    """An object's query, which is in Lucene's syntax."""
    query = source(saved)["query"]
    assert query["language"] == ("lucene" if query["query"] else "kuery")
    return str(query["query"])


def to_dsl(query: str) -> Json:
    """As Dashboards passes a Lucene query on."""
    return {"query_string": {"query": query, "analyze_wildcard": True}} if query else {"match_all": {}}


def metrics(chart: SavedObject) -> list[Json]:
    """The metrics, the first of them with id 1."""
    return [one for one in state(chart)["aggs"] if one["schema"] == "metric"]


def buckets(chart: SavedObject) -> list[Json]:
    """The buckets, the outer first."""
    return [one for one in state(chart)["aggs"] if one["schema"] != "metric"]


def request(chart: SavedObject) -> Json:
    """The search that fills the chart."""
    body = {"size": 0, "track_total_hits": True, "query": to_dsl(query_of(chart))}
    return body | {"aggs": _level(buckets(chart), metrics(chart))}


def rows(chart: SavedObject, answer: Mapping[str, Any]) -> list[Row]:
    """The answer as a table: the buckets' values, then the metrics'."""
    whole = {**answer.get("aggregations", {}), "doc_count": answer["hits"]["total"]["value"]}
    return list(_rows(whole, buckets(chart), metrics(chart)))


def _level(inner: list[Json], numbers: list[Json]) -> Json:
    asked = {one["id"]: _metric(one) for one in numbers if one["type"] != "count"}
    if not inner:
        return asked
    first, *rest = inner
    below = _level(rest, numbers) if rest else asked
    return {first["id"]: {**_bucket(first, numbers), "aggs": below | _order(first, numbers)}}


def _metric(one: Json) -> Json:
    field = one["params"]["field"]
    if one["type"] == "top_hits":
        order = {one["params"]["sortField"]: {"order": one["params"]["sortOrder"]}}
        return {"top_hits": {"size": one["params"]["size"], "_source": [field], "sort": [order]}}
    return {one["type"]: {"field": field}}


def _bucket(one: Json, numbers: list[Json]) -> Json:
    params = one["params"]
    if one["type"] == "filters":
        return {"filters": {"filters": {each["label"]: to_dsl(each["input"]["query"]) for each in params["filters"]}}}
    if one["type"] == "date_histogram":
        stretch = _STRETCHES[params["interval"]]
        options = {"calendar_interval": stretch, "time_zone": ZONE, "min_doc_count": params["min_doc_count"]}
        return {"date_histogram": {"field": params["field"], **options}}
    assert one["type"] == "terms"
    by = {"_key": "_key", "custom": "order"}.get(params["orderBy"])
    if by is None:
        metric = next(each for each in numbers if each["id"] == params["orderBy"])
        by = "_count" if metric["type"] == "count" else metric["id"]
    return {"terms": {"field": params["field"], "size": params["size"], "order": {by: params["order"]}}}


def _order(one: Json, numbers: list[Json]) -> Json:
    """The metric that a bucket's values are sorted by, where it is one."""
    by = one["params"].get("orderBy")
    if by == "custom":
        return {"order": _metric(one["params"]["orderAgg"])}
    return {each["id"]: _metric(each) for each in numbers if each["id"] == by and each["type"] != "count"}


def _rows(level: Mapping[str, Any], inner: list[Json], numbers: list[Json]) -> Iterator[Row]:
    if not inner:
        yield tuple(_value(level, one) for one in numbers)
        return
    first, *rest = inner
    found = level[first["id"]]["buckets"]
    named = found.items() if isinstance(found, dict) else ((_key(bucket), bucket) for bucket in found)
    for key, bucket in named:
        for row in _rows(bucket, rest, numbers):
            yield (key, *row)


def _key(bucket: Mapping[str, Any]) -> str:
    return str(bucket.get("key_as_string", bucket["key"]))


def _value(level: Mapping[str, Any], one: Json) -> Any:
    if one["type"] == "count":
        return level["doc_count"]
    if one["type"] == "top_hits":
        (hit,) = level[one["id"]]["hits"]["hits"]
        return tuple(hit["_source"][one["params"]["field"]])
    return level[one["id"]]["value"]
