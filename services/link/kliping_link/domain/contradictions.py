"""In what two wordings of one claim contradict each other."""

from __future__ import annotations

from enum import StrEnum

from kliping_link.domain.amounts import differ
from kliping_link.domain.features import ClaimFeatures


class Particular(StrEnum):
    """What can be told otherwise."""

    NUMBER = "number"
    DAY = "day"
    NAME = "name"
    POLARITY = "polarity"


def contradictions(a: ClaimFeatures, b: ClaimFeatures) -> frozenset[Particular]:
    """What two wordings of one claim tell otherwise. What only one of them tells contradicts nothing."""
    names = bool(a.names and b.names) and a.names.keys().isdisjoint(b.names)
    found = {
        Particular.NUMBER: differ(a.amounts, b.amounts),
        Particular.DAY: bool(a.days and b.days) and a.days.isdisjoint(b.days),
        Particular.NAME: names,
        Particular.POLARITY: a.negated is not b.negated,
    }
    return frozenset(particular for particular, told in found.items() if told)
