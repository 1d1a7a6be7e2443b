"""Numbers in common units."""

from __future__ import annotations

import pytest

from kliping_link.domain.amounts import agree, amount, differ, shared
from kliping_shared.contracts import Precision, Quantity


def quantity(
    value: float, unit: str | None, *, high: float | None = None, precision: Precision = Precision.EXACT
) -> Quantity:
    """A quantity as extract gives it."""
    return Quantity(start=0, end=1, text="x", value=value, unit=unit, high=high, precision=precision)


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        (quantity(60, "hari"), quantity(2, "bulan"), True),
        (quantity(24, "pemantau"), quantity(2, "lusin"), True),
        (quantity(12, "orang"), quantity(12, "pemantau"), True),
        (quantity(1500, "meter"), quantity(1.5, "kilometer"), True),
        (quantity(48, "ton", precision=Precision.ABOUT), quantity(50, "ton"), True),
        (quantity(2e6, "orang", high=3e6), quantity(2.5e6, "orang"), True),
        (quantity(48, "ton"), quantity(50, "ton"), False),
        (quantity(60, "hari"), quantity(60, "persen"), False),
        (quantity(34, "tawanan"), quantity(43, "tawanan"), False),
    ],
)
def test_numbers_agree_where_they_can_mean_the_same(mine: Quantity, theirs: Quantity, same: bool) -> None:
    """Units are converted, rounded numbers have slack, ranges reach; what is counted is not compared."""
    assert agree(amount(mine), amount(theirs)) is same
    assert agree(amount(theirs), amount(mine)) is same


def test_small_counts_do_not_tell() -> None:
    """'Dua pihak' and 'dua orang' share nothing worth naming; sixty days do."""
    two, days = amount(quantity(2, "pihak")), amount(quantity(60, "hari"))
    assert shared([two], [amount(quantity(2, "orang"))]) == 0
    assert shared([two, days], [days]) == 1


def test_numbers_differ_only_where_one_thing_is_counted() -> None:
    """Another number of houses is no other number of graves; a value that both have, of whatever, differs in nothing."""
    houses, graves = amount(quantity(30, "rumah")), amount(quantity(12, "makam"))
    assert not differ([houses], [graves])
    assert differ([houses], [amount(quantity(35, "rumah")), graves])
    assert not differ([houses, amount(quantity(35, "rumah"))], [amount(quantity(35, "rumah"))])
    assert differ(
        [houses, amount(quantity(35, "rumah"))], [amount(quantity(35, "rumah")), amount(quantity(40, "rumah"))]
    )
    assert not differ([houses, graves], [amount(quantity(12, "rumah"))])
    assert differ([amount(quantity(7, "tahun"))], [amount(quantity(9, "tahun"))])
