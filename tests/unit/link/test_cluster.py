"""From scores to groups."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping_link.domain import cluster
from kliping_link.domain.cluster import clusters, components
from kliping_link.domain.features import Ruling
from kliping_link.domain.records import Ref
from kliping_link.domain.rulings import families, tied

A, B, C, D = (Ref(number, 0) for number in range(4))
refs = st.lists(st.builds(Ref, st.integers(0, 9), st.integers(0, 2)), min_size=2, max_size=9, unique=True)


def test_a_chain_is_a_component_but_not_a_group() -> None:
    """a is like b, b like c, c like d, and a not like d: two groups of two."""
    scores = {(A, B): 0.8, (B, C): 0.6, (C, D): 0.8}
    assert components([D, C, B, A], scores, 0.5) == [[A, B, C, D]]
    assert clusters([D, C, B, A], scores, 0.5) == [[A, B], [C, D]]


def test_alike_members_are_one_group() -> None:
    """Where all pairs reach the threshold there is one group."""
    scores = {(A, B): 0.7, (A, C): 0.6, (B, C): 0.5}
    assert clusters([A, B, C], scores, 0.5) == [[A, B, C]]


def test_with_a_higher_power_one_close_member_does_more() -> None:
    """c is like a and not like b: too little in the mean, enough in the root of the mean square."""
    scores = {(A, B): 0.8, (A, C): 0.6}
    assert clusters([A, B, C], scores, 0.35) == [[A, B], [C]]
    assert clusters([A, B, C], scores, 0.35, power=2) == [[A, B, C]]


@given(refs, st.randoms(use_true_random=False), st.sampled_from((0.0, 0.2, 0.5, 0.7)), st.sampled_from((1, 2)))
def test_the_order_of_members_and_scores_does_not_matter(
    members: list[Ref], chance: random.Random, threshold: float, power: int
) -> None:
    """Groups are a function of the set, ties included, and no group crosses components."""
    ordered = sorted(members)
    pairs = [(a, b) for place, a in enumerate(ordered) for b in ordered[place + 1 :]]
    scores = {pair: chance.choice((0.25, 0.5, 0.75, 1.0)) for pair in pairs if chance.random() < 0.6}
    items = list(scores.items())
    chance.shuffle(items)
    chance.shuffle(members)
    groups = clusters(ordered, scores, threshold, power=power)
    assert clusters(members, dict(items), threshold, power=power) == groups
    assert components(members, dict(items), threshold) == components(ordered, scores, threshold)
    assert sorted(ref for group in groups for ref in group) == ordered
    if threshold:
        homes = {ref: n for n, one in enumerate(components(ordered, scores, threshold)) for ref in one}
        assert all(len({homes[ref] for ref in group}) == 1 for group in groups)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 32), st.sampled_from((6, 12, 80)), st.sampled_from(((0.4, 0.6, 0.9, 1.0), (1.0,))))
def test_what_corrections_say_holds_in_small_components_and_in_those_that_are_cut(
    seed: int, size: int, likely: tuple[float, ...]
) -> None:
    """Whole families are in one group, and no group has two that are to be apart; nobody is lost or doubled."""
    chance = random.Random(seed)
    rulings: dict[int, list[Ruling]] = {}
    for number in range(chance.randint(1, 4)):
        for key in chance.sample(range(size), chance.randint(2, min(size, 8))):
            rulings.setdefault(key, []).append(Ruling(chance.randint(0, 3), f"k{number}", chance.random() < 0.6))
    scores = {(a, b): chance.choice(likely) for a in range(size) for b in range(a + 1, size)}
    scores = {pair: score for pair, score in scores.items() if chance.random() < 6 / size}
    said = families(rulings)
    whole, *others = components(range(size), scores, 0.35, [*tied(rulings), *((0, key) for key in range(size))])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cluster, "LARGE", 100)  # pairs, of which the largest have more
        groups = clusters(whole, scores, 0.35, families(rulings))
    home = {key: place for place, group in enumerate(groups) for key in group}
    assert (others, sorted(key for group in groups for key in group)) == ([], list(range(size)))
    for a in rulings:
        for b in rulings:
            if said.of(a) == said.of(b):
                assert home[a] == home[b]
            elif not said.may_join(a, b):
                assert home[a] != home[b]
