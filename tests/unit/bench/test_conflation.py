"""The pairs of words that stemmers are measured with."""

from __future__ import annotations

from bench.conflation.__main__ import Pair, figures, pairs
from kliping_shared.analysis import stem


def test_enough_pairs_each_once_in_one_list() -> None:
    """At least 400 that must merge and 400 that must not; no pair is asked for both, or twice."""
    every = pairs()
    for merge in (True, False):
        assert sum(pair.merge is merge for pair in every) >= 400
    names = [frozenset((pair.one, pair.other)) for pair in every]
    assert len(set(names)) == len(names)
    assert all(len(name) == 2 for name in names)


def test_figures() -> None:
    """One of two that must merge does, and one that must not."""
    some = [Pair("a", "b", True, False), Pair("c", "d", True, False), Pair("e", "f", False, False)]
    stems = {"a": "a", "b": "a", "c": "c", "d": "d", "e": "e", "f": "e"}
    assert figures(some, stems).split() == ["0.500", "0.500", "0.500", "1/2", "0/1"]


def test_the_chain_keeps_its_figures() -> None:
    """Nearly all pairs come out right: a floor below the figures of today."""
    every = pairs()
    for merge, floor in ((True, 0.96), (False, 0.97)):
        some = [pair for pair in every if pair.merge is merge]
        right = sum((stem(pair.one) == stem(pair.other)) is merge for pair in some)
        assert right / len(some) >= floor
