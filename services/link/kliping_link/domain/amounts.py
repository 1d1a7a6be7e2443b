"""What a claim counts, in common units, so that '60 hari' and 'dua bulan' can be seen to agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from kliping_link.domain.words import content, lexicon_lines
from kliping_shared.contracts import Precision, Quantity

#: How far two values may be apart, as a share of the larger: told exactly; in other units of time; told as 'about'.
EXACT, CONVERTED, ROUNDED = 0.001, 0.04, 0.12
#: What is counted where it is no unit of measure: persons, houses.
COUNT = "count"
#: Small counts ('dua pihak', 'satu orang') are in so many claims that sharing one tells nothing.
TELLING = 2


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or range of what it ``measures``, in base units; ``unit`` is the stem of its own unit, empty for dozens.

    ``written`` is how it stands in the text, ``counted`` its unit as written.
    """

    measures: str
    unit: str
    low: float
    high: float
    exact: bool
    written: str = field(default="", compare=False)
    counted: str | None = field(default=None, compare=False)

    @property
    def tells(self) -> bool:
        """Whether few other claims have it."""
        return self.measures != COUNT or self.high > TELLING

    @property
    def thing(self) -> tuple[str, str]:
        """What it measures, or counts."""
        return (self.measures, self.unit if self.measures == COUNT else "")

    @property
    def key(self) -> str:
        """Equal for equal amounts, however written."""
        return f"#{self.low:.3g}{self.measures}"


@cache
def _units() -> dict[str, tuple[str, float]]:
    rows = (line.split("\t") for line in lexicon_lines("units.tsv"))
    return {unit.casefold(): (measures, float(factor)) for unit, measures, factor in rows}


def amount(quantity: Quantity) -> Amount:
    """A quantity in base units."""
    unit = (quantity.unit or "").casefold()
    measures, factor = _units().get(unit, (COUNT, 1.0))
    high = quantity.value if quantity.high is None else quantity.high
    exact = quantity.precision is Precision.EXACT
    counted = "" if measures == COUNT and unit in _units() else _stem(unit)
    return Amount(measures, counted, quantity.value * factor, high * factor, exact, quantity.text, quantity.unit)


@cache
def _stem(unit: str) -> str:
    return " ".join(content(unit))


def agree(a: Amount, b: Amount) -> bool:
    """Whether both can mean the same number. What is counted is not compared: 12 orang are 12 pemantau."""
    if a.measures != b.measures:
        return False
    share = EXACT if a.exact and b.exact else ROUNDED
    if a.measures == "time" and a.unit != b.unit:
        share = max(share, CONVERTED)
    slack = share * max(a.high, b.high)
    return a.low - slack <= b.high and b.low - slack <= a.high


def shared(a: Sequence[Amount], b: Sequence[Amount]) -> int:
    """How many telling numbers two claims have in common."""
    mine = sum(1 for one in a if one.tells and any(agree(one, other) for other in b))
    theirs = sum(1 for one in b if one.tells and any(agree(one, other) for other in a)) if mine else 0
    return min(mine, theirs)


def differing(a: Sequence[Amount], b: Sequence[Amount]) -> set[tuple[str, str]]:
    """The things of which each tells a number that is nowhere in the other."""
    mine = {one.thing for one in a if not any(agree(one, other) for other in b)}
    return {one.thing for one in b if one.thing in mine and not any(agree(one, other) for other in a)}


def differ(a: Sequence[Amount], b: Sequence[Amount]) -> bool:
    """Whether there is such a thing."""
    return bool(differing(a, b))
