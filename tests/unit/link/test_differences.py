"""What the wordings of a group tell otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kliping_link.domain.differences import differences
from kliping_link.domain.records import describe
from kliping_link.domain.wordings import wordings
from kliping_shared.contracts import Difference, EntityType, Particular, Precision, Quantity
from tests.unit.link.building import Draft, Said, build


def quantity(
    value: float, unit: str | None, text: str, *, high: float | None = None, precision: Precision = Precision.EXACT
) -> Quantity:
    """A number as extract gives it."""
    return Quantity(start=0, end=1, text=text, value=value, unit=unit, high=high, precision=precision)


def counting(*numbers: Quantity) -> Said:
    """A claim with these numbers."""
    rows = tuple((number.value, number.unit, number.text) for number in numbers)
    return Said("Ratih", f"tercatat {', '.join(number.text for number in numbers)} di desa itu", numbers=rows)


def told(*said: tuple[str, Said], numbers: Sequence[Sequence[Quantity]] = ()) -> tuple[Difference, ...]:
    """The differences of a group of claims, each of an article of an outlet of that name; ``numbers`` as they are."""
    members = []
    for place, (outlet, claim) in enumerate(said):
        article = build(Draft(f"{place}", (claim,), outlet=outlet, names=PLACES))
        if numbers:
            exact = article.claims[0].model_copy(update={"quantities": tuple(numbers[place])})
            article = article.model_copy(update={"claims": (exact,)})
        record = describe(article)
        members.append((record.claims[0].features, record.shown(0, outlet)))
    return differences(wordings(members))


PLACES = (("Teluk Gosa", EntityType.LOC), ("Teluk Mandioa", EntityType.LOC))
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
    said = [(str(place), counting(*numbers)) for place, numbers in enumerate(wordings)]
    found = told(*said, numbers=wordings)
    assert tuple(variant.value for one in found for variant in one.variants) == expected


def test_who_gives_which_value_and_who_stands_alone() -> None:
    """Equal numbers are one variant however written; one outlet against two that agree stands alone."""
    spelt = quantity(2150, "warga", "dua ribu seratus lima puluh warga")
    said = (("Arus", FEW), ("Bara", MANY), ("Cakra", spelt))
    (one,) = told(*((outlet, counting(number)) for outlet, number in said), ("Dian", counting()))
    assert (one.particular, one.thing, one.alone) == (Particular.NUMBER, "warga", ("Bara",))
    assert [(variant.value, variant.claim_ids, variant.outlets) for variant in one.variants] == [
        ("2.150 warga", ("0-0", "2-0"), ("Arus", "Cakra")),
        ("2.510 warga", ("1-0",), ("Bara",)),
    ]


def test_who_gives_a_value_without_contradicting_anybody_is_counted_too() -> None:
    """'17 segel' agrees with '17 kotak', against '11 kotak'."""
    eleven, seventeen = quantity(11, "kotak", "11 kotak"), quantity(17, "kotak", "17 kotak")
    seals = quantity(17, "segel", "17 segel")
    (one,) = told(("Arus", counting(eleven)), ("Bara", counting(seventeen)), ("Cakra", counting(seals)))
    assert [variant.outlets for variant in one.variants] == [("Bara", "Cakra"), ("Arus",)]


def test_one_against_one_stands_not_alone() -> None:
    """Nobody can tell which of two is the odd one out."""
    (one,) = told(("Arus", counting(FEW)), ("Bara", counting(MANY)))
    assert one.alone == ()


def test_the_wordings_of_one_article_tell_of_two_things() -> None:
    """What one article tells twice with other numbers is not one thing."""
    article = build(Draft("a", (counting(FEW), counting(MANY)), outlet="Arus"))
    record = describe(article)
    members = [(claim.features, record.shown(place, "Arus")) for place, claim in enumerate(record.claims)]
    assert differences(wordings(members)) == ()


def test_two_numbers_that_differ_are_two_differences() -> None:
    """Each number against the one that stands in its place."""
    first, second = quantity(5, "rumah", "5 rumah"), quantity(90, "ternak", "90 ternak")
    other, another = quantity(7, "rumah", "7 rumah"), quantity(60, "ternak", "60 ternak")
    found = told(("Arus", counting(first, second)), ("Bara", counting(other, another)))
    assert [[variant.value for variant in one.variants] for one in found] == [
        ["5 rumah", "7 rumah"],
        ["60 ternak", "90 ternak"],
    ]


def test_places_denials_and_scope() -> None:
    """Each particular with the values as a reader sees them."""
    found = told(
        ("Arus", Said("Ratih", "seluruh penumpang selamat di Teluk Gosa malam itu")),
        ("Bara", Said("Ratih", "sebagian penumpang selamat di Teluk Mandioa malam itu")),
    )
    assert [(one.particular, [variant.value for variant in one.variants]) for one in found] == [
        (Particular.PLACE, ["Teluk Gosa", "Teluk Mandioa"]),
        (Particular.SCOPE, ["sebagian", "seluruh"]),
    ]
    (denial,) = told(("Arus", Said("Ratih", "gudang terbakar")), ("Bara", Said("Ratih", "gudang tidak terbakar")))
    assert [(variant.value, variant.outlets) for variant in denial.variants] == [
        ("denied", ("Bara",)),
        ("said", ("Arus",)),
    ]
