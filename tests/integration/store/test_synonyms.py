"""A search for a name finds the other forms of it too: they count for less, are marked, and can be left out."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient

from kliping_search.app import build
from kliping_search.lookup import Store
from kliping_search.settings import SearchSettings
from kliping_shared.store.ports import SearchPage, SearchRequest
from tests.integration.store.builders import article, put
from tests.integration.store.conftest import OpenStore


@pytest.fixture
async def news(store: OpenStore) -> OpenStore:
    """The body by its short name, by its full one, and by words of it; others, so that its words are rare."""
    await store.add(
        put("articles", article("short", "Penyidik KPK memeriksa tiga saksi perkara itu kemarin siang.")),
        put("articles", article("full", "Penyidik Komisi Pemberantasan Korupsi memeriksa saksi kemarin.")),
        put("articles", article("words", "Korupsi: komisi menilai pemberantasan lamban.")),
        *(put("articles", article(f"o{n}", f"Harga beras naik di pasar nomor {n} kemarin.")) for n in range(12)),
    )
    return store


async def _found(store: OpenStore, query: str, **how: Any) -> SearchPage:
    return await store.reader.search(SearchRequest(query=query, **how))


def _ids(page: SearchPage) -> list[str]:
    return [hit.id for hit in page.hits]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("KPK", ["short", "full"]),
        ("kpk memeriksa", ["short", "full"]),
        ("kpk tiga", ["short"]),
        ('"KPK"', ["short"]),
        ('"Komisi Pemberantasan Korupsi"', ["full"]),
        ("-KPK saksi", ["full"]),
        ("(KPK OR polri) before:2024", ["short", "full"]),
        ("outlet:Tidak OR KPK", ["short", "full"]),
    ],
)
async def test_finds_other_forms_after_what_was_typed(news: OpenStore, query: str, ids: list[str]) -> None:
    """Whatever stands beside it; in quotation marks, or denied, it is that form alone."""
    page = await _found(news, query)
    assert (_ids(page), page.total) == (ids, len(ids))


@pytest.mark.parametrize("empty_store", ["embedded"], indirect=True)
async def test_a_rare_form_does_not_come_before_a_frequent_one_that_was_typed(store: OpenStore) -> None:
    """Rare words score far higher than frequent ones."""
    await store.add(
        *(put("articles", article(f"o{n}", "Harga beras naik di pasar.")) for n in range(300)),
        *(put("articles", article(f"k{n}", "KPK memeriksa saksi perkara itu.")) for n in range(150)),
        put("articles", article("full", "Komisi Pemberantasan Korupsi memeriksa saksi.")),
    )
    page = await _found(store, "KPK", limit=200)
    assert _ids(page)[-1] == "full"


async def test_a_full_name_finds_the_short_one(news: OpenStore) -> None:
    """Beside what has its words."""
    page = await _found(news, "Komisi Pemberantasan Korupsi")
    assert set(_ids(page)) == {"full", "words", "short"}
    assert _ids(page)[-1] == "short"


async def test_other_forms_are_marked(news: OpenStore) -> None:
    """As one range."""
    page = await _found(news, "KPK")
    marked = {hit.id: [hit.document["text"][a:b] for a, b in hit.highlights["text"]] for hit in page.hits}
    assert marked == {"short": ["KPK"], "full": ["Komisi Pemberantasan Korupsi"]}


async def test_pages_and_streams_know_them_too(news: OpenStore) -> None:
    """So do counts of facets and the rest of what is found."""
    first = await _found(news, "KPK", limit=1, facets=("outlet",))
    assert first.next_cursor is not None
    second = await _found(news, "KPK", limit=1, cursor=first.next_cursor)
    assert (_ids(first), _ids(second)) == (["short"], ["full"])
    streamed = [one["article_id"] async for one in news.reader.stream(SearchRequest(query="KPK"))]
    assert streamed == ["short", "full"]


async def test_page_and_api_say_so(news: OpenStore) -> None:
    """With a way to what was typed alone."""
    app = build(SearchSettings(), Store(news.reader, 10))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as asking:
        told = (await asking.get("/api/v1/articles", params={"q": "KPK"})).json()
        exactly = (await asking.get("/api/v1/articles", params={"q": told["also_searched"]["typed_only"]})).json()
        page = (await asking.get("/", params={"q": "KPK", "show": "articles"})).text
        plain = (await asking.get("/", params={"q": '"KPK"', "show": "articles"})).text
    assert told["also_searched"] == {"forms": ["Komisi Pemberantasan Korupsi"], "typed_only": '"KPK"'}
    assert (exactly["total"], exactly["also_searched"]) == (1, None)
    assert "Also searched" in page
    assert "Also searched" not in plain
