"""What the wordings of a group tell otherwise: each particular with the values that they give, and who gives which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from kliping_link.domain.amounts import Amount, agree
from kliping_link.domain.cluster import components
from kliping_link.domain.contradictions import Told, contradictions, told_by
from kliping_link.domain.wordings import Wording
from kliping_shared.contracts import Difference, Particular, Variant


class _Telling(NamedTuple):
    """A value, and the number of a wording that gives it."""

    told: Told
    wording: int


def differences(wordings: Sequence[Wording]) -> tuple[Difference, ...]:
    """What wordings of different articles tell otherwise; an article that gives two values tells of two things."""
    found: dict[Particular, list[tuple[_Telling, _Telling]]] = {}
    for (i, a), (j, b) in combinations(enumerate(wordings), 2):
        if len(a.articles) > 1 or a.articles != b.articles:
            for one in contradictions(a.features, b.features):
                found.setdefault(one.particular, []).append((_Telling(one.mine, i), _Telling(one.theirs, j)))
    return tuple(
        _difference(particular, values, wordings)
        for particular in Particular
        if particular in found
        for values in _disputes(found[particular])
    )


def _disputes(found: Sequence[tuple[_Telling, _Telling]]) -> list[list[list[_Telling]]]:
    """Values that contradict each other, straight or by way of others, together; each with the wordings that give it."""
    values = _values({telling for pair in found for telling in pair})
    number = {telling: at for at, value in enumerate(values) for telling in value}
    edges = {(min(ends), max(ends)): 1.0 for pair in found for ends in [[number[telling] for telling in pair]]}
    return [[values[at] for at in dispute] for dispute in components(range(len(values)), edges, 1.0)]


def _values(tellings: Iterable[_Telling]) -> list[list[_Telling]]:
    """Equal values together: numbers that can all mean the same, exact ones first."""
    values: list[list[_Telling]] = []
    for telling in sorted(tellings, key=_exact_first):
        for value in values:
            if all(_same(telling.told, other.told) for other in value):
                value.append(telling)
                break
        else:
            values.append([telling])
    return values


def _exact_first(telling: _Telling) -> tuple[bool, float, str, int]:
    value = telling.told.value
    if isinstance(value, Amount):
        return (not value.exact, value.low, telling.told.shown, telling.wording)
    return (False, 0.0, value, telling.wording)


def _same(a: Told, b: Told) -> bool:
    if isinstance(a.value, Amount) and isinstance(b.value, Amount):
        return agree(a.value, b.value)
    return a.value == b.value


def _difference(particular: Particular, values: list[list[_Telling]], wordings: Sequence[Wording]) -> Difference:
    """The difference with all that give one of the values, whether or not they contradict another wording themselves."""
    first = values[0][0].told.value
    telling = {one.wording for value in values for one in value}
    for number in (number for number in range(len(wordings)) if number not in telling):
        told = [(value, own) for value in values if (own := told_by(wordings[number].features, value[0].told))]
        if len(told) == 1:
            told[0][0].append(_Telling(told[0][1], number))
    variants = [_variant(sorted(value, key=lambda one: one.wording), wordings) for value in values]
    variants.sort(key=lambda one: (-len(one.outlets), -len(one.claim_ids), one.value))
    return Difference(
        particular=particular,
        thing=first.counted if isinstance(first, Amount) else None,
        variants=tuple(variants),
        alone=_alone(variants),
    )


def _variant(value: Sequence[_Telling], wordings: Sequence[Wording]) -> Variant:
    """The value as most of its members write it, the earliest among equals."""
    shown = Counter(one.told.shown for one in value for _ in wordings[one.wording].members)
    members = [member for number in dict.fromkeys(one.wording for one in value) for member in wordings[number].members]
    outlets = sorted({member.outlet for member in members if member.outlet})
    return Variant(
        value=max(shown, key=lambda one: shown[one]),
        claim_ids=tuple(member.claim_id for member in members),
        outlets=tuple(outlets),
    )


def _alone(variants: Sequence[Variant]) -> tuple[str, ...]:
    """Outlets that are the only ones with their value, where two or more others agree on one."""
    agreed = {outlet for variant in variants if len(variant.outlets) > 1 for outlet in variant.outlets}
    lone = {variant.outlets[0] for variant in variants if len(variant.outlets) == 1}
    return tuple(sorted(lone - agreed)) if agreed else ()
