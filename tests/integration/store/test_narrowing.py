"""Leaving out, looking for values, and when it was: the same for every store."""

from __future__ import annotations

import pytest

from kliping_shared.errors import QueryError
from kliping_shared.store.embedded import walking
from kliping_shared.store.ports import Bar, Delete, FacetValue, Patch, SortBy
from tests.integration.store.builders import article, claim, put
from tests.integration.store.conftest import OpenStore


@pytest.fixture
async def news(store: OpenStore) -> OpenStore:
    """Five articles over seven weeks, one of them without a day and without an outlet."""
    told = [
        ("a1", "2026-01-05", "Kabar", ["Éva Sari", "Budi Hartono"]),
        ("a2", "2026-01-06", "Kabar", ["Budi Hartono"]),
        ("a3", "2026-01-06", "Lensa", ["Sari Budi", "budi-hartono"]),
        ("a4", "2026-02-28", "Warta", ["Hartono"]),
    ]
    await store.add(
        *(
            put("articles", article(name, "Tanggul jebol.", day=day, outlet=outlet, person=person))
            for name, day, outlet, person in told
        ),
        put("articles", article("a5", "Tanggul jebol lagi.", day=None)),
    )
    return store


def counts(values: tuple[FacetValue, ...]) -> dict[str, int]:
    """The values with their counts."""
    return {value.value: value.count for value in values}


@pytest.mark.parametrize("query", ["", "tanggul", "person:budi OR -person:budi"])
async def test_excluded_values_leave_their_documents_out(news: OpenStore, query: str) -> None:
    """Documents that have one of the values are gone, those that have none stay."""
    page = await news.search(query, excluded={"outlet": ("KABAR", "Warta")})
    assert page.total == 2
    assert {hit.id for hit in page.hits} == {"a3", "a5"}


async def test_a_value_is_wanted_and_another_is_not(news: OpenStore) -> None:
    """Of one field and of two."""
    assert await news.ids(filters={"person": ("Budi Hartono",)}, excluded={"person": ("Éva Sari",)}) == ["a2", "a3"]
    assert await news.ids(filters={"person": ("Budi Hartono",)}, excluded={"outlet": ("Kabar",)}) == ["a3"]


@pytest.mark.parametrize("sort", ["newest", "oldest", "outlets"])
@pytest.mark.parametrize("passed", [5, 20, 1000])
async def test_a_filter_that_most_pass_keeps_the_order(
    store: OpenStore, monkeypatch: pytest.MonkeyPatch, sort: SortBy, passed: int
) -> None:
    """A store may look for those that pass among the first in the order, as far as it takes."""
    monkeypatch.setattr(walking, "_PASSED", passed)
    await store.add(
        *(
            put("claims", claim(f"c{number:02d}", "kata", published_at=f"2026-01-{number + 1:02d}", outlet=outlet))
            for number, outlet in enumerate(("Kabar", "Kabar", "Lensa", "Kabar") * 6)
        )
    )
    wanted = [f"c{number:02d}" for number in range(24) if number % 4 != 2]
    if sort != "oldest":
        wanted.reverse()
    for narrowing in ({"filters": {"outlet": ("Kabar",)}}, {"excluded": {"outlet": ("Lensa",)}}):
        first = await store.search(kind="claims", sort=sort, limit=4, **narrowing)  # type: ignore[arg-type]
        assert first.total == len(wanted)
        second = await store.search(kind="claims", sort=sort, limit=4, cursor=first.next_cursor, **narrowing)  # type: ignore[arg-type]
        assert [hit.id for hit in (*first.hits, *second.hits)] == wanted[:8]


async def test_a_facet_counts_what_it_excludes(news: OpenStore) -> None:
    """Its own filter does not hold for a facet, so that it tells what one would have back; for others it does."""
    page = await news.search(excluded={"outlet": ("Kabar",)}, facets=("outlet", "person"))
    assert counts(page.facets["outlet"]) == {"Kabar": 2, "Lensa": 1, "Warta": 1}
    assert counts(page.facets["person"]) == {"Hartono": 1, "Sari Budi": 1, "budi-hartono": 1}


async def test_excluding_by_what_the_kind_has_not_is_refused(news: OpenStore) -> None:
    """Ignored, it would show too much."""
    with pytest.raises(QueryError, match="cue"):
        await news.search(excluded={"cue": ("kata",)})


async def test_a_cursor_is_of_what_is_excluded(news: OpenStore) -> None:
    """Pages of another search do not follow."""
    page = await news.search("tanggul", limit=1, excluded={"outlet": ("Kabar",)})
    with pytest.raises(QueryError):
        await news.search("tanggul", limit=1, cursor=page.next_cursor)
    more = await news.search("tanggul", limit=1, excluded={"outlet": ("Kabar",)}, cursor=page.next_cursor)
    assert more.hits


@pytest.mark.parametrize("query", ["", "tanggul"])
async def test_a_facet_goes_on(news: OpenStore, query: str) -> None:
    """Value after value, by count and then by name, each once."""
    shown: list[str] = []
    for offset in range(0, 6, 2):
        page = await news.search(query, facets=("person",), facet_size=2, facet_offset=offset, limit=0)
        shown += [value.value for value in page.facets["person"]]
    assert shown == ["Budi Hartono", "Hartono", "Sari Budi", "budi-hartono", "Éva Sari"]


@pytest.mark.parametrize("query", ["", "tanggul"])
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("budi", ["Budi Hartono", "Sari Budi", "budi-hartono"]),
        ("BUDI H", ["Budi Hartono", "budi-hartono"]),
        ("eva", ["Éva Sari"]),
        ("sari", ["Sari Budi", "Éva Sari"]),
        ("ari", []),
        ("budi sari", []),
        (".*", ["Budi Hartono", "Hartono", "Sari Budi", "budi-hartono", "Éva Sari"]),
    ],
)
async def test_values_are_found_by_words_of_theirs(news: OpenStore, query: str, words: str, found: list[str]) -> None:
    """Whole words and the start of one, however they are written; no other value of the same documents."""
    page = await news.search(query, facets=("person",), facet_words=words)
    assert [value.value for value in page.facets["person"]] == found


async def test_values_that_are_no_texts_are_found_too(news: OpenStore) -> None:
    """Days begin with their year."""
    page = await news.search(facets=("published_on",), facet_words="2026-02")
    assert page.facets["published_on"] == (FacetValue("2026-02-28", 1),)


@pytest.mark.parametrize("query", ["", "tanggul"])
@pytest.mark.parametrize(
    ("interval", "bars"),
    [
        ("day", [Bar("2026-01-05", "2026-01-05", 1), Bar("2026-01-06", "2026-01-06", 2), Bar("2026-02-28", "2026-02-28", 1)]),
        ("week", [Bar("2026-01-05", "2026-01-11", 3), Bar("2026-02-23", "2026-03-01", 1)]),
        ("month", [Bar("2026-01-01", "2026-01-31", 3), Bar("2026-02-01", "2026-02-28", 1)]),
        ("year", [Bar("2026-01-01", "2026-12-31", 4)]),
    ],
)  # fmt: skip
async def test_when_it_was(news: OpenStore, query: str, interval: str, bars: list[Bar]) -> None:
    """Every found document that has a day is in one stretch; stretches without any are left out."""
    timeline = (await news.search(query, timeline=interval)).timeline
    assert timeline is not None
    assert (timeline.interval, list(timeline.bars)) == (interval, bars)


async def test_a_timeline_is_of_what_is_found(news: OpenStore) -> None:
    """Under all filters and days, others' too; none where nobody asks."""
    page = await news.search(
        filters={"outlet": ("Kabar", "Lensa")},
        excluded={"person": ("Sari Budi",)},
        date_from="2026-01-06",
        timeline="auto",
    )
    assert page.timeline is not None
    assert page.timeline.bars == (Bar("2026-01-06", "2026-01-06", page.total),)
    assert (await news.search(date_to="2025-01-01", timeline="auto")).timeline is not None
    assert (await news.search()).timeline is None


async def test_what_takes_long_to_count_is_left_out_where_that_is_asked_for(news: OpenStore) -> None:
    """What is kept, or has not to look at more documents than that, is counted all the same; the rest is found alike."""
    facets = ("outlet", "person")
    whole = await news.search(facets=facets, timeline="day", count_within=0)
    assert counts(whole.facets["outlet"]) == {"Kabar": 2, "Lensa": 1, "Warta": 1}
    assert whole.timeline is not None
    for wanted in ({"query": "tanggul"}, {"filters": {"outlet": ("Kabar",)}}, {"date_from": "2026-01-06"}):
        asked = {"facets": facets, "timeline": "day", **wanted}
        all_of_it, some = await news.search(**asked), await news.search(count_within=1, **asked)
        assert [hit.id for hit in some.hits] == [hit.id for hit in all_of_it.hits]
        assert some.total == all_of_it.total
        assert all(values == all_of_it.facets[name] for name, values in some.facets.items())
        assert some.timeline in (None, all_of_it.timeline)
        assert await news.search(count_within=5, **asked) == all_of_it


async def test_counts_follow_what_changes(news: OpenStore) -> None:
    """What comes, goes or becomes another counts as it is now, however often it is told."""
    for _ in range(2):
        await news.add(
            Delete("articles", "a2", 3),
            put("articles", article("a3", "Tanggul jebol.", day="2026-02-28", outlet="Lensa", person=["Hartono"]), 2),
            Patch("articles", "a4", 5, {"origin": "Antara"}),
            put("claims", claim("c1", "Tanggul jebol", outlet="Kabar")),
        )
    page = await news.search(facets=("outlet", "person", "origin"), timeline="month")
    assert page.total == 4
    assert counts(page.facets["outlet"]) == {"Kabar": 1, "Lensa": 1, "Warta": 1}
    assert counts(page.facets["person"]) == {"Hartono": 2, "Budi Hartono": 1, "Éva Sari": 1}
    assert counts(page.facets["origin"]) == {"Antara": 1}
    assert page.timeline is not None
    assert [bar.count for bar in page.timeline.bars] == [1, 2]
