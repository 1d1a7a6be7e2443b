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
    assert said.splitlines()[1].split()[0] == claim
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


async def test_the_forms_of_the_pages_correct_and_take_back(reading_desk: Desk, api: AsyncClient) -> None:
    """Each leads back to what it is about, where it is shown as a correction; undone, all is as before."""
    desk, before = reading_desk, await reading_desk.everything()
    claim, other = (await claim_of(desk, "dua"))["claim_id"], (await claim_of(desk, "tiga"))["claim_id"]
    given = {"claim": claim, "speaker": "Dewi Anggraini", "reason": "salah orang"}
    assert await _sent(api, "claims/speaker", given) == f"/articles/dua#n-{claim}"
    assert await _sent(api, "claims/reject", {"claim": other, "speaker": ""}) == "/articles/tiga#rejected"
    await eventually(desk.settled)
    assert await desk.outlets() == [2]
    article, listed = await _page(api, "articles/dua"), await _page(api, "corrections")
    assert all("salah orang" in page and "Rani Kusuma" in page for page in (article, listed))
    assert "Pasokan cabai" in (await _page(api, "articles/tiga")).partition('id="rejected"')[2]
    assert await claim_of(desk, "tiga") == {}
    for made in (await api.get("/corrections")).json():
        assert await _sent(api, "undo", {"id": made["correction_id"]}) == "/corrections"
    await eventually(desk.settled)
    assert await desk.everything() == before


async def test_forms_join_and_part_groups_and_names(reading_desk: Desk, api: AsyncClient) -> None:
    """A group is named by the address of its page; a name is joined for the articles that have it."""
    desk, groups = reading_desk, await reading_desk.groups()
    one, two, *_ = groups.values()
    chosen = {"group": one, "same": one, "other": f"http://localhost/groups/{two}#c1"}
    merged = await _sent(api, "groups/merge", chosen)
    await eventually(desk.settled)
    assert await desk.outlets() == [2, 1]
    whole = next(group for members, group in (await desk.groups()).items() if len(members) == 2)
    page = await _page(api, f"groups/{whole}")
    assert merged.partition("#")[2] in page
    leaving = next(iter(groups))[0]
    await _sent(api, "groups/split", {"group": whole, "claims": [leaving]})
    names = {"type": "PER", "name": "Dewi Anggraini", "alias": "Rani Kusuma"}
    assert await _sent(api, "names", names) == "/corrections#names"
    await eventually(desk.settled)
    assert (await claim_of(desk, "dua"))["speaker"] == "Dewi Anggraini"
    assert "Rani Kusuma" in await _page(api, "corrections")
    await _sent(api, "names/undo", {"type": "PER", "alias": "Rani Kusuma"})
    await eventually(desk.settled)
    assert (await claim_of(desk, "dua"))["speaker"] == "Rani Kusuma"


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        ("claims/speaker", {"claim": "c0", "speaker": "Dewi"}, 404),
        ("claims/speaker", {"claim": "c0", "speaker": " "}, 400),
        ("groups/split", {"group": "g0"}, 404),
        ("names", {"type": "PER", "name": "!", "alias": "?"}, 400),
        ("names/undo", {"type": "PER", "alias": "Siapa"}, 404),
        ("undo", {"id": "kc0"}, 404),
    ],
)
async def test_mistakes_in_a_form_are_told_on_a_page(
    api: AsyncClient, path: str, given: dict[str, Any], status: int
) -> None:
    """And forms of other sites are refused."""
    answer = await api.post(f"http://localhost/corrections/{path}", data=given)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (status, "text/html")
    foreign = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    assert (await api.post(f"http://localhost/corrections/{path}", data=given, headers=foreign)).status_code == 403


async def _sent(api: AsyncClient, path: str, given: dict[str, Any]) -> str:
    """Where a form leads."""
    answer = await api.post(f"http://localhost/corrections/{path}", data=given)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def _page(api: AsyncClient, path: str) -> str:
    answer = await api.get(f"http://localhost/{path}")
    assert answer.status_code == 200, answer.text
    return answer.text
