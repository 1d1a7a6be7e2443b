"""What the dashboards ask is asked of a real OpenSearch, and compared with the demo articles' gold."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from kliping.dashboards.building import SavedObject, Site
from kliping.dashboards.objects import saved_objects
from kliping_shared.store.opensearch.client import connect
from tests.integration.dashboards.asking import query_of, request, rows, state, to_dsl
from tests.integration.dashboards.conftest import Desk
from tests.integration.dashboards.counting import MEANS, shown, values

pytestmark = pytest.mark.docker

_OBJECTS = saved_objects(Site("x"))
_ASK_NOTHING = ("markdown", "input_control_vis")


def _named(objects: list[SavedObject]) -> list[str]:
    return [one.id.removeprefix("x-") for one in objects]


_VISUALIZATIONS = [one for one in _OBJECTS if one.type == "visualization"]
CHARTS = _named([one for one in _VISUALIZATIONS if state(one)["type"] not in _ASK_NOTHING])
CONTROLS = _named([one for one in _VISUALIZATIONS if state(one)["type"] == "input_control_vis"])
SEARCHES = _named([one for one in _OBJECTS if one.type == "search"])
PATTERNS = _named([one for one in _OBJECTS if one.type == "index-pattern"])


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_shows_what_the_gold_says(desk: Desk, name: str) -> None:
    """A chart's aggregations give, row by row, what counting the gold by hand gives."""
    chart = desk.object(name)
    index, documents = desk.searched(chart)
    expected = shown(chart, documents)
    assert expected
    found = rows(chart, desk.ask(index, request(chart)))
    assert [_plain(row) for row in found] == [_plain(row) for row in expected]


@pytest.mark.parametrize("name", SEARCHES)
def test_every_search_finds_what_the_gold_says(desk: Desk, name: str) -> None:
    """A saved search finds the documents that its query means, the newest first, and has a value in each column."""
    saved = desk.object(name)
    index, documents = desk.searched(saved)
    ((newest, order),) = saved.attributes["sort"]
    body = {"size": 500, "query": to_dsl(query_of(saved)), "sort": [{newest: {"order": order}}]}
    hits = desk.ask(index, body | {"script_fields": _scripts(desk, saved), "_source": True})["hits"]["hits"]
    expected = [one for one in documents if MEANS[query_of(saved)](one)]
    assert expected
    assert sorted(hit["_id"] for hit in hits) == sorted(_id(one) for one in expected)
    assert [hit["sort"][0] for hit in hits] == sorted((hit["sort"][0] for hit in hits), reverse=True)
    for column in saved.attributes["columns"]:
        assert any(hit["_source"].get(column) or hit["fields"].get(column) for hit in hits), column


@pytest.mark.parametrize("name", CONTROLS)
def test_every_list_offers_the_values_there_are(desk: Desk, name: str) -> None:
    """Each drop-down list offers the values of its field, the most frequent first."""
    controls = desk.object(name)
    index, documents = desk.searched(controls)
    for control in state(controls)["params"]["controls"]:
        field = control["fieldName"]
        asked = {"terms": {"field": field, "size": control["options"]["size"], "order": {"_count": "desc"}}}
        answer = desk.ask(index, {"size": 0, "aggs": {"values": asked}})
        found = {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"]["values"]["buckets"]}
        there = [value for one in documents for value in values(one, field)]
        assert found == {value: there.count(value) for value in found}
        assert len(found) == min(len(set(there)), control["options"]["size"])


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_lists_the_fields_of_its_index(desk: Desk, name: str) -> None:
    """An index pattern finds the documents that are shown and no other, and its fields are as the server has them."""
    pattern = desk.object(name)
    title, kind = pattern.attributes["title"], "articles" if name == "arrivals" else name
    assert desk.ask(title, {"size": 0})["hits"]["total"]["value"] == len(desk.documents[kind])  # type: ignore[index]
    caps = asyncio.run(_capabilities(desk, title))
    listed = [one for one in json.loads(pattern.attributes["fields"]) if not one["scripted"] and one["name"][0] != "_"]
    assert listed
    for field in listed:
        ((es_type, cap),) = caps[field["name"]].items()
        assert ([es_type], cap["searchable"], cap["aggregatable"]) == (
            field["esTypes"],
            field["searchable"],
            field["aggregatable"],
        ), field["name"]


def test_links_lead_to_the_ids_of_each_row(desk: Desk) -> None:
    """The scripted columns hold the ids that the page's addresses are made of."""
    saved = desk.object("claims-all")
    hits = desk.ask(desk.searched(saved)[0], {"size": 20, "_source": True, "script_fields": _scripts(desk, saved)})
    for hit in hits["hits"]["hits"]:
        assert hit["fields"]["read"] == [hit["_source"]["article_id"]]
        assert hit["fields"]["compare"] == [hit["_source"]["group_id"]]


def test_the_gold_in_figures(desk: Desk) -> None:
    """Some figures of the demo articles, as a reader of the gold counts them."""
    speakers = {row[0]: 0 for row in _answer(desk, "claims-by-speaker")}
    for speaker, _, count in _answer(desk, "claims-by-speaker"):
        speakers[speaker] += count
    assert (speakers["Ratna Kusumaningtyas"], speakers["Bambang Setyoraharjo"]) == (14, 13)
    assert dict(_answer(desk, "claims-by-kind")) == {"indirect": 82, "direct": 47, "mixed": 5}
    assert _answer(desk, "claims-numbers")[0][0] == 134
    assert dict(_answer(desk, "statements-numbers"))["numbers differ"] == 3
    assert {row[0]: row[-2] for row in _answer(desk, "statements-by-story")} == {
        "Tanggul Kalibening Jebol": 5,
        "Eks Dirut Samudra Logistik Divonis": 5,
        "Cadangan Beras Kawasan": 4,
    }


def _answer(desk: Desk, name: str) -> list[Any]:
    chart = desk.object(name)
    return rows(chart, desk.ask(desk.searched(chart)[0], request(chart)))


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple([round(value, 6) if isinstance(value, float) else value for value in row])


def _id(document: dict[str, Any]) -> str:
    """A claim has its own id and those of its article, group and story."""
    if "wordings" in document:
        return str(document["group_id"])
    return str(document.get("claim_id") or document.get("article_id") or document["story_id"])


def _scripts(desk: Desk, saved: SavedObject) -> dict[str, Any]:
    """The scripted fields of the pattern that the search is on."""
    ((_, _, pattern),) = saved.references
    fields = json.loads(desk.object(pattern.removeprefix(f"{desk.site.prefix}-")).attributes["fields"])
    return {
        one["name"]: {"script": {"source": one["script"], "lang": one["lang"]}} for one in fields if one["scripted"]
    }


async def _capabilities(desk: Desk, index: str) -> dict[str, Any]:
    client = connect(desk.settings)
    try:
        return dict((await client.field_caps(index=index, params={"fields": "*"}))["fields"])
    finally:
        await client.close()
