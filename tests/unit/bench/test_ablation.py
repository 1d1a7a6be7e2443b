"""Weights are learnt from other events, and differences are counted by event."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bench.ablation.logit import Choice, chances, crossed, learn, yes_or_no
from bench.ablation.tables import difference, f1, plus_minus


@dataclass(frozen=True)
class Seen:
    event: str
    choice: Choice


def test_a_feature_of_right_options_makes_others_likely() -> None:
    """The option with it is chosen, wherever it stands."""
    some = [Choice((frozenset({"near"}), frozenset({"far"})), frozenset({0})) for _ in range(20)]
    first, second = chances(learn(some), Choice((frozenset({"far"}), frozenset({"near"})), frozenset()))
    assert second > 0.9
    assert first + second == pytest.approx(1.0)


def test_rare_features_are_left_out() -> None:
    """What fewer options have than asked for has no weight."""
    some = [yes_or_no({"often"}, is_right=True) for _ in range(5)] + [yes_or_no({"once"}, is_right=False)]
    assert set(learn(some, fewest=2)) == {"often"}


def test_a_lead_counts_before_any_feature() -> None:
    """Log odds of nothing are even, of log 3 three to one."""
    assert chances({}, yes_or_no({"x"}, is_right=True)) == pytest.approx([0.5, 0.5])
    assert chances({}, yes_or_no({"x"}, is_right=True, ahead=1.0986)) == pytest.approx([0.75, 0.25], abs=1e-3)


def test_an_event_teaches_nothing_of_itself() -> None:
    """Each event has the label that the other one contradicts."""
    some = [Seen(event, yes_or_no({"x"}, is_right=event == "flood")) for event in ("flood", "trial") for _ in range(9)]
    assert all((likely[0] > 0.5) == (one.event == "trial") for one, likely in crossed(some, lambda one: one.choice))


def test_what_changes_in_no_event_is_no_difference() -> None:
    """The interval holds the change; F1 of nothing is 0."""
    counts = {"flood": (8, 10, 10), "trial": (9, 10, 10)}
    assert f1(counts.values()) == pytest.approx(0.85)
    assert f1([(0, 0, 0)]) == 0
    assert difference(counts, counts, f1) == "+0.0000 [+0.0000, +0.0000]"
    assert difference(counts, {**counts, "flood": (10, 10, 10)}, f1).startswith("+0.1000 [+0.0000, +0.2000]")


def test_what_became_right_and_what_wrong() -> None:
    """Counted apart."""
    assert plus_minus([True, False, False, True], [False, True, True, True]) == "+2 -1"
