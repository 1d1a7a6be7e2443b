"""Whether two articles are on one event: what makes speakers there one whom their names alone would not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from math import ceil, fsum, sqrt
from operator import mul
from typing import NamedTuple
from zlib import crc32

#: Of an article's terms, how many tell most of what it is on.
HEAVIEST = 7
#: Cosine of two articles' heaviest terms from which on they are on one event.
SAME_EVENT = 0.15
#: What sums of floats in another order may differ by.
SLACK = 1e-6


class Gist(NamedTuple):
    """An event in a few bytes: 32 bits of a hash of each term, its weight in hundredths, rounded up, and the vector's length."""

    terms: Sequence[int]
    hundredths: Sequence[int]
    length: float


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

    @cached_property
    def gist(self) -> Gist:
        """The event in a few bytes."""
        hashes = tuple(crc32(term.encode()) for term in self.terms)
        return Gist(hashes, tuple(ceil(100 * value - SLACK) for value in self.terms.values()), self.length)

    @cached_property
    def _hashed(self) -> Counter[int]:
        """Hundredths by hash: of terms whose hash is one, their sum, which is never too little."""
        found: Counter[int] = Counter()
        for term, hundredths in zip(self.gist.terms, self.gist.hundredths, strict=True):
            found[term] += hundredths
        return found

    def may_be_same(self, other: Gist) -> bool:
        """True wherever ``is_same`` is true of the event with this gist, and hardly ever otherwise."""
        mine = self._hashed
        if mine.keys().isdisjoint(other.terms):
            return False
        shared: int = sum(map(mul, map(mine.get, other.terms, repeat(0)), other.hundredths))
        return shared / 10_000 >= (SAME_EVENT - SLACK) * self.length * other.length

    def is_same(self, other: Event) -> bool:
        """Whether two articles are on one event."""
        return self is other or self.likeness(other) >= SAME_EVENT
