"""Documents with some of the words follow those with all of them, where these do not fill the page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from httpx import ASGITransport, AsyncClient

from kliping_search.app import build
from kliping_search.lookup import Store
from kliping_search.settings import SearchSettings
from kliping_shared.store.nearly import Nearly, nearly
from kliping_shared.store.ports import SearchRequest
from tests.integration.store.builders import article, claim, put
from tests.integration.store.conftest import OpenStore

ASKED = SearchRequest(query="kenapa tanggul jebol", limit=4)


@pytest.fixture
async def news(store: OpenStore) -> OpenStore:
    """One article with all words, three with some, one with the word that says nothing."""
    await store.add(
        put("articles", article("all", "Kenapa tanggul itu jebol? Warga bertanya.", outlet="Kabar")),
        put("articles", article("two", "Tanggul jebol, air masuk ke sawah.", outlet="Kabar")),
        put("articles", article("one", "Tanggul baru dibangun di hilir sungai itu.", outlet="Warta")),
        put("articles", article("other", "Gawang jebol pada menit terakhir pertandingan itu.", outlet="Warta")),
        put("articles", article("none", "Kenapa harga cabai naik?", outlet="Kabar")),
    )
    return store


async def _nearly(store: OpenStore, asked: SearchRequest) -> Nearly | None:
    return await nearly(store.reader, asked, await store.reader.search(asked))


async def test_some_of_the_words(news: OpenStore) -> None:
    """Those with more of the words first; none that was found already, none for a word that says nothing."""
    found = await _nearly(news, ASKED)
    assert found is not None
    assert (found.query, found.total) == ("tanggul OR jebol", 4)
    names = [hit.id for hit in found.hits]
    assert names[0] == "two"
    assert sorted(names[1:]) == ["one", "other"]
    assert all(hit.highlights["text"] for hit in found.hits)


async def test_fills_the_page_and_no_more(news: OpenStore) -> None:
    """Hits of both together are as many as asked for."""
    found = await _nearly(news, replace(ASKED, limit=2))
    assert found is not None
    assert [hit.id for hit in found.hits] == ["two"]
    assert await _nearly(news, replace(ASKED, limit=1)) is None
    assert await _nearly(news, replace(ASKED, limit=0)) is None


async def test_under_the_same_filters(news: OpenStore) -> None:
    """What filters leave out stays out."""
    found = await _nearly(news, replace(ASKED, filters={"outlet": ("Kabar",)}))
    assert found is not None
    assert [hit.id for hit in found.hits] == ["two"]


@pytest.mark.parametrize(
    "asked", [replace(ASKED, sort="newest"), replace(ASKED, query="tanggul"), replace(ASKED, query="")]
)
async def test_not_where_it_does_not_help(news: OpenStore, asked: SearchRequest) -> None:
    """Not in an order of time, not for one word."""
    assert await _nearly(news, asked) is None


async def test_claims_below_such_titles(store: OpenStore) -> None:
    """Where no claim has a word, those of articles with all of them in the title; claims that have one come before these."""
    title = "Banjir melanda Tirtasari"
    claims = [
        claim("below", "dua jembatan putus", article_id="a1", title=title),
        claim("none", "harga cabai naik", article_id="a2", title="Cabai mahal"),
    ]
    await store.add(*(put("claims", one) for one in claims))
    asked = SearchRequest(kind="claims", query="kenapa banjir", limit=4)
    found = await _nearly(store, asked)
    assert found is not None
    assert (found.query, found.total, found.below_titles) == ("title:banjir", 1, True)
    assert [hit.id for hit in found.hits] == ["below"]
    assert await _nearly(store, replace(asked, kind="articles")) is None
    await store.add(put("claims", claim("said", "banjir sudah surut", article_id="a3", title="Warga pulang")))
    some = await _nearly(store, asked)
    assert some is not None
    assert ([hit.id for hit in some.hits], some.below_titles) == (["said"], False)
    app = build(SearchSettings(), Store(store.reader, 10))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as asking:
        page = (await asking.get("/", params={"q": "banjir Tirtasari"})).text
        answer = (await asking.get("/api/v1/claims", params={"q": "melanda"})).json()
    assert "With some of the words" in page
    assert (answer["nearly"]["below_titles"], [hit["claim_id"] for hit in answer["nearly"]["hits"]]) == (
        True,
        ["below"],
    )


async def test_titles_only_where_no_claim_has_a_word(store: OpenStore) -> None:
    """One word that a claim holds: nothing follows, whatever titles hold it."""
    below = claim("below", "dua jembatan putus", article_id="a1", title="Banjir melanda Tirtasari")
    said = claim("said", "banjir sudah surut", article_id="a2", title="Warga pulang")
    await store.add(put("claims", below), put("claims", said))
    assert await _nearly(store, SearchRequest(kind="claims", query="banjir", limit=4)) is None


async def test_api_and_page(news: OpenStore) -> None:
    """The API tells them apart from what was found; the page shows them below a heading, with a link to all."""
    app = build(SearchSettings(), Store(news.reader, 10))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as asking:
        answer = (await asking.get("/api/v1/articles", params={"q": ASKED.query})).json()
        page = (await asking.get("/", params={"q": ASKED.query, "show": "articles"})).text
        plain = (await asking.get("/api/v1/articles", params={"q": "tanggul"})).json()
    assert (answer["total"], [hit["article_id"] for hit in answer["hits"]]) == (1, ["all"])
    assert (answer["nearly"]["q"], answer["nearly"]["total"]) == ("tanggul OR jebol", 4)
    assert {hit["article_id"] for hit in answer["nearly"]["hits"]} == {"two", "one", "other"}
    assert plain["nearly"] is None
    assert page.index("With some of the words") > page.index('href="/articles/all')
    assert page.index('href="/articles/two') > page.index("With some of the words")
    assert "q=tanggul+OR+jebol" in page
    assert 'href="/articles/none' not in page
