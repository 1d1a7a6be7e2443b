"""In what two wordings of one claim contradict each other."""

from __future__ import annotations

from kliping_link.domain.amounts import differ
from kliping_link.domain.features import ClaimFeatures
from kliping_link.domain.polarity import opposed, words_of
from kliping_link.domain.score import other_polarity
from kliping_shared.contracts import Particular


def contradictions(a: ClaimFeatures, b: ClaimFeatures) -> frozenset[Particular]:
    """What two wordings of one claim tell otherwise. What only one of them tells contradicts nothing.

    A number of another day is a later count, not another one.
    """
    days = bool(a.days and b.days) and a.days.isdisjoint(b.days)
    numbers = differ(a.amounts, b.amounts)
    opposites = opposed(words_of(a.text, a.denies), words_of(b.text, b.denies))
    found = {
        Particular.NUMBER: numbers and not days,
        Particular.DATE: days and not numbers,
        Particular.NAME: bool(a.names.keys() - b.names.keys()) and bool(b.names.keys() - a.names.keys()),
        Particular.POLARITY: other_polarity(a, b) or "polarity" in opposites,
        Particular.SCOPE: "scope" in opposites,
    }
    return frozenset(particular for particular, told in found.items() if told)
