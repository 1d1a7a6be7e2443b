"""What is said again day after day: groups end with the window, however long it goes on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping_link.domain.extent import Extent
from kliping_link.domain.features import Day
from kliping_link.domain.score import Weights
from kliping_link.linker import link_all
from kliping_shared.contracts import ClaimGroup, EnrichedArticle
from tests.unit.link.building import Draft, Said, build, shelved

SLOGAN = "jembatan gantung di pesisir selesai sebelum musim hujan"
WINDOW = Weights().window_days
days = st.builds(Day, st.one_of(st.none(), st.integers(1, 20)), st.integers(1, 20))


def repeated(count: int, words: str = SLOGAN) -> list[EnrichedArticle]:
    """The same statement once a day."""
    return [
        build(Draft(f"a{number}", (Said("Ratna Suherman", words),), lead=f"Hari {number}", day=number, seen=number))
        for number in range(count)
    ]


def groups(articles: list[EnrichedArticle]) -> list[ClaimGroup]:
    """The groups of claims."""
    return list(shelved(link_all(articles))[0].values())


@pytest.mark.parametrize("count", [9, 61])
def test_a_slogan_of_every_day_is_a_group_for_each_week_or_so(count: int) -> None:
    """No group is longer than the window, none falls apart, and days that follow each other mostly stand together."""
    found = groups(repeated(count))
    assert all((group.last_seen - group.first_seen).days <= WINDOW for group in found)
    assert sum(len(group.members) for group in found) == count
    assert len(found) <= count / 3


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=14), st.randoms(use_true_random=False))
def test_spans_are_capped_in_any_order(told: list[int], chance: object) -> None:
    """Whatever days a statement is repeated on, its groups span the window at most and do not follow the order."""
    articles = [
        build(Draft(f"a{number}", (Said("Ratna Suherman", SLOGAN),), lead=f"Nomor {number}", day=day, seen=day))
        for number, day in enumerate(told)
    ]
    found = shelved(link_all(articles))[0]
    assert all((group.last_seen - group.first_seen).days <= WINDOW for group in found.values())
    shuffled = list(articles)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    again = shelved(link_all(shuffled))[0]
    assert {name: {m.claim_id for m in group.members} for name, group in again.items()} == {
        name: {m.claim_id for m in group.members} for name, group in found.items()
    }


@given(st.lists(days, min_size=1, max_size=6))
def test_the_extent_of_many_is_that_of_the_two_farthest_apart(some: list[Day]) -> None:
    """Kept from first and last days alone, it is what looking at all pairs gives."""
    extent = Extent.of(some[0])
    for one in some[1:]:
        extent = extent.with_(Extent.of(one))
    assert extent.days == max(a.apart(b) for a in some for b in some)
