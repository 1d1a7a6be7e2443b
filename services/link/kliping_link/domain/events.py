"""Whether two articles are on one event: what makes speakers there one whom their names alone would not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import fsum, sqrt

#: Of an article's terms, how many tell most of what it is on.
HEAVIEST = 7
#: Cosine of two articles' heaviest terms from which on they are on one event.
SAME_EVENT = 0.15


@dataclass(frozen=True)
class Event:
    """What an article is on: its heaviest terms with their weights, the heaviest first."""

    terms: Mapping[str, float]

    @cached_property
    def length(self) -> float:
        """Euclidean length of the term vector."""
        return sqrt(fsum(value * value for value in self.terms.values()))

    @cached_property
    def mark(self) -> int:
        """Equal for equal terms, in this process."""
        return hash(tuple(self.terms.items()))

    @cached_property
    def heaviest(self) -> frozenset[str]:
        """The terms that tell most of what it is on."""
        return frozenset(tuple(self.terms)[:HEAVIEST])

    def likeness(self, other: Event) -> float:
        """Cosine of the two."""
        shared = fsum(value * other.terms[term] for term, value in self.terms.items() if term in other.terms)
        return min(1.0, shared / (self.length * other.length)) if shared else 0.0

    def is_same(self, other: Event) -> bool:
        """Whether two articles are on one event."""
        return self is other or self.likeness(other) >= SAME_EVENT
