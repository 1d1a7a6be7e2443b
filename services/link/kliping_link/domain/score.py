"""How surely two claims say the same: static, symmetric, a function of the two claims' features alone."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from kliping_link.domain.features import ClaimFeatures

#: A claim is looked for under each of its sources with its weightiest terms: so many for the speaker himself ...
OWN_TERMS = 6
#: ... and so many for a body that he speaks for.
BODY_TERMS = 3


@dataclass(frozen=True)
class Weights:
    """The few numbers of the score. Chosen by ``bench/link_eval.py``, which prints what each of them brings."""

    #: What a shared entity counts in comparison with a shared word of equal rarity.
    name_share: float = 0.6
    #: Share of containment (of the shorter in the longer) in the score; the rest is cosine.
    containment: float = 0.3
    #: Squared length below which a claim is too short for containment to tell anything.
    least_mass: float = 1.0
    #: Factor for a body and the person who speaks for it, against one and the same speaker.
    body: float = 0.9
    #: Added where a number is equal in both.
    number: float = 0.05
    #: Taken away where one is negated and the other not.
    negation: float = 0.1
    #: Pairs at or above it say the same.
    threshold: float = 0.36
    window_days: int = 7


@dataclass(frozen=True)
class Score:
    """``value`` from 0 to 1 and the parts that made it, for people to read."""

    value: float
    source: float = 0.0
    cosine: float = 0.0
    containment: float = 0.0
    shared: tuple[str, ...] = ()
    same_number: bool = False
    polarity_differs: bool = False

    def explain(self) -> str:
        """One line: what speaks for it and what against."""
        parts = (
            ["same speaker" if self.source == 1 else "a body and who speaks for it"]
            if self.source
            else ["no common source"]
        )
        parts.append(f"{len(self.shared)} shared terms ({', '.join(self.shared)})" if self.shared else "no shared term")
        parts += ["same number"] * self.same_number + ["one denies"] * self.polarity_differs
        return "; ".join(parts)


NOTHING = Score(0.0)


def claim_score(a: ClaimFeatures, b: ClaimFeatures, weights: Weights) -> Score:
    """Compare two claims. Without a common source, a common word, or within other days: nothing."""
    source = _same_source(a, b, weights)
    if not source or a.day.apart(b.day) > weights.window_days:
        return NOTHING
    shared = sorted((a.terms.keys() & b.terms.keys()) | (a.names.keys() & b.names.keys()))
    if not shared:
        return NOTHING
    share = weights.name_share**2
    common = sum(_product(a.terms, b.terms, term) + share * _product(a.names, b.names, term) for term in shared)
    mine, theirs = _mass(a, share), _mass(b, share)
    cosine = common / sqrt(mine * theirs) if common else 0.0
    containment = min(1.0, common / max(weights.least_mass, min(mine, theirs)))
    number, polarity = bool(a.numbers & b.numbers), a.negated != b.negated
    lexical = (1 - weights.containment) * cosine + weights.containment * containment
    value = source * (lexical + weights.number * number - weights.negation * polarity)
    return Score(min(1.0, max(0.0, value)), source, cosine, containment, tuple(shared), number, polarity)


def _product(a: dict[str, float], b: dict[str, float], term: str) -> float:
    return a.get(term, 0.0) * b.get(term, 0.0)


def _mass(claim: ClaimFeatures, share: float) -> float:
    words = sum(value * value for value in claim.terms.values())
    return words + share * sum(value * value for value in claim.names.values())


def _same_source(a: ClaimFeatures, b: ClaimFeatures, weights: Weights) -> float:
    if a.source.own & b.source.own:
        return 1.0
    bodily = a.source.own & b.source.bodies or a.source.bodies & b.source.own
    return weights.body if bodily else 0.0


def claim_keys(claim: ClaimFeatures) -> frozenset[str]:
    """What a claim is looked for by: its sources, each with the claim's weightiest terms."""
    weighed = {**{f"={name}": value * 0.5 for name, value in claim.names.items()}, **claim.terms}
    terms = sorted(weighed, key=lambda term: (-weighed[term], term))[:OWN_TERMS]
    own = {f"{source}|{term}" for source in claim.source.own for term in terms}
    return frozenset(own | {f"{body}|{term}" for body in claim.source.bodies for term in terms[:BODY_TERMS]})
