"""Pages and streams while the store grows: the same for every store."""

from __future__ import annotations

import base64
from hashlib import sha256

import pytest

from kliping_shared.errors import QueryError
from kliping_shared.store import open_reader
from kliping_shared.store.embedded import searching, walking
from kliping_shared.store.ports import Delete, Patch, SearchRequest, SortBy
from tests.integration.store.builders import article, claim, put
from tests.integration.store.conftest import OpenStore

TEXTS = ("satelit", "satelit roket satelit", "peluncuran satelit oleh Rusia", "satelit " * 5, "harga beras satelit")


async def _filled(store: OpenStore, count: int) -> set[str]:
    names = [f"a{number:03d}" for number in range(count)]
    await store.add(
        *(
            put("articles", article(name, TEXTS[number % 5], day=f"2023-09-{number % 28 + 1:02d}"))
            for number, name in enumerate(names)
        )
    )
    return set(names)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "outlets"])
async def test_pages_neither_skip_nor_repeat(store: OpenStore, sort: SortBy) -> None:
    """Paging shows every document of the first page's time once, in order, while others come, change and go."""
    wanted = await _filled(store, 60)
    shown: list[str] = []
    cursor, page_number = None, 0
    while True:
        page = await store.search("satelit", sort=sort, limit=7, cursor=cursor)
        shown += [hit.id for hit in page.hits]
        cursor, page_number = page.next_cursor, page_number + 1
        if cursor is None:
            break
        await store.add(
            put("articles", article(f"n{page_number}", "satelit satelit peluncuran", day="2023-09-30")),
            put("articles", article(f"o{page_number}", "roket", day="2020-01-01")),
            Patch("articles", f"a{page_number:03d}", page_number, {"story_id": "s"}),
        )
    assert len(shown) == len(set(shown))
    assert set(shown) == wanted
    assert page_number == 9


@pytest.mark.parametrize("query", ["satelit", "satelit OR beras", "satelit -roket"])
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
async def test_a_word_that_very_many_have_is_paged_to_the_last(
    store: OpenStore, monkeypatch: pytest.MonkeyPatch, query: str, sort: SortBy
) -> None:
    """A store may rank the latest of them only; every document is found, counted and shown once all the same."""
    monkeypatch.setattr(searching, "_DEEPEST", 10)
    names = await _filled(store, 60)
    wanted = {name for name in names if "-roket" not in query or TEXTS[int(name[1:]) % 5] != TEXTS[1]}
    shown: list[str] = []
    cursor = None
    while cursor is not None or not shown:
        page = await store.search(query, sort=sort, limit=7, cursor=cursor)
        assert page.total == len(wanted)
        shown += [hit.id for hit in page.hits]
        cursor = page.next_cursor
    assert len(shown) == len(set(shown))
    assert set(shown) == wanted


@pytest.mark.parametrize("query", ["satelit", "satelit OR beras", "satelit -outlet:kabar", "satelit OR outlet:kabar"])
@pytest.mark.parametrize("sort", ["relevance", "outlets"])
async def test_pages_past_what_is_ranked_neither_skip_nor_repeat(
    store: OpenStore, monkeypatch: pytest.MonkeyPatch, query: str, sort: SortBy
) -> None:
    """Others come, which changes every score, and what was shown goes, which leaves room among the ranked."""
    monkeypatch.setattr(searching, "_DEEPEST", 10)
    wanted = await _filled(store, 60)
    shown: list[str] = []
    cursor = None
    while cursor is not None or not shown:
        page = await store.search(query, sort=sort, limit=7, cursor=cursor)
        await store.add(
            Delete("articles", page.hits[0].id, 9),
            *(put("articles", article(f"n{len(shown)}{number}", "satelit " * number)) for number in range(1, 9)),
            *(put("articles", article(f"o{len(shown)}{number}", "roket " * 20)) for number in range(20)),
        )
        shown += [hit.id for hit in page.hits]
        cursor = page.next_cursor
    assert len(shown) == len(set(shown))
    assert set(shown) == wanted


@pytest.mark.parametrize("sort", ["relevance", "outlets"])
async def test_what_follows_the_ranked_follows_when_these_are_gone(
    store: OpenStore, monkeypatch: pytest.MonkeyPatch, sort: SortBy
) -> None:
    """All that the next page would have shown of them was deleted."""
    monkeypatch.setattr(searching, "_DEEPEST", 10)
    wanted = await _filled(store, 20)
    ranked = [hit.id for hit in (await store.search("satelit", sort=sort, limit=10)).hits]
    first = await store.search("satelit", sort=sort, limit=7)
    await store.add(*(Delete("articles", name, 9) for name in ranked[7:]))
    rest = await store.search("satelit", sort=sort, limit=7, cursor=first.next_cursor)
    last = await store.search("satelit", sort=sort, limit=7, cursor=rest.next_cursor)
    assert len(rest.hits) == 7
    assert {hit.id for page in (rest, last) for hit in page.hits} == wanted - set(ranked)


async def test_any_of_frequent_words_under_a_filter(store: OpenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the filter lets through is found, however many later documents have the words."""
    monkeypatch.setattr(searching, "_DEEPEST", 10)
    old = [article(f"o{number}", "beras", outlet="Lama", day="2020-01-01") for number in range(5)]
    await store.add(*(put("articles", document) for document in old))
    await _filled(store, 60)
    for narrowed in ({"filters": {"outlet": ("Lama",)}}, {"date_to": "2021-01-01"}):
        page = await store.search("satelit OR beras", limit=5, **narrowed)  # type: ignore[arg-type]
        assert (page.total, {hit.id for hit in page.hits}) == (5, {f"o{number}" for number in range(5)})


async def test_one_page_may_hold_more_than_is_ranked(store: OpenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is cut off."""
    monkeypatch.setattr(searching, "_DEEPEST", 10)
    wanted = await _filled(store, 30)
    for sort in ("relevance", "outlets"):
        page = await store.search("satelit", sort=sort, limit=40)
        assert ({hit.id for hit in page.hits}, page.next_cursor) == (wanted, None)


@pytest.mark.parametrize(
    "query", ["kata stance:deny", "stance:deny -bukan", "kata -stance:doubt", "(kata OR bukan) stance:deny -bukan"]
)
async def test_words_and_fields_hold_together_in_an_order_by_time(store: OpenStore, query: str) -> None:
    """Also where most documents are found."""
    texts = {f"c{number:02d}": "bukan" if number % 4 == 0 else "kata" for number in range(40)}
    await store.add(*(put("claims", claim(name, text, stance="deny")) for name, text in texts.items()))
    wanted = [name for name, text in texts.items() if text == "kata"]
    first = await store.search(query, kind="claims", sort="newest", limit=4)
    second = await store.search(query, kind="claims", sort="newest", limit=4, cursor=first.next_cursor)
    assert first.total == len(wanted)
    assert [hit.id for hit in (*first.hits, *second.hits)] == wanted[:8]


async def test_later_pages_have_scores_too(store: OpenStore) -> None:
    """They are those that one long page has."""
    await _filled(store, 12)
    whole = await store.search("satelit roket OR beras", limit=12)
    first = await store.search("satelit roket OR beras", limit=3)
    second = await store.search("satelit roket OR beras", limit=3, cursor=first.next_cursor)
    assert [(hit.id, hit.score) for hit in second.hits] == [(hit.id, hit.score) for hit in whole.hits[3:6]]
    assert all(hit.score for hit in second.hits)


async def test_what_has_more_of_the_words_comes_first_however_many_have_one(
    store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it is older than all that have the frequent word alone."""
    monkeypatch.setattr(searching, "_DEEPEST", 10)
    await store.add(put("articles", article("both", "beras dan satelit", day="2023-01-01")))
    await _filled(store, 24)
    page = await store.search("satelit OR dan", limit=3)
    assert page.hits[0].id == "both"
    assert page.total == 25


async def test_order_by_carrying_outlets_holds_while_counts_change(store: OpenStore) -> None:
    """Who pages through claims by outlets misses none although their counts grow meanwhile."""
    await store.add(
        *(put("claims", claim(f"c{number:02d}", "kata", outlet_count=number % 4 + 1)) for number in range(30))
    )
    first = await store.search("", kind="claims", sort="outlets", limit=10)
    await store.add(*(Patch("claims", f"c{number:02d}", 2, {"outlet_count": 9}) for number in range(30)))
    second = await store.search("", kind="claims", sort="outlets", limit=10, cursor=first.next_cursor)
    third = await store.search("", kind="claims", sort="outlets", limit=10, cursor=second.next_cursor)
    assert len({hit.id for page in (first, second, third) for hit in page.hits}) == 30
    assert third.next_cursor is None


async def test_none_is_missed_under_a_filter_either(store: OpenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a store that goes through the first in the order gives up before it has all; none comes twice."""
    monkeypatch.setattr(walking, "_PASSED", 20)
    claims = [
        claim(f"c{number:02d}", "kata", outlet=("Lensa", "Kabar")[number % 2], outlet_count=100 - number)
        for number in range(60)
    ]
    await store.add(*(put("claims", document) for document in claims))
    shown: list[str] = []
    cursor = None
    while cursor is not None or not shown:
        page = await store.search(
            "", kind="claims", sort="outlets", limit=5, filters={"outlet": ("Kabar",)}, cursor=cursor
        )
        shown += [hit.id for hit in page.hits]
        cursor = page.next_cursor
        await store.add(Patch("claims", "c51", len(shown), {"outlet_count": 500 + len(shown)}))
    assert sorted(shown) == [f"c{number:02d}" for number in range(1, 60, 2)]


async def test_deleted_documents_leave_no_gap(store: OpenStore) -> None:
    """A document that is deleted while one pages is left out, the page is as full as before."""
    await _filled(store, 20)
    first = await store.search("satelit", limit=5)
    gone = {f"a{number:03d}" for number in range(20)} - {hit.id for hit in first.hits}
    await store.add(*(Delete("articles", name, 9) for name in sorted(gone)[:3]))
    second = await store.search("satelit", limit=5, cursor=first.next_cursor)
    assert len(second.hits) == 5
    assert not {hit.id for hit in second.hits} & set(sorted(gone)[:3])


@pytest.mark.parametrize("sort", ["relevance", "outlets"])
async def test_another_reader_goes_on(store: OpenStore, sort: SortBy) -> None:
    """A cursor is good after a restart of the search service as well."""
    wanted = await _filled(store, 30)
    first = await store.search("satelit", sort=sort, limit=10)
    other = open_reader(store.settings)
    shown = [hit.id for hit in first.hits]
    cursor = first.next_cursor
    while cursor:
        page = await other.search(SearchRequest(query="satelit", sort=sort, limit=10, cursor=cursor))
        shown += [hit.id for hit in page.hits]
        cursor = page.next_cursor
    await other.close()
    assert sorted(shown) == sorted(wanted)


async def test_tampered_cursors_are_refused(store: OpenStore) -> None:
    """A cursor that was changed, cut, invented, or belongs to another search is a QueryError."""
    await _filled(store, 10)
    cursor = (await store.search("satelit", limit=3)).next_cursor
    assert cursor is not None
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    raw[-3] ^= 1
    changed = base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")
    for bad in (changed, cursor[:-4], "x", "", "ü", "AAAA"):
        if bad:
            with pytest.raises(QueryError):
                await store.search("satelit", limit=3, cursor=bad)
    with pytest.raises(QueryError):
        await store.search("roket", limit=3, cursor=cursor)


@pytest.mark.parametrize("sort", ["relevance", "newest", "outlets"])
async def test_cursors_fit_into_addresses(store: OpenStore, sort: SortBy) -> None:
    """Also after the largest page of documents with long ids."""
    names = [sha256(str(number).encode()).hexdigest()[:32] for number in range(201)]
    await store.add(*(put("articles", article(name, "satelit")) for name in names))
    first = await store.search("satelit", sort=sort, limit=200)
    assert first.next_cursor is not None
    assert len(first.next_cursor) <= 6000
    second = await store.search("satelit", sort=sort, limit=200, cursor=first.next_cursor)
    assert {hit.id for page in (first, second) for hit in page.hits} == set(names)


async def test_limit_zero_counts_only(store: OpenStore) -> None:
    """A request for no hits still says how many there are."""
    await _filled(store, 5)
    page = await store.search("satelit", limit=0)
    assert (page.total, page.hits, page.next_cursor) == (5, (), None)


async def test_stream_is_complete(store: OpenStore) -> None:
    """A stream of 5,000 documents has each once, in order, as of its start, although others are written meanwhile."""
    names = [f"a{number:04d}" for number in range(5000)]
    await store.writer.apply([[put("articles", article(name, "satelit"))] for name in names])
    request = SearchRequest(query="satelit", sort="oldest", limit=1, filters={})
    shown = []
    async for document in store.reader.stream(request):
        shown.append(document["article_id"])
        if len(shown) == 1000:
            await store.add(
                put("articles", article("later", "satelit", day="2023-09-20")), Delete("articles", "a4999", 9)
            )
    assert shown == names


async def test_ids_are_those_of_the_stream(store: OpenStore) -> None:
    """In its order, as of its start, under the query and the filters."""
    await store.add(*(put("articles", article(f"a{number:04}", "Banjir surut")) for number in range(450)))
    request = SearchRequest(sort="newest", query="banjir", excluded={"outlet": ("nobody",)})
    streamed = [document["article_id"] async for document in store.reader.stream(request)]
    assert [name async for some in store.reader.ids(request) for name in some] == streamed
    assert len(streamed) == 450
    assert [some async for some in store.reader.ids(SearchRequest(query="tiadasama")) if some] == []


async def test_a_stream_may_be_left_early(store: OpenStore) -> None:
    """Who stops reading a stream leaves the store usable."""
    await _filled(store, 30)
    stream = store.reader.stream(SearchRequest(sort="newest"))
    async for _ in stream:
        break
    await stream.aclose()  # type: ignore[attr-defined]
    assert (await store.search("")).total == 30


@pytest.mark.docker
@pytest.mark.parametrize("empty_store", ["opensearch"], indirect=True)
async def test_a_point_in_time_that_is_lost_at_once(store: OpenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that loses its points in time, to the searches of many others, finds and pages all the same."""
    monkeypatch.setattr("kliping_shared.store.opensearch.reader._POINTS", 0)
    await store.add(*(put("articles", article(f"a{number}", "kata")) for number in range(5)))
    reader = open_reader(store.settings)
    found: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        page = await reader.search(SearchRequest(query="kata", limit=2, cursor=cursor))
        found += [hit.id for hit in page.hits]
        cursor = page.next_cursor
    assert (found, cursor) == ([f"a{number}" for number in range(5)], None)
    await reader.close()
