"""What the wordings of a group tell otherwise: each particular with the values that they give, and who gives which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from kliping_link.domain.amounts import Amount, agree, amount, differing
from kliping_shared.contracts import Difference, GroupMember, Particular, Quantity, Variant


class _Given(NamedTuple):
    """A number that a wording gives."""

    amount: Amount
    number: Quantity
    member: GroupMember


def differences(members: Sequence[GroupMember]) -> tuple[Difference, ...]:
    """What the members, from early to late, tell otherwise."""
    counted = [[_Given(amount(one), one, member) for one in member.quantities] for member in members]
    found: dict[tuple[str, str], list[_Given]] = {}
    for mine, theirs in combinations([given for given in counted if given], 2):
        for thing in differing([one.amount for one in mine], [one.amount for one in theirs]):
            found.setdefault(thing, [])
    for given in (one for row in counted for one in row):
        if given.amount.thing in found:
            found[given.amount.thing].append(given)
    return tuple(_numbers(rows) for _, rows in sorted(found.items()))


def _numbers(given: Iterable[_Given]) -> Difference:
    classes: list[list[_Given]] = []
    for one in sorted(given, key=lambda row: row.amount.low):
        if classes and agree(classes[-1][-1].amount, one.amount):
            classes[-1].append(one)
        else:
            classes.append([one])
    variants = [_variant(rows[0].number.text, [row.member for row in rows]) for rows in classes]
    return told(Particular.NUMBER, classes[0][0].number.unit, variants)


def told(particular: Particular, thing: str | None, variants: Iterable[Variant]) -> Difference:
    """A difference with its variants in order, and the outlets that stand alone."""
    ordered = sorted(variants, key=lambda one: (-len(one.outlets), -len(one.claim_ids), one.value))
    agreed = {outlet for variant in ordered if len(variant.outlets) > 1 for outlet in variant.outlets}
    alone = {variant.outlets[0] for variant in ordered if agreed and len(variant.outlets) == 1} - agreed
    return Difference(particular=particular, thing=thing, variants=tuple(ordered), alone=tuple(sorted(alone)))


def _variant(value: str, members: Sequence[GroupMember]) -> Variant:
    outlets = sorted({member.outlet for member in members if member.outlet})
    claims = dict.fromkeys(member.claim_id for member in members)
    return Variant(value=value, claim_ids=tuple(claims), outlets=tuple(outlets))
