"""How surely two claims say the same: static, symmetric, a function of the two claims' features alone."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, sqrt

from kliping_link.domain.features import ClaimFeatures
from kliping_link.domain.sources import is_unnamed


@dataclass(frozen=True)
class Weights:
    """The few numbers of the score. Chosen by ``bench/link_eval.py``, which prints what each of them brings."""

    #: What a shared entity counts in comparison with a shared word of equal rarity.
    name_share: float = 0.6
    #: Share of containment (of the shorter in the longer) in the score; the rest is cosine.
    containment: float = 0.5
    #: Squared length below which a claim is too short for containment to tell anything.
    least_mass: float = 1.0
    #: Factor for a body and the person who speaks for it, against one and the same speaker.
    body: float = 0.9
    #: Taken away where one is negated and the other not.
    negation: float = 0.05
    #: Pairs at or above it say the same.
    threshold: float = 0.32
    window_days: int = 7


def claim_score(a: ClaimFeatures, b: ClaimFeatures, weights: Weights) -> float:
    """Compare two claims, 0 to 1. Without a common source, a common word, or within other days: 0."""
    source = same_source(a, b, weights)
    if not source or a.day.apart(b.day) > weights.window_days:
        return 0.0
    share = weights.name_share**2
    common = dot(a.terms, b.terms) + share * dot(a.names, b.names)
    if not common:
        return 0.0
    mine, theirs = a.term_mass + share * a.name_mass, b.term_mass + share * b.name_mass
    cosine = common / sqrt(mine * theirs)
    containment = min(1.0, common / max(weights.least_mass, min(mine, theirs)))
    lexical = (1 - weights.containment) * cosine + weights.containment * containment
    negation = weights.negation * (a.negated != b.negated)
    return min(1.0, max(0.0, source * (lexical - negation)))


def dot(a: dict[str, float], b: dict[str, float]) -> float:
    """Scalar product of two sparse vectors. Exact summation: the same whichever comes first."""
    if len(b) < len(a):
        a, b = b, a
    return fsum(value * b[term] for term, value in a.items() if term in b)


def same_source(a: ClaimFeatures, b: ClaimFeatures, weights: Weights) -> float:
    """1 for one and the same speaker, ``weights.body`` for a body and who speaks for it, else 0.

    Two persons who speak for one body are two sources. Speakers without a name are one only on one event: their
    articles share two of their heaviest terms.
    """
    if _meet(a, b, a.source.own & b.source.own):
        return 1.0
    if _meet(a, b, (a.source.own & b.source.bodies) | (a.source.bodies & b.source.own)):
        return weights.body
    return 0.0


def _meet(a: ClaimFeatures, b: ClaimFeatures, common: frozenset[str]) -> bool:
    return any(not is_unnamed(key) or len(a.context & b.context) > 1 for key in common)


def explain(a: ClaimFeatures, b: ClaimFeatures, weights: Weights) -> str:
    """One line: what speaks for the two claims saying the same, and what against."""
    source = same_source(a, b, weights)
    parts = ["no common source" if not source else "same speaker" if source == 1 else "a body and who speaks for it"]
    shared = sorted(a.terms.keys() & b.terms.keys()) + sorted(a.names.keys() & b.names.keys())
    parts.append(f"{len(shared)} shared terms ({', '.join(shared)})" if shared else "no shared term")
    if not a.numbers.isdisjoint(b.numbers):
        parts.append("same number")
    if a.negated != b.negated:
        parts.append("one is negated")
    return "; ".join(parts)
