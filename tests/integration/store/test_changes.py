"""What the store keeps of changes that come late, early, twice or in any order: the same for every store."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kliping_shared.errors import PermanentError
from kliping_shared.store.documents import KINDS
from kliping_shared.store.ports import (
    Change,
    Delete,
    Patch,
    PatchClaims,
    Put,
    ReplaceClaims,
    SearchRequest,
    StoreReader,
)
from tests.integration.store.builders import article, claim, group, put
from tests.integration.store.conftest import EmptyStore, OpenStore, opened, writer_of


async def test_late_older_put_is_ignored(store: OpenStore) -> None:
    """An older version that arrives late changes neither the document nor what finds it."""
    await store.add(put("articles", article("a", "satelit baru"), 5))
    await store.add(put("articles", article("a", "beras lama"), 4))
    assert await store.ids("beras") == []
    assert await store.ids("satelit") == ["a"]


async def test_newer_put_replaces_everything(store: OpenStore) -> None:
    """A newer version is found by its own words and values only, and counted once."""
    await store.add(put("articles", article("a", "beras lama", outlet="Antara"), 1))
    await store.add(put("articles", article("a", "satelit baru", outlet="Kompas"), 2))
    page = await store.search("", facets=("outlet",))
    assert page.total == 1
    assert [item.value for item in page.facets["outlet"]] == ["Kompas"]
    assert await store.ids("beras") == []
    assert (await store.reader.counts())["articles"] == 1


async def test_patch_before_put(store: OpenStore) -> None:
    """A patch that comes before its document is applied when the document comes, and wins over its fields."""
    await store.add(Patch("claims", "c", 7, {"group_id": "g9", "outlet_count": 4}))
    assert (await store.reader.counts())["claims"] == 0
    await store.add(put("claims", claim("c", "Kami menang"), 9))
    document = await store.reader.get("claims", "c")
    assert document is not None
    assert (document["group_id"], document["outlet_count"]) == ("g9", 4)
    assert await store.ids("group:g9 outlets:4", kind="claims") == ["c"]


async def test_later_patch_wins(store: OpenStore) -> None:
    """An older patch that arrives late changes nothing; a newer one moves values and facets."""
    await store.add(put("articles", article("a")), Patch("articles", "a", 5, {"story_title": "Lama"}))
    await store.add(Patch("articles", "a", 6, {"story_title": "Baru"}))
    await store.add(Patch("articles", "a", 4, {"story_title": "Kuno"}))
    page = await store.search("story:baru", facets=("story_title",))
    assert [item.value for item in page.facets["story_title"]] == ["Baru"]
    assert page.hits[0].document["story_title"] == "Baru"


async def test_patch_of_searched_field_is_searched(store: OpenStore) -> None:
    """A patched text is found by its new words."""
    await store.add(put("articles", article("a", "beras")), Patch("articles", "a", 1, {"title": "Satelit"}))
    assert await store.ids("title:satelit") == ["a"]


async def test_patch_of_all_claims(store: OpenStore) -> None:
    """A patch of an article's claims reaches those that are there and those that come, and no others."""
    await store.add(
        put("claims", claim("c1", "satu", article_id="a")), put("claims", claim("c3", "tiga", article_id="b"))
    )
    await store.add(PatchClaims("a", 3, {"story_id": "s1"}))
    await store.add(put("claims", claim("c2", "dua", article_id="a")))
    assert sorted(await store.ids("story:s1", kind="claims")) == ["c1", "c2"]


async def test_deleted_stays_out(store: OpenStore) -> None:
    """After a deletion an older put stays out, whichever came first; a newer one comes in."""
    await store.add(Delete("articles", "a", 5))
    await store.add(put("articles", article("a", "beras"), 5))
    assert await store.reader.get("articles", "a") is None
    assert await store.ids("beras") == []
    await store.add(put("articles", article("a", "satelit"), 6))
    assert await store.ids("satelit") == ["a"]
    await store.add(Delete("articles", "a", 6))
    assert (await store.reader.counts())["articles"] == 0
    assert (await store.search("", facets=("outlet",))).total == 0


async def test_replaced_claims_go(store: OpenStore) -> None:
    """Claims that an article no longer makes are gone, also those that arrive late; newer ones stay."""
    await store.add(*(put("claims", claim(name, "kata", article_id="a"), 1) for name in ("c1", "c2")))
    await store.add(ReplaceClaims("a", 2, ("c2", "c3")), put("claims", claim("c3", "kata", article_id="a"), 2))
    await store.add(
        put("claims", claim("c4", "kata", article_id="a"), 1), put("claims", claim("c5", "kata", article_id="a"), 3)
    )
    assert sorted(await store.ids(kind="claims")) == ["c2", "c3", "c5"]


async def test_article_body_comes_with_get_only(store: OpenStore) -> None:
    """The reading view's body is kept whole, and not carried by search results."""
    body = {"text": "isi " * 1000, "claims": [{"claim_id": "c"}]}
    await store.add(put("articles", article("a", body=body)))
    got = await store.reader.get("articles", "a")
    assert got is not None
    assert got["body"] == body
    assert not (await store.search("")).hits[0].document.get("body")


async def test_get_many_keeps_the_order(store: OpenStore) -> None:
    """Documents come in the order asked for, without those that do not exist, each once."""
    await store.add(*(put("articles", article(name)) for name in "abc"))
    found = await store.reader.get_many("articles", ["c", "x", "a", "c"])
    assert [document["article_id"] for document in found] == ["c", "a"]


async def test_a_refused_change_leaves_nothing(store: OpenStore) -> None:
    """When one change cannot be kept, none of the call is, and the store goes on working."""
    bad = Put("articles", "b", 1, {"article_id": "b", "text": "x", "title": object()})
    with pytest.raises(PermanentError):
        await store.writer.apply([[put("articles", article("a"))], [bad]])
    assert (await store.reader.counts())["articles"] == 0
    await store.add(put("articles", article("a")))
    assert (await store.reader.counts())["articles"] == 1


async def test_version_of_the_same_content_still_counts(store: OpenStore) -> None:
    """A change between two versions of the same content is older than the second one, and ignored."""
    shown = group("g", "Kami menang", outlet=["Antara"], outlet_count=1)
    await store.add(
        put("claims", claim("c", "Kami menang", article_id="a"), 1), put("groups", shown, 1), ReplaceClaims("a", 1, ("c",)),
        PatchClaims("a", 1, {"story_id": "s"}), Patch("claims", "c", 1, {"group_id": "g", "outlet_count": 1}),
    )  # fmt: skip
    await store.add(
        put("groups", shown, 5), Patch("claims", "c", 5, {"group_id": "g"}), PatchClaims("a", 5, {"story_id": "s"})
    )
    late = (Patch("claims", "c", 3, {"group_id": "g3"}), PatchClaims("a", 3, {"story_id": "s3"}))
    await store.add(put("groups", shown | {"text": "Kalah"}, 3), *late)
    after = await store.reader.get("groups", "g"), await store.reader.get("claims", "c")
    assert (after[0] or {})["text"] == "Kami menang"
    assert ((after[1] or {})["group_id"], (after[1] or {})["story_id"]) == ("g", "s")


async def test_body_moves_though_the_rest_is_the_same(store: OpenStore) -> None:
    """An article whose searched fields are the same, with another body, shows the newer body."""
    document = {"article_id": "a", "title": "Judul", "text": "Isi"}
    for version, body in ((1, {"n": 1}), (2, {"n": 2})):
        await store.add(Put("articles", "a", version, document | {"body": body}))
        assert (await store.reader.get("articles", "a") or {})["body"] == body


async def test_a_value_is_the_same_whoever_brings_it(store: OpenStore) -> None:
    """A value that several documents of one batch bring for the first time is one value; so are later ones of another writer."""
    second = writer_of(store.settings)
    for number, writer in enumerate((store.writer, second, store.writer, second)):
        added, other = (
            claim(f"{letter}{number}", "kata", outlet='Média "Ä"', speaker=f"Rudi {number // 2}") for letter in "cx"
        )
        await writer.apply([[put("claims", added)], [put("claims", other)]])
    page = await store.search("", kind="claims", facets=("outlet", "speaker"))
    assert [(value.value, value.count) for value in page.facets["outlet"]] == [('Média "Ä"', 8)]
    assert [(value.value, value.count) for value in page.facets["speaker"]] == [("Rudi 0", 4), ("Rudi 1", 4)]
    await second.close()


SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
IDS = ("c1", "c2")
WORDS = st.sampled_from(["kata", "satelit", "beras"])
VERSIONS = st.integers(1, 4)
CHANGES = st.one_of(
    st.builds(
        lambda name, version, word, outlet: put("claims", claim(name, word, article_id="a", outlet=outlet), version),
        st.sampled_from(IDS), VERSIONS, WORDS, st.sampled_from(["Antara", "Kompas"]),
    ),
    st.builds(
        lambda name, version, field, value: Patch("claims", name, version, {field: value}),
        st.sampled_from(IDS), VERSIONS, st.sampled_from(["group_id", "story_id", "text"]), WORDS,
    ),
    st.builds(lambda version, value: PatchClaims("a", version, {"story_id": value}), VERSIONS, WORDS),
    st.builds(lambda name, version: Delete("claims", name, version), st.sampled_from(IDS), VERSIONS),
    st.builds(
        lambda version, ids: ReplaceClaims("a", version, tuple(sorted(ids))), VERSIONS, st.sets(st.sampled_from(IDS))
    ),
)  # fmt: skip


async def _content(empty_store: EmptyStore, messages: Sequence[Sequence[Change]]) -> dict[str, Any]:
    """Everything that a new store shows after these messages."""
    async with empty_store() as settings_, opened(settings_) as store:
        for message in messages:
            await store.writer.apply([message])
        return await everything(store.reader)


async def everything(reader: StoreReader) -> dict[str, Any]:
    """All that is found, by words and by values."""
    shown: dict[str, Any] = dict(await reader.counts())
    for kind in KINDS:
        shown[f"all {kind}"] = [document async for document in reader.stream(SearchRequest(kind=kind, sort="newest"))]
    for query in ("kata", "satelit", "beras", "story:kata", "group:beras", "outlet:antara"):
        page = await reader.search(
            SearchRequest(kind="claims", query=query, facets=("outlet", "story_id"), sort="newest")
        )
        shown[query] = (page.total, [hit.id for hit in page.hits], page.facets)
    return shown


async def _check_any_order(empty_store: EmptyStore, changes: list[Change], chance: Any) -> None:
    shuffled = [*changes, *chance.sample(changes, len(changes) // 2)]
    chance.shuffle(shuffled)
    sizes = itertools.cycle((1, 3, 2))
    grouped = []
    while shuffled:
        size = next(sizes)
        grouped.append(shuffled[:size])
        shuffled = shuffled[size:]
    in_order = await _content(empty_store, [[change] for change in changes])
    assert in_order == await _content(empty_store, grouped)


@pytest.mark.parametrize("empty_store", ["embedded"], indirect=True)
@given(st.lists(CHANGES, max_size=10), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
async def test_order_and_number_do_not_matter(empty_store: EmptyStore, changes: list[Change], chance: Any) -> None:
    """The same changes in any order, any of them repeated, grouped in any way, show the same store."""
    await _check_any_order(empty_store, changes, chance)


@pytest.mark.parametrize("empty_store", [pytest.param("opensearch", marks=pytest.mark.docker)], indirect=True)
@given(st.lists(CHANGES, max_size=10), st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None, suppress_health_check=SLOW)
async def test_order_and_number_do_not_matter_on_a_server(
    empty_store: EmptyStore, changes: list[Change], chance: Any
) -> None:
    """The same with fewer examples, each of which takes a server a second or two."""
    await _check_any_order(empty_store, changes, chance)
