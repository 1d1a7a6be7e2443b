"""Correcting single claims, as commands, by the API and with the forms of the pages."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient

from tests.integration.cli.conftest import Desk, api_of
from tests.support.bus_bench import eventually


@pytest.fixture
async def api(reading_desk: Desk) -> AsyncIterator[AsyncClient]:
    """A client of the page's service on the folder."""
    async with api_of(reading_desk) as client:
        yield client


async def claim_of(desk: Desk, article_id: str) -> dict[str, Any]:
    """The article's one claim, an empty one where it has none."""
    claims = (await desk.documents("claims")).values()
    return next((dict(claim) for claim in claims if claim["article_id"] == article_id), {})


async def test_commands_set_right_reject_list_restore_and_take_back(reading_desk: Desk, tmp_path: Path) -> None:
    """Each takes effect in the store; written out and restored it is the same."""
    desk, before = reading_desk, await reading_desk.everything()
    claim, other = (await claim_of(desk, "dua"))["claim_id"], (await claim_of(desk, "tiga"))["claim_id"]
    said = await desk.said("claim", "correct", claim, "Dewi Anggraini", "--reason", "salah orang", "--by", "Sari")
    await desk.said("claim", "reject", other)
    assert (await claim_of(desk, "dua"))["speaker"] == "Dewi Anggraini"
    assert await claim_of(desk, "tiga") == {}
    assert await desk.outlets() == [2]
    written = await desk.said("claim", "corrections", "--json")
    first, second = map(json.loads, written.splitlines())
    assert first["correction_id"] in said
    told = {name: first[name] for name in ("kind", "speaker", "reason", "by")}
    assert told == {"kind": "speaker", "speaker": "Dewi Anggraini", "reason": "salah orang", "by": "Sari"}
    for made in (first, second):
        await desk.said("claim", "undo", made["correction_id"])
    assert await desk.everything() == before
    (tmp_path / "made.jsonl").write_text(written)
    assert "2 corrections restored" in await desk.said("claim", "restore", str(tmp_path / "made.jsonl"))
    assert (await claim_of(desk, "dua"))["speaker"] == "Dewi Anggraini"


async def test_the_api_sets_right_rejects_and_takes_back(reading_desk: Desk, api: AsyncClient) -> None:
    """Both kinds of corrections are in one list, and are taken back by one route."""
    desk, before = reading_desk, await reading_desk.everything()
    claim, other = (await claim_of(desk, "dua"))["claim_id"], (await claim_of(desk, "tiga"))["claim_id"]
    corrected = await api.post(f"/claims/{claim}/speaker", json={"speaker": "Dewi Anggraini", "by": "Sari"})
    rejected = await api.post(f"/claims/{other}/reject", json={"reason": "judul"})
    assert (corrected.status_code, rejected.status_code) == (201, 201)
    await eventually(desk.settled)
    assert await desk.outlets() == [2]
    assert (await api.get("/corrections")).json() == [corrected.json(), rejected.json()]
    for made in (corrected, rejected):
        undone = await api.delete(f"/corrections/{made.json()['correction_id']}")
        assert (undone.status_code, undone.json()) == (200, made.json())
    await eventually(desk.settled)
    assert await desk.everything() == before


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("c0/speaker", {"speaker": "Dewi"}, 404),
        ("c0/speaker", {"speaker": "!?"}, 400),
        ("c0/speaker", {}, 400),
        ("c0/reject", {}, 404),
    ],
)
async def test_mistakes_are_problems(
    reading_desk: Desk, api: AsyncClient, path: str, body: dict[str, Any], status: int
) -> None:
    """With what was wrong, and nothing is kept."""
    answer = await api.post(f"/claims/{path}", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (await api.delete("/corrections/kc0")).status_code == 404
    assert (await api.get("/corrections")).json() == []
