"""Saying that names stand for one thing by the API, over a real broker and store with all stages at work."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient

from kliping_shared.keys import add_key
from tests.integration.cli.conftest import Desk, api_of
from tests.support.bus_bench import eventually


@pytest.fixture
async def api(reading_desk: Desk) -> AsyncIterator[AsyncClient]:
    """A client of the page's service on the folder."""
    async with api_of(reading_desk) as client:
        yield client


async def test_added_listed_and_removed(reading_desk: Desk, api: AsyncClient) -> None:
    """What is already read follows, each time, and the store is what it was."""
    before = await reading_desk.everything()
    body = {"name": "Dewi Anggraini", "aliases": ["Rani Kusuma"], "reason": "nama panggung", "by": "Ratih"}
    added = await api.post("/aliases", json=body)
    assert (added.status_code, added.json()["articles"]) == (201, 2)
    await eventually(reading_desk.settled)
    assert await reading_desk.outlets() == [2, 1]
    listed = (await api.get("/aliases")).json()
    assert listed == added.json()["aliases"]
    assert [(one["alias"], one["type"], one["by"], one["reason"]) for one in listed] == [
        (form, "PER", "Ratih", "nama panggung") for form in ("Dewi Anggraini", "Rani Kusuma")
    ]
    removed = await api.delete("/aliases", params={"alias": "rani kusuma"})
    assert (removed.status_code, removed.json()) == (200, added.json())
    await eventually(reading_desk.settled)
    assert (await api.get("/aliases")).json() == []
    assert await reading_desk.everything() == before


async def test_what_is_read_stays_where_that_is_wanted(reading_desk: Desk, api: AsyncClient) -> None:
    """For a person who adds many, and has all read anew at the end."""
    before = await reading_desk.everything()
    body = {"name": "Dewi Anggraini", "aliases": ["Rani Kusuma"], "apply": False}
    assert (await api.post("/aliases", json=body)).status_code == 201
    await eventually(reading_desk.settled)
    assert await reading_desk.everything() == before


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"name": "Ratna", "aliases": ["si-mawar"]}, 409, "stands for 'Dewi'"),
        ({"name": "Ratna", "aliases": []}, 400, "aliases"),
        ({"name": "Ratna", "aliases": ["A, B"]}, 400, "commas"),
        ({"name": "...", "aliases": ["A"]}, 400, "no name"),
        ({"name": "Ratna", "aliases": ["A"], "type": "FIRMA"}, 400, "type"),
    ],
)
async def test_mistakes_are_problems_and_change_nothing(
    api: AsyncClient, body: dict[str, Any], status: int, said: str
) -> None:
    """With what was wrong, as problem+json."""
    await api.post("/aliases", json={"name": "Dewi", "aliases": ["Si Mawar"]})
    before = (await api.get("/aliases")).json()
    answer = await api.post("/aliases", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert said in answer.json()["detail"]
    assert (await api.get("/aliases")).json() == before


async def test_what_is_removed_must_be_there_and_be_one(api: AsyncClient) -> None:
    """404 for a form that nobody gave, 400 for one of two types."""
    for kind in ("PER", "ORG"):
        await api.post("/aliases", json={"name": f"Mawar {kind}", "aliases": ["Mawar"], "type": kind})
    statuses = [
        (await api.delete("/aliases", params=given)).status_code
        for given in ({"alias": "Melati"}, {"alias": "Mawar"}, {}, {"alias": "Mawar", "type": "ORG"})
    ]
    assert statuses == [404, 400, 400, 200]


async def test_who_said_it_is_whose_key_it_was(reading_desk: Desk) -> None:
    """Whatever the request says."""
    key = add_key(reading_desk.settings.data / "api-keys.json", "sari", "correct")
    async with api_of(reading_desk) as api:
        given = {"name": "Amir", "aliases": ["Amir Hamid"], "by": "somebody else"}
        answer = await api.post("/aliases", json=given, headers={"authorization": f"Bearer {key}"})
    assert {row["by"] for row in answer.json()["aliases"]} == {"sari"}
