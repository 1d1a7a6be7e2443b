"""Measures of grouping: pairs, and B-cubed (Bagga and Baldwin 1998)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bench.claim_sets import Gold
from kliping_link.domain.records import Ref


@dataclass(frozen=True)
class Figures:
    """Precision, recall and F1."""

    p: float
    r: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.p * self.r / (self.p + self.r) if self.p and self.r else 0.0

    @classmethod
    def of(cls, found: AbstractSet[Hashable], wanted: AbstractSet[Hashable]) -> Figures:
        """Measure what was found against what is to be found."""
        hits = len(found & wanted)
        return cls(hits / len(found) if found else 0.0, hits / len(wanted) if wanted else 0.0)

    def __str__(self) -> str:
        return f"P {self.p:.3f}  R {self.r:.3f}  F1 {self.f1:.3f}"


def b_cubed(groups: Sequence[Sequence[Ref]], gold: Gold) -> Figures:
    """Mean over claims of how much of a claim's group is its own, and of its own is in its group.

    A claim's own: those of other articles that gold pairs it with, and itself; others of its article do not count.
    """
    own: dict[Ref, set[Ref]] = {ref: {ref} for ref in gold.claims}
    for a, b in gold.pairs:
        own[a].add(b)
        own[b].add(a)
    p = r = 0.0
    for group in groups:
        for ref in group:
            seen = {ref, *(other for other in group if other.article != ref.article)}
            right = len(seen & own[ref])
            p, r = p + right / len(seen), r + right / len(own[ref])
    return Figures(p / len(own), r / len(own))
