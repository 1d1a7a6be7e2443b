"""What a query that finds nothing may have meant: the same for every store."""

from __future__ import annotations

from functools import partial

import pytest
from httpx import ASGITransport, AsyncClient

from kliping_search.app import build
from kliping_search.lookup import Store
from kliping_search.settings import SearchSettings
from kliping_shared.store.known import read_names
from kliping_shared.store.meant import Meant, did_you_mean
from kliping_shared.store.ports import SearchRequest
from tests.integration.store.builders import article, claim, put
from tests.integration.store.conftest import OpenStore


@pytest.fixture
async def news(store: OpenStore) -> OpenStore:
    """Articles with names in spellings of their own, and words that are alike."""
    await store.add(
        put("articles", article("a1", "Pemilihan lurah ditunda karena tanggul jebol, kata Soekirman.", outlet="Kabar Pesisir",
                                person=["Soekirman Tjahjadi", "Ratna Wulandari"], speaker=["Soekirman Tjahjadi"],
                                place=["Kalibaru"])),
        put("articles", article("a2", "Kasus penggelapan beras: tersangka omikronia ditahan.", outlet="Warta",
                                person=["Yusuf Hendrawan"], speaker=["Yusuf Hendrawan"])),
        put("articles", article("a3", "Kasus beras. Kerja sama nelayan.", outlet="Warta", person=["Ratna Wulandari"],
                                org=["Badan Meteorologi"])),
        put("claims", claim("c1", "Pemilihan ditunda", speaker="Soekirman Tjahjadi")),
    )  # fmt: skip
    return store


async def _meant(store: OpenStore, query: str, **wanted: object) -> Meant | None:
    asked = SearchRequest(query=query, **wanted)  # type: ignore[arg-type]
    return await did_you_mean(store.reader, partial(read_names, store.reader), asked, await store.reader.search(asked))


@pytest.mark.parametrize(
    ("query", "meant", "total"),
    [
        ("kasuss", "kasus", 2),
        ("omikronai", "omikronia", 1),
        ("pemilhan lurah", "pemilihan lurah", 1),
        ("kerjasama", "kerja sama", 1),
        ('"tangul jebol"', '"tanggul jebol"', 1),
        ("berass -pemilihan", "beras -pemilihan", 2),
        ("person:wulndari", "person:wulandari", 2),
        ('speaker:"Sukirman Cahyadi"', 'speaker:"Soekirman Tjahjadi"', 1),
        ("person:Joesoef", "person:Yusuf", 1),
        ("SUKIRMAN", "SOEKIRMAN", 1),
        ("sukirman", "soekirman", 1),
        ("outlet:warto beras", "outlet:warta beras", 2),
        ("org:meterologi", "org:meteorologi", 1),
        ("title:jdul", "title:judul", 3),
        ("about:tangul", "about:tanggul", 1),
        ("tersagnak", "tersangka", 1),
        ("bersa tangul", "beras tanggul", 0),
    ],
)
async def test_unknown_words_in_a_spelling_that_is_there(news: OpenStore, query: str, meant: str, total: int) -> None:
    """Words by letters, names by their sound too; the rest of the query stays as it is."""
    assert await _meant(news, query) == Meant(meant, total)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kasus",
        "kasus tanggul",
        "ber",
        "zzzzzz",
        "2019",
        "-beras -tanggul -ratna",
        "place:kalibaru beras",
        "stance:denied",
    ],
)
async def test_nothing_else_is_meant(news: OpenStore, query: str) -> None:
    """Not where something is found, or every word is known, or none is like it; too short words are like too many."""
    assert await _meant(news, query, kind="articles" if query != "stance:denied" else "claims") is None


async def test_under_the_same_filters_and_of_the_same_kind(news: OpenStore) -> None:
    """A word that other documents have is known; what filters leave out does not count."""
    assert await _meant(news, "kasuss", filters={"outlet": ("Kabar Pesisir",)}) == Meant("kasus", 0)
    assert await _meant(news, "kasus", filters={"outlet": ("Kabar Pesisir",)}) is None
    assert await _meant(news, "pemilhan", kind="claims") == Meant("pemilihan", 1)
    assert await _meant(news, "kasuss", kind="claims") is None
    assert await _meant(news, "agreement:single_sourse", kind="claims") == Meant("agreement:single_source", 1)
    assert await _meant(news, "speaker:tjahyadi", kind="claims") == Meant("speaker:tjahjadi", 1)


async def test_an_empty_store_knows_no_names(store: OpenStore) -> None:
    """And offers nothing."""
    assert await _meant(store, "kasuss speaker:ratna") is None


async def test_api_and_page(news: OpenStore) -> None:
    """The API tells it beside nothing found; on the page it is one click, and what was typed stays in the box."""
    app = build(SearchSettings(), Store(news.reader, 10))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as asking:
        answer = (await asking.get("/api/v1/articles", params={"q": "kasuss"})).json()
        page = (await asking.get("/", params={"q": "kasuss", "show": "articles"})).text
        plain = (await asking.get("/api/v1/articles", params={"q": "kasus"})).json()
    assert (answer["total"], answer["did_you_mean"]) == (0, {"q": "kasus", "total": 2})
    assert 'href="/?q=kasus&amp;show=articles"' in page
    assert 'value="kasuss"' in page
    assert plain["did_you_mean"] is None
