"""How surely two claims say the same: static, symmetric, a function of the two claims' features alone.

A logistic model of a few readable parts. ``lexicon/score.tsv`` holds what each of them counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import exp, fsum, sqrt

from kliping_link.domain.amounts import shared
from kliping_link.domain.features import ClaimFeatures
from kliping_link.domain.identity import Bond, at_odds, bond
from kliping_link.domain.words import lexicon_lines

#: Squared length below which a claim is too short for containment, or for a cosine, to tell anything.
LEAST_MASS, LEAST_LENGTH = 2.0, 0.3
#: What is said of sources that may be one.
UNSURE = "speakers that may be one"
#: More shared numbers than that tell no more.
MOST_NUMBERS = 2

Parts = Mapping[str, float]
Keys = frozenset[str]


@cache
def shipped() -> Parts:
    """What each part counts, by name; ``bias`` is there always."""
    return {name: float(value) for name, value in (line.split("\t") for line in lexicon_lines("score.tsv"))}


@dataclass(frozen=True)
class Weights:
    """The few numbers of the score. Fitted by ``training/fit_score.py``; ``bench/link_eval.py`` shows what each brings."""

    parts: Parts = field(default_factory=shipped)
    #: Pairs at or above it say the same.
    threshold: float = 0.35
    window_days: int = 7
    #: Whether a body and the person who speaks for it are one source.
    bodies: bool = True
    #: Whether speakers that may be one are compared.
    unsure: bool = True


def claim_score(a: ClaimFeatures, b: ClaimFeatures, weights: Weights) -> float:
    """How likely it is that two claims say the same. Of two sources, with nothing shared, or in other weeks: 0."""
    if a.day.apart(b.day) > weights.window_days:
        return 0.0
    found = evidence(a, b, bodies=weights.bodies)
    if found is None or (found["unsure_source"] and not weights.unsure):
        return 0.0
    parts = weights.parts
    return 1 / (1 + exp(-parts["bias"] - fsum(parts.get(name, 0.0) * value for name, value in found.items())))


def evidence(a: ClaimFeatures, b: ClaimFeatures, *, bodies: bool = True) -> Parts | None:
    """What speaks for and against two claims saying the same.

    None where they are of two sources, or share no word, name, number or time.
    """
    sure = same_source(a, b, bodies=bodies) is not None
    if not (sure or may_be_one(a, b)):
        return None
    both = a.vector.common(b.vector)
    numbers = shared(a.amounts, b.amounts)
    times = not (a.days.isdisjoint(b.days) and a.months.isdisjoint(b.months))
    if not (both or numbers or times):
        return None
    return {
        "cosine": both / sqrt(max(LEAST_LENGTH, a.vector.mass) * max(LEAST_LENGTH, b.vector.mass)),
        "containment": min(1.0, both / max(LEAST_MASS, min(a.vector.mass, b.vector.mass))),
        "stretches": len(a.stretches & b.stretches) / min(len(a.stretches), len(b.stretches)),
        "numbers": min(MOST_NUMBERS, numbers),
        "same_time": float(times),
        "other_modality": float(a.modality is not b.modality),
        "unsure_source": float(not sure),
    }


def source_in_words(a: ClaimFeatures, b: ClaimFeatures) -> str | None:
    """What makes both one source, or lets them be one, in words; None where they are two."""
    return same_source(a, b) or (UNSURE if may_be_one(a, b) else None)


def may_be_one(a: ClaimFeatures, b: ClaimFeatures) -> bool:
    """Whether nothing says that the sources are two: on one event, not both named persons, not of two countries or
    ministries.

    One article names a hospital, another the doctor without her office; what they say tells whether they are one.
    """
    mine, theirs = a.source, b.source
    return (
        not (mine.is_person and theirs.is_person)
        and a.event.is_same(b.event)
        and not at_odds(mine.own | mine.bodies, theirs.own | theirs.bodies)
    )


def same_source(a: ClaimFeatures, b: ClaimFeatures, *, bodies: bool = True) -> str | None:
    """What makes both one source, in words: one speaker, or a body and who speaks for it; None where nothing does.

    Two persons who speak for one body are two sources. Speakers without a name, or with a part of it, are one only on
    one event. There they may be the one whom another article names.
    """
    mine, theirs = a.source, b.source
    if (mine.is_collective or theirs.is_collective) and at_odds(mine.bodies, theirs.bodies):
        return None
    if _meet(a, b, mine.own, theirs.own):
        return "same speaker"
    if not bodies:
        return None
    kinds = mine.kinds if mine.is_collective is not theirs.is_collective else frozenset()
    sides = ((mine.own, theirs.bodies), (mine.bodies, theirs.own), (mine.bodies & kinds, theirs.bodies))
    return "a body and who speaks for it" if any(_meet(a, b, *side) for side in sides) else None


def _meet(a: ClaimFeatures, b: ClaimFeatures, mine: Keys, theirs: Keys) -> bool:
    strongest = max((bond(one, other) for one in mine for other in theirs), default=Bond.NONE)
    return strongest is Bond.ANYWHERE or (strongest is Bond.ON_ONE_EVENT and a.event.is_same(b.event))
