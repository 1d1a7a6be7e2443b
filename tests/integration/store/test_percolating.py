"""A document that was just written is found by exactly those searches that find it later: the same for every store."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kliping_shared.store import open_percolator
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.ports import Delete, Patch, PatchClaims, Percolator, Put, SearchRequest
from tests.integration.store.builders import article, claim, group, put
from tests.integration.store.conftest import EmptyStore, OpenStore

#: What queries are made of, by kind; some fields are not of every kind.
ATOMS: dict[Kind, tuple[str, ...]] = {
    "articles": ("satelit", "beras", '"tidak menolak"', "kim", "title:satelit", "person:kim", "outlet:antara",
                 "place:moskow", "before:2023-09-14", "after:2023-09", "language:id", "story:s1", "kerjasama",
                 "about:satelit"),
    "claims": ("roket", "akan", '"akan turun"', "speaker:kim", "kind:indirect", "stance:deny", "outlets:2", "origins:2",
               "agreement:disputed", "differs:date", "story:s1", "group:g1", "negated:yes", "role:pemimpin", "after:2023",
               "about:roket", 'about:"Kim Jong Un"'),
    "groups": ("menang", "kemenangan", "diraih", "group:g1", "speaker:putin", "outlets:2", "agreement:agreed"),
    "stories": ("satelit", "story:s1", "story:satelit", "person:kim", "outlet:antara", "-title:beras", "outlets:2"),
}  # fmt: skip
IDS: dict[Kind, tuple[str, ...]] = {
    "articles": ("a1", "a2", "a3", "gone", "never"),
    "claims": ("c1", "c2", "c3"),
    "groups": ("g1", "g2"),
    "stories": ("s1", "s2"),
}


@asynccontextmanager
async def percolator_of(store: OpenStore) -> AsyncIterator[Percolator]:
    """The store's percolator."""
    percolator = open_percolator(store.settings)
    try:
        yield percolator
    finally:
        await percolator.close()


async def write_news(store: OpenStore) -> None:
    """Documents of every kind; one that was deleted, and fields that were set from outside."""
    story = {"story_id": "s1", "title": "Satelit gagal", "text": "Satelit gagal\nPeluncuran", "person": ["Kim Jong Un"],
             "outlet": ["Antara", "Kompas"], "outlet_count": 2}  # fmt: skip
    await store.add(
        put("articles", article("a1", "Presiden menegaskan kerja sama. Ia tidak menolak.", title="Kim bertemu Putin",
                                outlet="Antara", person=["Kim Jong Un"], place=["Moskow"], body={"claims": []})),
        put("articles", article("a2", "Peluncuran satelit gagal.", title="Satelit", outlet="Kompas", day="2023-09-14",
                                person=["Kim Jong Un"], language="id")),
        put("articles", article("a3", "Harga beras naik.", title="Ekonomi", day=None)),
        put("articles", article("gone", "Satelit dan beras.")),
        Delete("articles", "gone", 2),
        put("claims", claim("c1", "Kami tidak akan meluncurkan roket", speaker="Kim Jong Un", role="Pemimpin Korea",
                            stance="deny", negated="yes", group_id="g1")),
        put("claims", claim("c2", "Kami akan meluncurkan roket", speaker="Vladimir Putin", kind="indirect", article_id="a2")),
        put("claims", claim("c3", "Harga akan turun", speaker="Menteri Perdagangan", article_id="a3")),
        Patch("claims", "c1", 3, {"outlet_count": 3, "origin_count": 2, "agreement": "disputed", "differs": ["date"]}),
        PatchClaims("a1", 3, {"story_id": "s1", "story_title": "Satelit gagal"}),
        put("groups", group("g1", "Kami akan menang", speaker=["Kim Jong Un"], outlet_count=2, agreement="agreed",
                            wordings=[{"text": "Kami akan menang"}, {"text": "Kemenangan akan diraih"}])),
        put("groups", group("g2", "Tidak ada kabar", speaker=["Vladimir Putin"])),
        Put("stories", "s1", 1, story),
        Put("stories", "s2", 1, {**story, "story_id": "s2", "title": "Beras", "text": "Beras", "outlet_count": 1}),
    )  # fmt: skip


def composed(chance: random.Random, kind: Kind, depth: int = 2) -> str:
    """A query of random shape."""
    if not depth or chance.random() < 0.3:
        return chance.choice(ATOMS[kind])
    parts = [composed(chance, kind, depth - 1) for _ in range(chance.randint(2, 3))]
    signs = [chance.choice(("", "", "-")) if not part.startswith("-") else "" for part in parts]
    whole = chance.choice((" ", " OR ")).join(sign + part for sign, part in zip(signs, parts, strict=True))
    return f"({whole})"


async def test_what_percolates_is_what_is_found(store: OpenStore) -> None:
    """Queries of any shape, with filters and days, match a written document exactly where they find it."""
    await write_news(store)
    chance = random.Random(7)
    searches = [SearchRequest(kind=kind, query=query) for kind in KINDS for query in ("", *ATOMS[kind])]
    searches += [SearchRequest(kind=kind, query=composed(chance, kind)) for kind in KINDS for _ in range(60)]
    searches += [
        SearchRequest(kind="claims", query="roket", filters={"speaker": ("Kim Jong Un", "kim jong-un")}),
        SearchRequest(kind="claims", filters={"outlet_count": ("3",), "agreement": ("disputed", "agreed")}),
        SearchRequest(kind="claims", excluded={"speaker": ("Vladimir Putin",), "agreement": ("disputed",)}),
        SearchRequest(
            kind="articles", query="satelit OR beras", excluded={"outlet": ("Kompas",)}, date_to="2024-01-01"
        ),
        SearchRequest(kind="articles", date_from="2023-09-13", date_to="2023-09-13"),
        SearchRequest(kind="articles", query="satelit", date_to="2023-09-13"),
    ]
    async with percolator_of(store) as percolator:
        matches = await percolator.matching(searches, IDS, ())
    for place, search in enumerate(searches):
        percolated = sorted(match.id for match in matches if match.search == place)
        found = [hit async for hit in store.reader.stream(search)]
        name = {"articles": "article_id", "claims": "claim_id", "groups": "group_id", "stories": "story_id"}[
            search.kind
        ]
        assert percolated == sorted(document[name] for document in found), search
    assert len(matches) > 200


async def test_a_match_brings_the_document(store: OpenStore) -> None:
    """The document comes as a search shows it, with what was set from outside and without its body."""
    await write_news(store)
    async with percolator_of(store) as percolator:
        (claimed, article) = await percolator.matching(
            [SearchRequest(kind="claims", query="origins:2"), SearchRequest(query="menolak")], IDS, ()
        )
    assert claimed.document["agreement"] == "disputed"
    (hit,) = (await store.search("menolak")).hits
    assert article.document == hit.document


async def test_only_what_is_named_percolates(store: OpenStore) -> None:
    """Other documents are not looked at; of an article's claims all are, when it is named for them."""
    await write_news(store)
    search = SearchRequest(kind="claims", query="akan")
    async with percolator_of(store) as percolator:
        assert [match.id for match in await percolator.matching([search], {"claims": ["c2"]}, ())] == ["c2"]
        assert [match.id for match in await percolator.matching([search], {"articles": ["a1"]}, ())] == []
        both = await percolator.matching([search], {"claims": ["c2"]}, ["a1", "no"])
        assert sorted(match.id for match in both) == ["c1", "c2"]
        assert await percolator.matching([search], {}, ()) == []


async def test_a_search_that_nobody_understands_finds_nothing(store: OpenStore) -> None:
    """It was kept by another release; the others are answered."""
    await write_news(store)
    searches = [SearchRequest(kind="claims", query="nosuchfield:("), SearchRequest(kind="claims", query="roket")]
    async with percolator_of(store) as percolator:
        matches = await percolator.matching(searches, {"claims": ["c1"]}, ())
    assert [(match.search, match.id) for match in matches] == [(1, "c1")]


async def test_more_documents_than_one_request_takes(store: OpenStore) -> None:
    """Every document counts, however many come at once."""
    names = [f"c{number:03}" for number in range(230)]
    await store.add(*(put("claims", claim(name, "Banjir surut")) for name in names))
    async with percolator_of(store) as percolator:
        matches = await percolator.matching([SearchRequest(kind="claims", query="banjir")], {"claims": names}, ())
    assert sorted(match.id for match in matches) == names


async def test_before_there_is_a_store(empty_store: EmptyStore) -> None:
    """Nothing was written, nothing is found."""
    async with empty_store() as settings:
        percolator = open_percolator(settings)
        assert await percolator.matching([SearchRequest(query="banjir")], {"articles": ["a"]}, ()) == []
        await percolator.close()


async def test_a_search_that_is_too_deep_for_the_store_holds_up_no_other(store: OpenStore) -> None:
    """Stores take so many brackets inside each other; what one of them cannot run finds nothing, the others are run."""
    await write_news(store)
    deep, searches = "roket", []
    for _ in range(24):
        deep = f"(akan OR (-bukan stance:deny {deep}))"
        searches.append(SearchRequest(kind="claims", query=deep))
    searches.append(SearchRequest(kind="claims", query="roket"))
    async with percolator_of(store) as percolator:
        matches = await percolator.matching(searches, {"claims": ["c1"]}, ())
    found = {match.search for match in matches}
    assert {0, 1, 2, 24} <= found
