"""What a person says of groups holds, for these claims and for those that come later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kliping_link.domain import cluster
from kliping_link.linker import link
from kliping_link.memory_state import MemoryState
from kliping_shared.contracts import EnrichedArticle, Span
from kliping_shared.corrections.groups import Anchor, GroupCorrection, correction
from tests.unit.link.building import Draft, Said, build
from tests.unit.link.worlds import NOW, Decision, Delivery, at_rest, corrected_schedules, newest

BRIDGE = "jembatan gantung di pesisir selesai sebelum musim hujan"
MARKET = "pasar ikan pelabuhan lama ditutup selama tiga bulan"
SPEAKER = "Ratna Suherman"


def says(name: str, *texts: str, day: int = 0) -> EnrichedArticle:
    """An article in which one speaker says these things."""
    return build(Draft(name, tuple(Said(SPEAKER, text) for text in texts), day=day, lead=f"Laporan {name}"))


def anchors(*articles: EnrichedArticle) -> list[Anchor]:
    """All claims of the articles."""
    return [Anchor.of(article, claim) for article in articles for claim in article.claims]


def decided(together: Sequence[Anchor], apart: Sequence[Anchor] = (), minute: int = 0) -> GroupCorrection:
    """A correction made in that minute."""
    return correction(together, apart, at=NOW + timedelta(minutes=minute), reason=None, by=None)


def grouped(articles: Sequence[EnrichedArticle], *corrections: GroupCorrection) -> list[list[str]]:
    """Claim ids by group when the corrections stand."""
    steps = [*(Decision(one, stands=True) for one in corrections), *map(Delivery, range(len(articles)))]
    groups, _ = at_rest(articles, steps)
    return sorted(sorted(member.claim_id for member in group.members) for group in groups.values())


def test_merged_claims_are_one_group_however_unlike_and_far_apart() -> None:
    """Two weeks and no common word do not matter; without the correction they are two groups."""
    one, other = says("a", BRIDGE), says("b", MARKET, day=14)
    assert grouped([one, other]) == [["a-0"], ["b-0"]]
    assert grouped([one, other], decided(anchors(one, other))) == [["a-0", "b-0"]]


def test_a_later_claim_joins_what_was_merged() -> None:
    """It is as near to the whole as to the part that it is like."""
    told = [says("a", BRIDGE), says("b", MARKET), says("c", MARKET), says("d", MARKET)]
    later = says("e", f"{BRIDGE} tiba")
    assert ["a-0", "b-0", "c-0", "d-0", "e-0"] in grouped([*told, later], decided(anchors(*told)))


def test_split_claims_are_apart_though_they_are_word_for_word_alike() -> None:
    """Those that were named stay together; the others stay where they were."""
    told = [says(name, BRIDGE) for name in "abcde"]
    split = decided(anchors(*told[:2]), anchors(*told[2:]))
    assert grouped(told) == [["a-0", "b-0", "c-0", "d-0", "e-0"]]
    assert grouped(told, split) == [["a-0", "b-0"], ["c-0", "d-0", "e-0"]]
    with_one_more = grouped([*told, says("f", BRIDGE)], split)
    assert sorted(map(len, with_one_more)) in ([2, 4], [3, 3])


def test_a_split_holds_in_a_component_that_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """More pairs than are clustered at once, all alike, and two of them apart."""
    monkeypatch.setattr(cluster, "LARGE", 1000)
    count = 75
    many = [says(f"n{number}", f"{BRIDGE} kata{number}") for number in range(count)]
    found = grouped(many, decided(anchors(many[0]), anchors(*many[1:])))
    assert ["n0-0"] in found
    merged = decided(anchors(*many))
    assert grouped(many, merged) == [sorted(f"n{number}-0" for number in range(count))]


def test_the_newer_of_two_corrections_holds() -> None:
    """A split of what was merged, and a merge of what was split."""
    one, other = says("a", BRIDGE), says("b", BRIDGE)
    for first, second, groups in ((0, 1, [["a-0", "b-0"]]), (1, 0, [["a-0"], ["b-0"]])):
        split = decided(anchors(one), anchors(other), minute=first)
        assert grouped([one, other], split, decided(anchors(one, other), minute=second)) == groups


def test_an_older_merge_holds_as_far_as_a_newer_split_allows() -> None:
    """Three were merged, one left: the other two stay together, and what hangs on one side only stays there."""
    one, two, three = says("a", BRIDGE), says("b", MARKET), says("c", "beras bantuan dibagikan kepada nelayan")
    merged = decided(anchors(one, two, three))
    assert grouped([one, two, three], merged, decided(anchors(two), anchors(one), minute=1)) in (
        [["a-0", "c-0"], ["b-0"]],
        [["a-0"], ["b-0", "c-0"]],
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corrected_schedules(), st.data())
def test_the_newest_correction_holds_whatever_else_was_corrected(
    drawn: tuple[list[EnrichedArticle], list[Delivery | Decision]], data: st.DataObject
) -> None:
    """Its claims are in one group, without any of those that it keeps apart."""
    articles, steps = drawn
    current = anchors(*newest(articles).values())
    assume(current)
    chosen = data.draw(st.lists(st.sampled_from(current), min_size=1, unique_by=lambda one: one.claim_id))
    cut = data.draw(st.integers(1, len(chosen)))
    last = decided(chosen[:cut], chosen[cut:], minute=60)
    groups, _ = at_rest(articles, [*steps, Decision(last, stands=True)])
    where = {member.claim_id: name for name, group in groups.items() for member in group.members}
    together = {where[anchor.claim_id] for anchor in last.together}
    assert len(together) == 1
    assert together.isdisjoint(where[anchor.claim_id] for anchor in last.apart)


def test_taking_it_back_leaves_no_trace() -> None:
    """The record is that of an article nobody ever corrected."""
    one, other = says("a", BRIDGE), says("b", MARKET)
    state, untouched = MemoryState(), MemoryState()
    merged = decided(anchors(one, other))
    for corrections in ({}, {merged.correction_id: merged}, {}):
        state.corrections = corrections
        for article in (one, other):
            link(state, article, NOW)
    for article in (one, other):
        link(untouched, article, NOW)
    assert (state.articles, state.postings) == (untouched.articles, untouched.postings)


def test_a_claim_is_found_again_when_its_article_is_read_anew() -> None:
    """With other borders and another id it is the one that covers most of the same words."""
    article = says("a", BRIDGE, MARKET)
    anchor = Anchor.of(article, article.claims[1])
    (first, second), gone = article.claims, article.model_copy(update={"claims": article.claims[:1]})
    shorter = second.model_copy(
        update={"claim_id": "new", "spans": (Span(start=second.spans[0].start + 5, end=second.spans[0].end),)}
    )
    again = article.model_copy(update={"claims": (shorter, first)})
    assert [anchor.find(one) for one in (article, again, gone)] == [1, 0, None]


def test_a_claim_is_found_in_another_version_by_its_words() -> None:
    """Wherever they stand there; in another document never."""
    old = build(Draft("old", (Said(SPEAKER, BRIDGE),), document_key="d"))
    new = build(Draft("new", (Said(SPEAKER, MARKET), Said(SPEAKER, BRIDGE)), document_key="d"))
    other = build(Draft("other", (Said(SPEAKER, BRIDGE),)))
    anchor = Anchor.of(old, old.claims[0])
    assert [anchor.find(article) for article in (new, other)] == [1, None]


def test_a_correction_whose_claim_is_gone_rests() -> None:
    """It changes nothing, and breaks nothing."""
    one, other = says("a", BRIDGE), says("b", MARKET)
    rest = decided([*anchors(says("z", BRIDGE)), *anchors(one)])
    assert grouped([one, other], rest) == [["a-0"], ["b-0"]]


def test_the_same_correction_twice_is_one() -> None:
    """Its id follows from the claims, in whatever order they are named, and which side they are on."""
    one, other = anchors(says("a", BRIDGE)), anchors(says("b", MARKET))
    assert decided([*one, *other]).correction_id == decided([*other, *one], minute=9).correction_id
    assert decided(one, other).correction_id not in (decided(other, one).correction_id, decided([*one, *other]))


def test_a_wording_that_was_merged_by_hand_says_so() -> None:
    """Nothing else tells why it is there."""
    one, other = says("a", BRIDGE), says("b", MARKET)
    groups, _ = at_rest([one, other], [Decision(decided(anchors(one, other)), stands=True), Delivery(0), Delivery(1)])
    (group,) = groups.values()
    assert [member.match and (member.match.source, member.match.score) for member in group.members] == [
        ("merged by hand", 1.0),
        ("merged by hand", 1.0),
    ]


def test_in_a_group_merged_by_hand_what_is_like_another_wording_is_told_with_that() -> None:
    """It would be in one group with it anyway; that it was merged says less."""
    articles = [says("a", BRIDGE), says("b", f"{BRIDGE} tiba"), says("c", MARKET)]
    merged = Decision(decided([one for article in articles for one in anchors(article)]), stands=True)
    groups, _ = at_rest(articles, [merged, *map(Delivery, range(3))])
    (group,) = groups.values()
    told = {one.claim_id: one.match and (one.match.claim_id, one.match.source) for one in group.members}
    assert told["a-0"] == ("b-0", "same speaker")
    assert told["b-0"] == ("a-0", "same speaker")
    assert told["c-0"] == ("a-0", "merged by hand")
