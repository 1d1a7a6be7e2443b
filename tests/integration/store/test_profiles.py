"""An entity and an outlet as API and page show them, over each store."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient

from kliping_search.api.entities import Entity
from kliping_search.api.outlets import Outlet
from kliping_search.app import build as build_app
from kliping_search.lookup import Store
from kliping_search.settings import SearchSettings
from tests.integration.store.builders import article, claim, group, put
from tests.integration.store.conftest import OpenStore

RATNA = {"entity_id": "e1", "name": "Ratna Suherman", "type": "PER", "aliases": ["Bu Ratna"], "mentions": []}


@pytest.fixture
async def client(store: OpenStore) -> AsyncIterator[AsyncClient]:
    """A browser, or a program, that asks a page over the store; it holds three articles of two outlets."""
    named: dict[str, Any] = {"person": ["Ratna Suherman", "Adi Saputra"], "place": ["Tirtasari"]}
    await store.add(
        put("articles", article("a1", day="2026-01-30", outlet="Kabar", body={"entities": [RATNA]}, **named)),
        put("articles", article("a2", day="2026-02-02", outlet="Kabar", origin="Merapi", person=["Ratna Suherman"])),
        put("articles", article("a3", day="2026-02-02", outlet="Warta", person=["Ratna Putri"], copy_of="a1")),
        put("claims", claim("c1", "Air naik", speaker="Ratna Suherman", speaker_id="e1", role="Camat", outlet="Kabar")),
        put("claims", claim("c2", "Ratna lalai", speaker="Adi Saputra", person=["Ratna Suherman"], outlet="Kabar")),
        put("claims", claim("c3", "saya siap", speaker="Ratna Suherman", person=["Ratna Suherman"], outlet="Warta")),
        put("groups", group("g1", "Air naik", speaker=["Ratna Suherman"], outlet=["Kabar"])),
        put("groups", group("g2", "Air surut", outlet=["Kabar", "Warta"], outlet_count=2, agreement="disputed")),
    )
    app = build_app(SearchSettings(), Store(store.reader, 10))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as asking:
        yield asking


async def test_an_entity_tells_what_it_says_what_is_said_of_it_and_with_whom(client: AsyncClient) -> None:
    """What it says of itself is its own statement; who is named beside it is counted without it."""
    answer = (await client.get("/api/v1/entities/PER/Ratna Suherman")).json()
    found = Entity.model_validate(answer)
    assert (found.article_count, found.aliases) == (2, ["Bu Ratna"])
    assert [(role.value, role.count) for role in found.roles] == [("Camat", 1)]
    assert {one["claim_id"] for one in found.said.claims} == {"c1", "c3"}
    assert [one["claim_id"] for one in found.told.claims] == ["c2"]
    beside = {field: {one.value: one.count for one in values} for field, values in found.beside.items()}
    assert beside == {"person": {"Adi Saputra": 1}, "org": {}, "place": {"Tirtasari": 1}}
    assert {one.value: one.count for one in found.outlets} == {"Kabar": 2}
    assert [(bar.first, bar.count) for bar in found.over_time.bars] == [("2026-01-30", 1), ("2026-02-02", 1)]
    page = (await client.get("/entities/PER/Ratna Suherman")).text
    assert 'href="/?show=articles&amp;person=Ratna+Suherman&amp;from=2026-02-02&amp;to=2026-02-02"' in page
    assert all(told in page for told in ("Bu Ratna", "/entities/PER/Adi%20Saputra", "/outlets/Kabar", "Ratna lalai"))


async def test_an_outlet_tells_where_it_takes_from_and_what_it_alone_has(client: AsyncClient) -> None:
    """Own articles beside those that were taken, whom it quotes, claims of its own and disputed ones."""
    answer = (await client.get("/api/v1/outlets/Kabar")).json()
    found = Outlet.model_validate(answer)
    assert (found.article_count, found.own_count, found.claim_count) == (2, 1, 2)
    assert (found.looked_at, found.copies) == (2, 0)
    assert {one.value: one.count for one in found.origins} == {"Merapi": 1}
    assert {one.value: one.count for one in found.speakers} == {"Ratna Suherman": 1, "Adi Saputra": 1}
    assert [one["group_id"] for one in found.alone.groups] == ["g1"]
    assert [one["group_id"] for one in found.disputed.groups] == ["g2"]
    assert (await client.get("/api/v1/outlets/Warta")).json()["copies"] == 1
    page = (await client.get("/outlets/Kabar")).text
    assert all(told in page for told in ("Merapi", "/entities/PER/Ratna%20Suherman", "/groups/g1", "/groups/g2"))


async def test_outlets_are_listed_by_number_of_articles(client: AsyncClient) -> None:
    """All of them, or those of articles that a query finds."""
    whole = (await client.get("/api/v1/outlets")).json()
    assert whole["hits"] == [{"value": "Kabar", "count": 2}, {"value": "Warta", "count": 1}]
    assert (await client.get("/api/v1/outlets", params={"q": "origin:Merapi"})).json()["total"] == 1


async def test_what_results_are_narrowed_to_leads_to_its_page(client: AsyncClient) -> None:
    """A speaker by his name alone, whatever he is; without a page of his own he leads back to what is said."""
    page = (await client.get("/", params={"speaker": "Ratna Suherman", "outlet": "Kabar"})).text
    assert 'href="/names/Ratna%20Suherman"' in page
    assert 'href="/outlets/Kabar"' in page
    # Stories have no speaker: how many there are says nothing of this search.
    assert re.search(r">Stories(?! <span)", page)
    assert 'href="/names/' not in (await client.get("/", params={"speaker": "Adi Saputra"})).text
    led = [
        (await client.get(f"/names/{name}")).headers["location"] for name in ("Ratna Suherman", "Tirtasari", "warga")
    ]
    assert led == ["/entities/PER/Ratna%20Suherman", "/entities/LOC/Tirtasari", "/?speaker=warga"]


@pytest.mark.parametrize("path", ["entities/PER/Ratna", "entities/ORG/Ratna Suherman", "outlets/Suara"])
async def test_what_is_not_there_is_told(client: AsyncClient, path: str) -> None:
    """A part of a name, another type, another outlet: not found, as a problem and as a page."""
    assert (await client.get(f"/api/v1/{path}")).status_code == 404
    assert (await client.get(f"/{path}")).status_code == 404


async def test_names_may_hold_anything(client: AsyncClient) -> None:
    """Quotation marks and slashes are no query and no path."""
    for name in ('"', "a/b", '" OR speaker:"Ratna', "%22"):
        assert (await client.get(f"/api/v1/entities/PER/{name}")).status_code in (400, 404)
