"""The saved objects by themselves: whole, within what Kibana OSS 7.10 and Dashboards take, and about fields that exist."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from kliping.dashboards.__main__ import FILE
from kliping.dashboards.building import COLUMNS, MIGRATIONS, SavedObject, Site
from kliping.dashboards.objects import ndjson, saved_objects
from kliping_shared.store.documents import KINDS
from kliping_shared.store.opensearch.mappings import mapping

Json = dict[str, Any]

FOLDER = Path(__file__).resolve().parents[3] / "deploy" / "dashboards"
OBJECTS = [json.loads(line) for line in ndjson(saved_objects(Site())).splitlines()]
BY_ID = {(one["type"], one["id"]): one for one in OBJECTS}
#: The attributes that the sample objects of both have, by type.
ATTRIBUTES = {
    "index-pattern": {"title", "timeFieldName", "fields", "fieldFormatMap", "sourceFilters"},
    "search": {"title", "description", "hits", "columns", "sort", "version", "kibanaSavedObjectMeta"},
    "visualization": {"title", "description", "visState", "uiStateJSON", "version", "kibanaSavedObjectMeta"},
    "dashboard": {
        "title", "description", "hits", "panelsJSON", "optionsJSON", "version", "timeRestore", "timeFrom", "timeTo",
        "refreshInterval", "kibanaSavedObjectMeta",
    },
}  # fmt: skip
#: Chart types of both, free of licences, and the places that each has for buckets.
TYPES = {
    "histogram": {"segment", "group"},
    "horizontal_bar": {"segment", "group"},
    "heatmap": {"segment", "group"},
    "pie": {"segment"},
    "table": {"bucket"},
    "metric": {"group"},
    "markdown": set[str](),
    "input_control_vis": set[str](),
}
#: The types of fields that an aggregation works on.
TAKES = {
    "terms": {"string", "number", "date", "boolean"},
    "cardinality": {"string", "number", "date", "boolean"},
    "sum": {"number"},
    "avg": {"number"},
    "min": {"number", "date"},
    "max": {"number", "date"},
    "date_histogram": {"date"},
    "top_hits": {"string", "number", "date", "boolean"},
}


def _of(kind: str) -> list[Any]:
    return [pytest.param(one, id=one["id"]) for one in OBJECTS if one["type"] == kind]


def _state(chart: Json) -> Json:
    return dict(json.loads(chart["attributes"]["visState"]))


def _fields(saved: Json) -> dict[str, Json]:
    """The fields of the pattern that an object searches."""
    (pattern,) = {one["id"] for one in saved["references"] if one["type"] == "index-pattern"}
    return {one["name"]: one for one in json.loads(BY_ID["index-pattern", pattern]["attributes"]["fields"])}


def _queries(saved: Json) -> Iterator[str]:
    yield json.loads(saved["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])["query"]["query"]
    if saved["type"] == "visualization":
        for one in _state(saved)["aggs"]:
            yield from (each["input"]["query"] for each in one["params"].get("filters", ()))


def test_the_file_is_up_to_date() -> None:
    """What is imported by hand is what setup imports; else: python -m kliping.dashboards deploy/dashboards."""
    assert (FOLDER / FILE).read_text("utf-8") == ndjson(saved_objects(Site()))


def test_three_dashboards() -> None:
    """There are the three dashboards, and every other object serves one of them, or is a search or pattern to begin with."""
    titles = {one["attributes"]["title"] for one in OBJECTS if one["type"] == "dashboard"}
    assert titles == {"Who says what", "Agreement and difference", "Pipeline"}
    used = {(to["type"], to["id"]) for one in OBJECTS for to in one["references"]}
    assert {kind for kind, name in BY_ID if (kind, name) not in used} == {"dashboard", "search", "index-pattern"}


@pytest.mark.parametrize("saved", [pytest.param(one, id=f"{one['type']}-{one['id']}") for one in OBJECTS])
def test_form(saved: Json) -> None:
    """An object has the attributes of its type, is marked with the last migration of both, and refers to others that are there."""
    assert set(saved) == {"attributes", "id", "migrationVersion", "references", "type"}
    assert saved["migrationVersion"] == {saved["type"]: MIGRATIONS[saved["type"]]}
    assert set(saved["attributes"]) == ATTRIBUTES[saved["type"]]
    assert len({one["name"] for one in saved["references"]}) == len(saved["references"])
    assert {(one["type"], one["id"]) for one in saved["references"]} <= BY_ID.keys()
    inner = [value for name, value in saved["attributes"].items() if name.endswith(("JSON", "State", "Map"))]
    inner += saved["attributes"].get("kibanaSavedObjectMeta", {}).values()
    assert inner
    for text in inner:
        named = set(re.findall(r'"\w*[rR]efName":"([^"]+)"', text))
        assert isinstance(json.loads(text), dict | list)
        assert named <= {one["name"] for one in saved["references"]}


def test_ids_are_unique_and_come_before_their_use() -> None:
    """No two objects share type and id, and an import meets each object before what refers to it."""
    seen: set[tuple[str, str]] = set()
    for one in OBJECTS:
        assert (one["type"], one["id"]) not in seen
        assert {(to["type"], to["id"]) for to in one["references"]} <= seen
        seen.add((one["type"], one["id"]))


@pytest.mark.parametrize("chart", _of("visualization"))
def test_charts_are_of_fields_that_fit(chart: Json) -> None:
    """A chart is of a type of both; its aggregations stand where the type has a place for them, on fields that fit."""
    state = _state(chart)
    assert state["title"] == chart["attributes"]["title"]
    ids = [one["id"] for one in state["aggs"]]
    assert ids == [str(number) for number in range(1, len(ids) + 1)]
    for one in state["aggs"]:
        assert one["schema"] in {"metric", *TYPES[state["type"]]}
        named = [one, one["params"]["orderAgg"]] if "orderAgg" in one["params"] else [one]
        for agg in named:
            if agg["type"] in ("count", "filters"):
                continue
            field = _fields(chart)[agg["params"]["field"]]
            assert field["type"] in TAKES[agg["type"]], field
            assert field["aggregatable"], field
        if one["params"].get("orderBy") not in (None, "_key", "custom"):
            assert one["params"]["orderBy"] in [each["id"] for each in state["aggs"] if each["schema"] == "metric"]
    for control in state["params"].get("controls", ()):
        assert _fields(chart)[control["fieldName"]]["aggregatable"]


@pytest.mark.parametrize("search", _of("search"))
def test_searches_show_fields_that_exist(search: Json) -> None:
    """A saved search's columns are fields of its pattern, and it is sorted by a date."""
    fields = _fields(search)
    assert set(search["attributes"]["columns"]) <= fields.keys()
    ((by, order),) = search["attributes"]["sort"]
    assert (fields[by]["type"], order) == ("date", "desc")


@pytest.mark.parametrize(
    "saved", [*_of("search"), *[one for one in _of("visualization") if _state(one.values[0])["aggs"]]]
)
def test_queries_name_fields_that_exist(saved: Json) -> None:
    """Each field that a query names is one of the pattern's, and may be searched."""
    for query in _queries(saved):
        for name in re.findall(r"_exists_:(\w+)|(\w+):", query.replace("_exists_:", " _exists_:")):
            field = name[0] or name[1]
            if field != "_exists_":
                assert _fields(saved)[field]["searchable"], field


@pytest.mark.parametrize("pattern", _of("index-pattern"))
def test_patterns_list_the_mapping(pattern: Json) -> None:
    """An index pattern lists every field of its kind's mapping; formats are of fields that exist, its time is a date."""
    kind = next(kind for kind in KINDS if pattern["attributes"]["title"].replace("articl*s", "articles").endswith(kind))
    fields = {one["name"]: one for one in json.loads(pattern["attributes"]["fields"])}
    hidden = {one["value"] for one in json.loads(pattern["attributes"]["sourceFilters"])}
    assert mapping(kind).keys() - hidden <= fields.keys()
    assert not hidden & fields.keys()
    assert json.loads(pattern["attributes"]["fieldFormatMap"]).keys() <= fields.keys()
    assert fields[pattern["attributes"]["timeFieldName"]]["type"] == "date"


@pytest.mark.parametrize("dashboard", _of("dashboard"))
def test_panels_lie_side_by_side(dashboard: Json) -> None:
    """Panels stand within the grid, none covers another, and rows have no holes."""
    grid = [one["gridData"] for one in json.loads(dashboard["attributes"]["panelsJSON"])]
    assert all(one["x"] + one["w"] <= COLUMNS for one in grid)
    for one, other in combinations(grid, 2):
        apart = (one["x"] + one["w"] <= other["x"], other["x"] + other["w"] <= one["x"])
        assert any((*apart, one["y"] + one["h"] <= other["y"], other["y"] + other["h"] <= one["y"]))
    assert sum(one["w"] * one["h"] for one in grid) == COLUMNS * max(one["y"] + one["h"] for one in grid)


@pytest.mark.parametrize("dashboard", _of("dashboard"))
def test_every_dashboard_has_its_filters(dashboard: Json) -> None:
    """Speaker, outlet, story and place can be chosen on each, and every other panel is of an index with these fields."""
    panels = [BY_ID[one["type"], one["id"]] for one in dashboard["references"]]
    (controls,) = [one for one in panels if one["type"] == "visualization" and "controls" in _state(one)["params"]]
    chosen = {one["fieldName"] for one in _state(controls)["params"]["controls"]}
    assert chosen == {"speaker", "outlet", "story_title", "place"}
    for panel in panels:
        if panel["references"]:
            assert chosen <= _fields(panel).keys()


def test_another_prefix_and_page() -> None:
    """An installation with another prefix and page has none of the usual names and addresses."""
    objects = saved_objects(Site("desk", "https://news.example/kliping/"))
    text = ndjson(objects)
    assert "kliping-" not in text
    assert "127.0.0.1" not in text
    assert "https://news.example/kliping/articles/{{value}}" in text
    assert {one.attributes["title"] for one in objects if one.type == "index-pattern"} >= {
        "desk-articles",
        "desk-claims",
    }


def test_lines_do_not_depend_on_anything() -> None:
    """The same object is the same line, keys sorted, without a time or a version of its own."""
    saved = SavedObject("search", "a", {"b": 1, "a": "é"}, (("r", "index-pattern", "p"),))
    assert saved.line() == (
        '{"attributes": {"a": "é", "b": 1}, "id": "a", "migrationVersion": {"search": "7.9.3"}, '
        '"references": [{"id": "p", "name": "r", "type": "index-pattern"}], "type": "search"}'
    )
