"""What the wordings of a group tell otherwise."""

from __future__ import annotations

import pytest

from kliping_link.domain.differences import differences
from kliping_shared.contracts import ClaimKind, GroupMember, Particular, Precision, Quantity


def quantity(
    value: float, unit: str | None, text: str, *, high: float | None = None, precision: Precision = Precision.EXACT
) -> Quantity:
    """A number as extract gives it."""
    return Quantity(start=0, end=1, text=text, value=value, unit=unit, high=high, precision=precision)


def wording(name: str, *numbers: Quantity, outlet: str | None = None) -> GroupMember:
    """A wording of one outlet, which is named after it unless said otherwise."""
    return GroupMember(
        claim_id=name, article_id=name, outlet=outlet or name, speaker="Ratih", kind=ClaimKind.INDIRECT, text="", quantities=numbers
    )  # fmt: skip


TWO, ONE = quantity(2, "orang", "dua orang"), quantity(1, "orang", "satu orang")
FEW, MANY = quantity(2150, "warga", "2.150 warga"), quantity(2510, "warga", "2.510 warga")


@pytest.mark.parametrize(
    ("wordings", "expected"),
    [
        ([[FEW], [MANY], [FEW]], ("2.150 warga", "2.510 warga")),
        ([[TWO, ONE], [ONE]], ()),
        ([[TWO], []], ()),
        ([[FEW], [TWO]], ()),
        ([[quantity(48, "ton", "sekitar 48 ton", precision=Precision.ABOUT)], [quantity(50, "ton", "50 ton")]], ()),
        ([[quantity(2, "orang", "2–4 orang", high=4)], [quantity(3, "orang", "tiga orang")]], ()),
        ([[quantity(2, "lusin", "dua lusin")], [quantity(3, "lusin", "tiga lusin")]], ("dua lusin", "tiga lusin")),
        ([[quantity(2, "lusin", "dua lusin")], [quantity(24, None, "24")]], ()),
        ([[quantity(2, "lusin", "dua lusin")], [quantity(36, None, "36")]], ("36", "dua lusin")),
        ([[quantity(2150, "Warga", "dua ribu seratus lima puluh warga")], [FEW]], ()),
    ],
)
def test_differing_numbers(wordings: list[list[Quantity]], expected: tuple[str, ...]) -> None:
    """Numbers contradict when both wordings count the same thing and agree on none; leaving one out is no contradiction."""
    found = differences([wording(str(at), *numbers) for at, numbers in enumerate(wordings)])
    assert tuple(variant.value for told in found for variant in told.variants) == expected


def test_who_gives_which_value_and_who_stands_alone() -> None:
    """Equal numbers are one variant however written; one outlet against two that agree stands alone."""
    spelt = quantity(2150, "warga", "dua ribu seratus lima puluh warga")
    (told,) = differences([wording("Arus", FEW), wording("Bara", MANY), wording("Cakra", spelt), wording("Dian")])
    assert (told.particular, told.thing, told.alone) == (Particular.NUMBER, "warga", ("Bara",))
    assert [(one.value, one.claim_ids, one.outlets) for one in told.variants] == [
        ("2.150 warga", ("Arus", "Cakra"), ("Arus", "Cakra")),
        ("2.510 warga", ("Bara",), ("Bara",)),
    ]


def test_one_against_one_stands_not_alone() -> None:
    """Nobody can tell which of two is the odd one out."""
    (told,) = differences([wording("Arus", FEW), wording("Bara", MANY)])
    assert told.alone == ()
