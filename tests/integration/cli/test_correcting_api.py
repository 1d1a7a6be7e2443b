"""Correcting groups by the API, over a real broker and store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from httpx import ASGITransport, AsyncClient

from kliping_search.app import build
from kliping_search.formats import moment
from kliping_search.settings import SearchSettings
from kliping_shared.bus import trail
from tests.integration.cli.conftest import MADE, Desk, api_of
from tests.support.bus_bench import eventually


@pytest.fixture
async def api(desk: Desk) -> AsyncIterator[AsyncClient]:
    """A client of the page's service on the folder."""
    async with api_of(desk) as client:
        yield client


async def test_merged_split_listed_and_taken_back(desk: Desk, api: AsyncClient) -> None:
    """Each takes effect in the store, is listed as it was answered, and is undone."""
    before, groups = await desk.everything(), await desk.groups()
    merged = await _made(api, "merge", groups=[groups["b-1",], groups["c-1",]], reason="sama", by="Sari")
    split = await _made(api, "split", group=groups["a-0", "b-0", "c-0"], claims=["c-0"])
    await eventually(desk.settled)
    assert await desk.grouped() == [["a-0", "b-0"], ["b-1", "c-1"], ["c-0"]]
    assert (merged["kind"], merged["reason"], merged["by"], split["kind"]) == ("merge", "sama", "Sari", "split")
    assert (await api.get("/corrections")).json() == [merged, split]
    for made in (merged, split):
        undone = await api.delete(f"/corrections/{made['correction_id']}")
        assert (undone.status_code, undone.json()) == (200, made)
    await eventually(desk.settled)
    assert (await api.get("/corrections")).json() == []
    assert await desk.everything() == before


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("merge", {"groups": ["g1", "g2"]}, 404, "no group g1"),
        ("merge", {"groups": ["g1"]}, 400, "groups"),
        ("merge", {"groups": ["{b-1}", "{b-1}"]}, 400, "two groups"),
        ("split", {"group": "{b-1}", "claims": ["c-1"]}, 404, "has no claim c-1"),
        ("split", {"group": "{b-1}", "claims": ["b-1"]}, 400, "not all"),
        ("split", {"group": "{b-1}"}, 400, "claims"),
    ],
)
async def test_mistakes_are_problems_and_change_nothing(
    desk: Desk, api: AsyncClient, path: str, body: dict[str, Any], status: int, said: str
) -> None:
    """With what was wrong, as problem+json."""
    group = (await desk.groups())["b-1",]
    filled = {
        name: [group if one == "{b-1}" else one for one in value] if isinstance(value, list) else group
        for name, value in body.items()
    }
    answer = await api.post(f"/groups/{path}", json=filled)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert said in answer.json()["detail"]
    assert (await api.delete("/corrections/k0")).status_code == 404
    assert await desk.grouped() == MADE


async def test_a_broker_that_is_away_is_told(desk: Desk) -> None:
    """503, and searching goes on."""
    settings = SearchSettings(data=desk.settings.data, redis_url="redis://127.0.0.1:1")
    async with AsyncClient(transport=ASGITransport(build(settings)), base_url="http://localhost/api/v1") as client:
        statuses = [(await client.get(path)).status_code for path in ("/corrections", "/groups")]
    assert statuses == [503, 200]


async def _made(api: AsyncClient, path: str, **body: Any) -> dict[str, Any]:
    answer = await api.post(f"/groups/{path}", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_pages_tell_what_was_corrected_and_when_it_was_filed(desk: Desk, api: AsyncClient) -> None:
    """A group has what speaks of it; an article's receipt has the time of its last step, where readers' clocks are."""
    groups = await desk.groups()
    merged = await _made(api, "merge", groups=[groups["b-1",], groups["c-1",]], reason="sama", by="Sari")
    await eventually(desk.settled)
    groups = await desk.groups()
    pages = [
        (await api.get(f"http://localhost/groups/{groups[name]}")).text
        for name in (("b-1", "c-1"), ("a-0", "b-0", "c-0"))
    ]
    assert [merged["correction_id"] in page for page in pages] == [True, False]
    filed = next(entry.at for entry in await trail(desk.client, "a") if entry.stage == "index")
    receipt = (await api.get("http://localhost/articles/a")).text.partition('class="receipt"')[2]
    assert moment(filed, ZoneInfo("Asia/Jakarta")) in receipt
