"""A conditional logit over options told by names of features, and its use by cross-validation over events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

#: How strongly weights are drawn to zero.
DECAY = 0.5
_STEPS, _RATE = 400, 0.05

Features = frozenset[str]
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """Options of which some are right; `weight` is what the choice counts for when weights are learnt.

    `ahead`: by how much the first option leads before its features are looked at, in log odds.
    """

    options: tuple[Features, ...]
    right: frozenset[int]
    weight: float = 1.0
    ahead: float = 0.0


class OfEvent(Protocol):
    """What is told of an event."""

    @property
    def event(self) -> str:
        """The event's name."""
        ...


T = TypeVar("T", bound=OfEvent)


def yes_or_no(features: Iterable[str], *, is_right: bool, ahead: float = 0.0) -> Choice:
    """Whether something with these features is right: logistic regression is a choice between it and nothing."""
    return Choice((frozenset(features), frozenset()), frozenset({0 if is_right else 1}), ahead=ahead)


def learn(choices: Iterable[Choice], fewest: int = 1, decay: float = DECAY) -> Weights:
    """Weights under which right options are likely; features that fewer than `fewest` options have are left out."""
    some = [one for one in choices if one.right and len(one.options) > len(one.right)]
    seen = Counter(name for one in some for option in one.options for name in option)
    column = {name: i for i, name in enumerate(sorted(name for name, count in seen.items() if count >= fewest))}
    options = [(n, option) for n, one in enumerate(some) for option in one.options]
    cells = [(row, column[name]) for row, (_, option) in enumerate(options) for name in option if name in column]
    rows, columns = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    group = np.array([n for n, _ in options], dtype=np.int64)
    right = np.array([i in one.right for one in some for i in range(len(one.options))], dtype=float)
    ahead = np.array([one.ahead if i == 0 else 0.0 for one in some for i in range(len(one.options))])
    counts = np.array([one.weight for one in some])[group]
    w, first, second = np.zeros((3, len(column)))
    for step in range(1, _STEPS + 1):
        odds = np.exp(ahead + np.bincount(rows, w[columns], len(options)))
        chance = odds / np.bincount(group, odds)[group]
        wanted = right * odds / np.bincount(group, right * odds)[group]
        slope = np.bincount(columns, (counts * (chance - wanted))[rows], len(column)) + decay * w
        # Adam (Kingma and Ba 2015).
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        w = w - _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {name: float(w[i]) for name, i in column.items()}


def chances(weights: Weights, choice: Choice) -> list[float]:
    """How likely each option is, in their order."""
    scores = np.array([sum(weights.get(name, 0.0) for name in option) for option in choice.options])
    scores[:1] += choice.ahead
    odds = np.exp(scores - scores.max(initial=0.0))
    return [float(chance) for chance in odds / odds.sum()]


def crossed(
    some: Sequence[T], choice_of: Callable[[T], Choice], fewest: int = 1, decay: float = DECAY
) -> Iterator[tuple[T, list[float]]]:
    """Each with the chances of its options under weights that are learnt from other events."""
    for event in sorted({one.event for one in some}):
        weights = learn((choice_of(one) for one in some if one.event != event), fewest, decay)
        yield from ((one, chances(weights, choice_of(one))) for one in some if one.event == event)
