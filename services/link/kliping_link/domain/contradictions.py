"""In what two wordings of one claim contradict each other."""

from __future__ import annotations

from math import fsum

from kliping_link.domain.amounts import differ
from kliping_link.domain.features import ClaimFeatures
from kliping_link.domain.polarity import opposed, words_of
from kliping_link.domain.score import other_polarity
from kliping_shared.contracts import Particular

WEEK = 7


def contradictions(a: ClaimFeatures, b: ClaimFeatures) -> frozenset[Particular]:
    """What two wordings of one claim tell otherwise. What only one of them tells contradicts nothing.

    A number of another day is a later count, not another one.
    """
    days = other_days(a, b)
    numbers = differ(a.amounts, b.amounts)
    opposites = opposed(words_of(a.text, a.denial.scope), words_of(b.text, b.denial.scope))
    found = {
        Particular.NUMBER: numbers and not days,
        Particular.DATE: days and not numbers,
        Particular.NAME: _other_names(a, b),
        Particular.POLARITY: other_polarity(a, b) or "polarity" in opposites,
        Particular.SCOPE: "scope" in opposites,
    }
    return frozenset(particular for particular, told in found.items() if told)


def other_days(a: ClaimFeatures, b: ClaimFeatures) -> bool:
    """Whether both speak of days, but of no weekday in common: of a weekday alone the week is a guess."""
    weekdays = {day % WEEK for day in a.days}
    return bool(weekdays and b.days) and all(day % WEEK not in weekdays for day in b.days)


def _other_names(a: ClaimFeatures, b: ClaimFeatures) -> bool:
    """Whether each has a name that the other lacks, in what is otherwise told in much the same words."""
    if not (a.names.keys() - b.names.keys() and b.names.keys() - a.names.keys()):
        return False
    both = fsum(a.terms[term] for term in sorted(a.terms.keys() & b.terms.keys()))
    return 2 * both >= min(fsum(a.terms.values()), fsum(b.terms.values()))
