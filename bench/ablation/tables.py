"""Measures of the ablation tables: F1 of counts, and how sure a difference is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random

#: How often events are drawn with replacement for an interval (bootstrap; Efron 1979), and what lies outside it.
DRAWS, OUTSIDE = 2000, 0.05

Counts = Sequence[float]


def f1(rows: Iterable[Counts]) -> float:
    """F1 of (hits, found, gold), summed."""
    hits, found, gold = map(sum, zip(*rows, strict=True))
    return 2 * hits / (found + gold) if found + gold else 0.0


def difference(
    before: Mapping[str, Counts], after: Mapping[str, Counts], measure: Callable[[Iterable[Counts]], float]
) -> str:
    """By how much a measure of counts by event changes, with its 95 % interval over events."""
    events, random = sorted(before), Random(0)
    drawn = []
    for _ in range(DRAWS):
        some = random.choices(events, k=len(events))
        drawn.append(measure(after[event] for event in some) - measure(before[event] for event in some))
    drawn.sort()
    low, high = (drawn[int(share * (DRAWS - 1))] for share in (OUTSIDE / 2, 1 - OUTSIDE / 2))
    change = measure(after.values()) - measure(before.values())
    return f"{change:+.4f} [{low:+.4f}, {high:+.4f}]"


def plus_minus(before: Iterable[bool], after: Iterable[bool]) -> str:
    """How many became right, and how many wrong."""
    pairs = list(zip(before, after, strict=True))
    return f"+{sum(b and not a for a, b in pairs)} -{sum(a and not b for a, b in pairs)}"
