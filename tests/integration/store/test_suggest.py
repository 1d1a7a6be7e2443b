"""Completions over a store: the same for each."""

from __future__ import annotations

from httpx import ASGITransport, AsyncClient

from kliping_search.app import build
from kliping_search.lookup import Store
from kliping_search.settings import SearchSettings
from tests.integration.store.builders import article, put
from tests.integration.store.conftest import OpenStore


async def test_names_of_the_store_by_articles(store: OpenStore) -> None:
    """With the number of articles that name them, and the query that each makes of what was typed."""
    await store.add(
        put("articles", article("a1", person=["Ratna Wulandari", "Rudi Ratnadi"], outlet="Kabar Pesisir")),
        put("articles", article("a2", person=["Ratna Wulandari"], speaker=["Ratna Wulandari"], place=["Ratnajaya"])),
    )
    app = build(SearchSettings(), Store(store.reader, 10))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as asking:
        free = (await asking.get("/api/v1/suggest", params={"q": "banjir ratna"})).json()["suggestions"]
        one = (await asking.get("/api/v1/suggest", params={"q": "speaker:WUL", "limit": 1})).json()["suggestions"]
        field = (await asking.get("/api/v1/suggest", params={"q": "outl"})).json()["suggestions"]
        refused = await asking.get("/api/v1/suggest", params={"limit": 0})
    assert [(name["field"], name["value"], name["count"]) for name in free] == [
        ("person", "Ratna Wulandari", 2), ("person", "Rudi Ratnadi", 1), ("place", "Ratnajaya", 1),
    ]  # fmt: skip
    assert free[0]["q"] == 'banjir person:"Ratna Wulandari" '
    assert one == [
        {"type": "name", "field": "speaker", "value": "Ratna Wulandari", "count": 1, "q": 'speaker:"Ratna Wulandari" '}
    ]
    assert [(item["type"], item["q"], item["count"]) for item in field] == [
        ("field", "outlet:", None), ("field", "outlets:", None),
    ]  # fmt: skip
    assert refused.status_code == 400
