"""What a search finds, marks, counts and in which order: the same for every store."""

from __future__ import annotations

from contextlib import suppress

import pytest

from kliping_shared.errors import QueryError
from kliping_shared.store.ports import FacetValue
from tests.integration.store.builders import article, claim, group, put
from tests.integration.store.conftest import OpenStore


@pytest.fixture
async def news(store: OpenStore) -> OpenStore:
    """Three articles, three claims, one group."""
    await store.add(
        put("articles", article("a1", "Presiden menegaskan kerja sama. Ia tidak menolak pertemuan.", title="Kim bertemu Putin",
                                outlet="Antara", origin="Yonhap", person=["Kim Jong Un", "Vladimir Putin"], place=["Moskow"],
                                day="2023-09-13")),
        put("articles", article("a2", "Peluncuran satelit gagal, kata Kim Jong-un.", title="Satelit", outlet="Kompas",
                                person=["Kim Jong Un"], place=["Pyongyang"], day="2023-09-14", language="id")),
        put("articles", article("a3", "Harga beras naik.", title="Ekonomi", outlet="Tempo", day=None)),
        put("claims", claim("c1", "Kami tidak akan meluncurkan roket", speaker="Kim Jong Un", role="Pemimpin Korea Utara",
                            stance="deny", modality="future", negated="yes", public="yes",
                            cue="menegaskan", outlet="Antara", outlet_count=3, origin_count=2,
                            agreement="disputed", differs=["date", "number"])),
        put("claims", claim("c2", "Kami akan meluncurkan roket", speaker="Vladimir Putin", kind="indirect", outlet="Kompas")),
        put("claims", claim("c3", "Harga akan turun", speaker="Menteri Perdagangan", outlet="Kompas",
                            person=["Joko Widodo"])),
        put("groups", group("g1", "Kami akan menang", speaker=["Kim Jong Un"], outlet_count=2, origin_count=2,
                            agreement="disputed", differs=["date", "number"],
                            wordings=[{"text": "Kami akan menang"}, {"text": "Kemenangan akan diraih"}])),
    )  # fmt: skip
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["a2", "a1", "a3"]),
        ("tegas", ["a1"]),
        ("penolakan", ["a1"]),
        ("KERJASAMA", []),
        ("kerja sama", ["a1"]),
        ('"kerja sama"', ["a1"]),
        ('"sama kerja"', []),
        ('"menolak bertemu"', ["a1"]),
        ('"tidak menolak"', ["a1"]),
        ("Jong-un", ["a2"]),
        ("jong un", ["a2"]),
        ("kim -satelit", ["a1"]),
        ("-kim", ["a3"]),
        ("satelit OR beras", ["a2", "a3"]),
        ("(satelit OR beras) -kim", ["a3"]),
        ("person:kim", ["a2", "a1"]),
        ('person:"KIM JONG-UN"', ["a2", "a1"]),
        ("person:ki", []),
        ("person:putin -place:pyongyang", ["a1"]),
        ("outlet:antara OR outlet:tempo", ["a1", "a3"]),
        ("title:pertemuan", ["a1"]),
        ("title:satelit", ["a2"]),
        ('title:"kim temu"', ["a1"]),
        ("title:gagal", []),
        ("about:gagal", ["a2"]),
        ("about:bertemu", ["a1"]),
        ("about:moskow", ["a1"]),
        ('about:"peluncuran satelit" -about:putin', ["a2"]),
        ("about:antara", []),
        ("before:2023-09-14", ["a1"]),
        ("after:2023-09-14", ["a2"]),
        ("after:2023-09", ["a2", "a1"]),
        ("language:id", ["a2"]),
        ("kim OR outlet:tempo", ["a1", "a2", "a3"]),
        ("-(kim OR beras)", []),
    ],
)
async def test_finds_articles(news: OpenStore, query: str, found: list[str]) -> None:
    """The query finds exactly these articles (words in any form, values by whole words), dates newest first at a tie."""
    ids = await news.ids(query)
    assert sorted(ids) == sorted(found)
    if not query or ":" in query:
        page = await news.search(query, sort="newest")
        assert [hit.id for hit in page.hits] == [name for name in ("a2", "a1", "a3") if name in found]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("peluncuran roket", ["c1", "c2"]),
        ('"tidak akan luncur"', ["c1"]),
        ("roket -tidak", ["c2"]),
        ("putin roket", ["c2"]),
        ("stance:deny", ["c1"]),
        ("kind:indirect", ["c2"]),
        ("modality:future", ["c1"]),
        ("modality:asserted", ["c2", "c3"]),
        ("negated:yes", ["c1"]),
        ("negated:no roket", ["c2"]),
        ("public:yes", ["c1"]),
        ("agreement:single_source", ["c2", "c3"]),
        ("agreement:disputed", ["c1"]),
        ("differs:number roket", ["c1"]),
        ("differs:place", []),
        ("public:no", []),
        ("cue:menegaskan", ["c1"]),
        ("role:pemimpin", ["c1"]),
        ("speaker:kim", ["c1"]),
        ("group:g-c2", ["c2"]),
        ("outlets:2", ["c1"]),
        ("origins:3", []),
        ("about:kim", []),
        ("about:peluncuran", ["c1", "c2"]),
        ('about:"joko widodo"', ["c3"]),
        ("speaker:kim about:peluncuran", ["c1"]),
        ("judul", []),
        ("title:judul", ["c1", "c2", "c3"]),
    ],
)
async def test_finds_claims(news: OpenStore, query: str, found: list[str]) -> None:
    """Claims are found by their words, their speaker and their fields, not by their article's title unless asked."""
    assert sorted(await news.ids(query, kind="claims")) == found


async def test_negation_is_a_word_like_others(news: OpenStore) -> None:
    """ "tidak" is searched for: it tells c1 from c2."""
    assert await news.ids("tidak", kind="claims") == ["c1"]


@pytest.mark.parametrize(
    "query",
    [
        "menang",
        "kemenangan",
        "about:kemenangan",
        "-about:kim",
        '"kemenangan akan raih"',
        "group:g1",
        "outlets:2",
        "agreement:disputed differs:number",
    ],
)
async def test_group_is_found_by_any_wording(news: OpenStore, query: str) -> None:
    """A group is found by each of its wordings, and by its own id."""
    assert await news.ids(query, kind="groups") == ["g1"]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("stance:deny", {}),
        ("group:g1", {}),
        ("", {"filters": {"stance": ("deny",)}}),
        ("", {"facets": ("stance",)}),
        ("negated:yes", {}),
        ("", {"date_from": "13/9/2023"}),
        ('"', {}),
    ],
)
async def test_refuses_what_articles_have_not(news: OpenStore, query: str, wanted: dict[str, object]) -> None:
    """A field, filter, facet or date that cannot be answered is refused, never taken as an empty result."""
    with pytest.raises(QueryError):
        await news.search(query, **wanted)


@pytest.mark.parametrize(
    ("kind", "query", "position", "says"),
    [
        ("articles", "kim (roket OR stance:deny)", 14, "articles have no stance: (it is for claims, groups)"),
        ("groups", "-title:roket", 1, "groups have no title: (it is for articles, claims, stories)"),
        (
            "stories",
            "person:kim speaker:kim",
            11,
            "stories have no speaker: (it is for articles, claims, groups)",
        ),
    ],
)
async def test_says_where_a_kind_lacks_a_field(
    store: OpenStore, kind: str, query: str, position: int, says: str
) -> None:
    """With the place in the query, and the kinds that have it."""
    with pytest.raises(QueryError) as caught:
        await store.search(query, kind=kind)
    assert (caught.value.position, caught.value.message) == (position, says)


async def test_about_ranks_where_nothing_else_does(store: OpenStore) -> None:
    """First where its words count for more, as for words without a field; last where only a name has them."""
    await store.add(
        put("articles", article("named", "Air surut.", place=["Tanggul Kali"], day="2023-09-15")),
        put("articles", article("once", "Air masuk ke sawah setelah tanggul jebol, kata warga desa itu kemarin.")),
        put("articles", article("title", "Air masuk ke sawah, kata warga desa itu kemarin.", title="Tanggul jebol")),
    )
    assert await store.ids("about:tanggul") == ["title", "once", "named"]
    page = await store.search("about:tanggul")
    assert [hit.highlights for hit in page.hits] == [{"title": ((0, 7),)}, {"text": ((27, 34),)}, {}]


async def test_phrases_stay_within_a_zone(store: OpenStore) -> None:
    """Words at the end of one zone and the start of the next are no phrase; boilerplate is not searched at all."""
    text = "Judul berita\nKim tiba di\nMoskow kemarin\nBaca juga: Harga emas"
    zones = [{"kind": kind, "start": text.index(start), "end": text.index(end) + len(end)} for kind, start, end in (
        ("title", "Judul", "berita"), ("body", "Kim", "di"), ("body", "Moskow", "kemarin"), ("boilerplate", "Baca", "emas")
    )]  # fmt: skip
    await store.add(put("articles", article("z", text, title="Judul berita", zones=zones)))
    assert await store.ids('"tiba di"') == ["z"]
    assert await store.ids('"di Moskow"') == []
    assert await store.ids('"berita Kim"') == []
    assert await store.ids("emas") == []
    page = await store.search("moskow judul")
    start = text.index("Moskow")
    assert page.hits[0].highlights == {"title": ((0, 5),), "text": ((start, start + 6),)}


async def test_highlights_mark_forms_and_phrases(news: OpenStore) -> None:
    """Ranges cover the words as they stand in the unaltered text; a phrase is one range."""
    hit = (await news.search('tegas "tidak menolak" -beras person:kim')).hits[0]
    text = hit.document["text"]
    assert [text[start:end] for start, end in hit.highlights["text"]] == ["menegaskan", "tidak menolak"]


async def test_highlights_mark_the_other_spelling(store: OpenStore) -> None:
    """A word is found, and marked, however the newsroom writes it."""
    await store.add(put("articles", article("a1", "Kabar itu hoaks. Apotek buka.")))
    (hit,) = (await store.search("hoax about:apotik")).hits
    text = hit.document["text"]
    assert [text[start:end] for start, end in hit.highlights["text"]] == ["hoaks", "Apotek"]


async def test_facets_count_under_other_filters(news: OpenStore) -> None:
    """A facet counts under the query and all filters but its own, others count under all; totals are exact."""
    facets = ("outlet", "place", "person")
    page = await news.search("", filters={"outlet": ("ANTARA", "Tempo")}, facets=facets)
    counts = {name: {item.value: item.count for item in values} for name, values in page.facets.items()}
    assert page.total == 2
    assert counts["outlet"] == {"Antara": 1, "Kompas": 1, "Tempo": 1}
    assert counts["place"] == {"Moskow": 1}
    page = await news.search("", filters={"outlet": ("Antara",), "person": ("Kim Jong Un",)}, facets=facets)
    counts = {name: {item.value: item.count for item in values} for name, values in page.facets.items()}
    assert [hit.id for hit in page.hits] == ["a1"]
    assert counts["outlet"] == {"Antara": 1, "Kompas": 1}
    assert counts["person"] == {"Kim Jong Un": 1, "Vladimir Putin": 1}


async def test_facets_by_count_then_name(news: OpenStore) -> None:
    """Values come by count, then by name, as many as asked for."""
    page = await news.search("", kind="claims", facets=("outlet", "outlet_count"), facet_size=1)
    assert [(item.value, item.count) for item in page.facets["outlet"]] == [("Kompas", 2)]
    assert [(item.value, item.count) for item in page.facets["outlet_count"]] == [("1", 2)]


async def test_filter_takes_whole_values(news: OpenStore) -> None:
    """A filter is a value as a facet gives it, so "Kim" is none; case, accents and hyphens do not matter."""
    assert await news.ids(filters={"person": ("Kim",)}) == []
    assert await news.ids(filters={"person": ("kim jong-un",)}, sort="newest") == ["a2", "a1"]


async def test_date_range_is_inclusive(news: OpenStore) -> None:
    """Both days belong to the range; what has no date is in none."""
    assert await news.ids(date_from="2023-09-13", date_to="2023-09-13") == ["a1"]
    assert await news.ids(date_from="2023-09-13", date_to="2023-09-14", sort="oldest") == ["a1", "a2"]


async def test_orders(news: OpenStore) -> None:
    """Newest and oldest put the undated last; outlets puts the most carried first."""
    assert await news.ids(sort="newest") == ["a2", "a1", "a3"]
    assert await news.ids(sort="oldest") == ["a1", "a2", "a3"]
    assert (await news.ids(sort="outlets", kind="claims"))[0] == "c1"


async def test_title_counts_more(store: OpenStore) -> None:
    """A word in the title ranks above the same word in the text; equal documents come newest first, then by id."""
    await store.add(
        put("articles", article("b", "satelit kata", title="Judul")),
        put("articles", article("a", "satelit kata", title="Judul")),
        put("articles", article("new", "satelit kata", title="Judul", day="2023-09-20")),
        put("articles", article("t", "isi kata", title="Satelit")),
        put("articles", article("x", "isi kata", title="Judul")),
    )
    assert await store.ids("satelit") == ["t", "new", "a", "b"]


async def test_very_long_text(store: OpenStore) -> None:
    """A text of 2 MB is found by its last words and marked there."""
    text = "kata demi kata " * 140_000 + "penghabisan"
    await store.add(put("articles", article("long", text)))
    hit = (await store.search("habis")).hits[0]
    assert hit.highlights["text"] == ((len(text) - 11, len(text)),)


async def test_strange_characters_are_found(store: OpenStore) -> None:
    """Quotation marks, NUL-free control characters, emoji and other scripts neither break a search nor are lost."""
    await store.add(
        put("articles", article("s", 'Kata "x" * NEAR(a b) — 金正恩 😀 Владимир Öcalan ﬁlm 3,5 ½ ①', title="^"))
    )
    for query in ("金正恩", "владимир", "ocalan", "film", "3.5", "NEAR", "½", '"kata x near a b"'):
        assert await store.ids(query) == ["s"], query


async def test_an_empty_text_is_no_value(store: OpenStore) -> None:
    """Facets count no empty text, alone or in a list."""
    await store.add(
        put("articles", article("a", outlet="", person=["", "Kim"])), put("articles", article("b", outlet="Koran"))
    )
    facets = (await store.search(facets=("outlet", "person", "published_on"))).facets
    assert facets["outlet"] == (FacetValue("Koran", 1),)
    assert facets["person"] == (FacetValue("Kim", 1),)
    assert facets["published_on"] == (FacetValue("2023-09-13", 2),)


@pytest.mark.parametrize("field", ["", "outlet:"])
async def test_deep_queries_are_no_outage(store: OpenStore, field: str) -> None:
    """A query with more brackets inside each other than a store takes is refused, else it is answered."""
    await store.add(put("articles", article("a", "kata")))
    query = "kata"
    for _ in range(24):
        query = f"({field}x OR (y {query}))"
    with suppress(QueryError):
        assert (await store.search(query)).total == 0
