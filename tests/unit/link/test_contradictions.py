"""In what two wordings of one claim contradict each other."""

from __future__ import annotations

from datetime import date

import pytest

from kliping_link.domain.contradictions import contradictions
from kliping_shared.contracts import Particular
from tests.unit.link.test_score import claim

TEXT = "jembatan gantung selesai sebelum musim hujan"


@pytest.mark.parametrize(
    ("mine", "theirs", "told"),
    [
        ({"numbers": ((7.0, "rumah", "7"),)}, {"numbers": ((9.0, "rumah", "9"),)}, Particular.NUMBER),
        ({"dates": ((date(2026, 3, 6), "Jumat"),)}, {"dates": ((date(2026, 3, 8), "Minggu"),)}, Particular.DATE),
        ({"denied": True}, {}, Particular.POLARITY),
    ],
)
def test_a_particular_told_otherwise(mine: dict[str, object], theirs: dict[str, object], told: Particular) -> None:
    """Another number, another day, yes against no."""
    assert contradictions(claim(TEXT, **mine), claim(TEXT, **theirs)) == {told}  # type: ignore[arg-type]


def test_a_later_count_is_no_other_number() -> None:
    """Nine houses on Sunday after seven on Friday."""
    friday = claim(TEXT, numbers=((7.0, "rumah", "7"),), dates=((date(2026, 3, 6), "Jumat"),))
    sunday = claim(TEXT, numbers=((9.0, "rumah", "9"),), dates=((date(2026, 3, 8), "Minggu"),))
    assert contradictions(friday, sunday) == frozenset()


def test_a_weekday_may_be_of_another_week() -> None:
    """'Minggu' alone, told in articles of which one has no date."""
    mine, theirs = (claim(TEXT, dates=((date(2026, 3, day), "Minggu"),)) for day in (8, 15))
    assert contradictions(mine, theirs) == frozenset()


def test_another_name_in_the_same_words() -> None:
    """One place stands in for another; what is told in other words may name other people besides."""
    here, there = (claim(f"{TEXT} di {place}", places=(place,)) for place in ("Tanjung Lama", "Muara Kecil"))
    assert contradictions(here, there) == {Particular.NAME}
    assert contradictions(here, claim("pembangunan tuntas menurut Muara Kecil", places=("Muara Kecil",))) == frozenset()


def test_all_against_some() -> None:
    """How far it holds."""
    assert contradictions(claim(f"seluruh {TEXT}"), claim(f"hanya sebagian {TEXT}")) == {Particular.SCOPE}


def test_what_only_one_tells_contradicts_nothing() -> None:
    """A number or a day that the other leaves out."""
    full = claim(TEXT, numbers=((7.0, "rumah", "7"),), dates=((date(2026, 3, 6), "Jumat"),))
    assert contradictions(full, claim(TEXT)) == frozenset()
