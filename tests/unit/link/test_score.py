"""Scores of pairs of claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_link.domain.features import ClaimFeatures
from kliping_link.domain.records import describe
from kliping_link.domain.score import Weights, claim_score
from kliping_shared.contracts import EntityType, Modality
from tests.unit.link.building import Draft, Said, build
from tests.unit.link.worlds import WORDINGS

WEIGHTS = Weights()


def claim(
    text: str,
    *,
    day: int | None = 0,
    seen: int = 0,
    speaker: str = "Ratna",
    places: tuple[str, ...] = (),
    **said: object,
) -> ClaimFeatures:
    """The claim of an article that says nothing else."""
    made = Said(speaker, text, **said)  # type: ignore[arg-type]
    names = tuple((place, EntityType.LOC) for place in places)
    draft = Draft("a", (made,), day=day, seen=seen, lead="Berita lain hari ini", names=names)
    return describe(build(draft)).claims[0].features


def score(a: ClaimFeatures, b: ClaimFeatures) -> float:
    """The score of two claims by the shipped weights."""
    return claim_score(a, b, WEIGHTS)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("jembatan gantung selesai sebelum musim hujan", "jembatan gantung itu rampung sebelum musim hujan tiba"),
        (
            "Kami akan membicarakan semua masalah tanpa tergesa-gesa",
            "keduanya membahas semua masalah tanpa terburu-buru",
        ),
        ("2.150 warga mengungsi ke sebelas titik", "2.510 warga sudah mengungsi ke sebelas titik"),
    ],
)
def test_the_same_in_other_words_reaches_the_threshold(mine: str, theirs: str) -> None:
    """Another translation, light editing and another number do not part two claims."""
    assert score(claim(mine), claim(theirs)) >= WEIGHTS.threshold


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("jembatan gantung selesai sebelum musim hujan", "pasar ikan pelabuhan lama ditutup tiga bulan"),
        ("jembatan gantung selesai sebelum musim hujan", "musim kemarau merusak panen petani di lereng gunung"),
    ],
)
def test_another_statement_stays_below(mine: str, theirs: str) -> None:
    """One shared word does not make two statements one."""
    assert score(claim(mine), claim(theirs)) < WEIGHTS.threshold


def test_numbers_and_days_are_no_words() -> None:
    """'Enam puluh hari' shares no word with 'enam puluh rumah', and the number with '60 hari'."""
    days = claim("senjata diletakkan enam puluh hari", numbers=((60.0, "hari", "enam puluh hari"),))
    digits = claim("tembakan berhenti 60 hari", numbers=((60.0, "hari", "60 hari"),))
    houses = claim("dibangun enam puluh rumah", numbers=((60.0, "rumah", "enam puluh rumah"),))
    assert days.terms.keys().isdisjoint(houses.terms)
    assert score(days, digits) > score(days, claim("tembakan berhenti"))
    friday = claim("gedung itu dibuka Jumat", dates=((date(2026, 3, 6), "Jumat"),))
    assert "jumat" not in friday.terms
    opened = claim("peresmiannya pada Jumat (6/3)", dates=((date(2026, 3, 6), "Jumat (6/3)"),))
    assert score(friday, opened) > score(friday, claim("peresmiannya", dates=((date(2026, 3, 9), "Senin"),)))
    assert not friday.keys.isdisjoint(opened.keys)


def test_months_are_times_spoken_of() -> None:
    """'Maret' is 'Maret 2027'; a year is no time that tells statements apart, nor a month cut short."""
    march = (date(2027, 3, 1), "Maret", date(2027, 3, 31))
    paid = claim("pesangon ditransfer Maret", dates=(march,))
    settled = claim("cicilan terakhir pada Maret", dates=(march,))
    assert paid.months == {"2027-03"}
    assert score(paid, settled) > score(paid, replace(settled, months=frozenset({"2027-05"})))
    assert not paid.keys.isdisjoint(settled.keys)
    year = claim("cicilan terakhir tahun depan", dates=((date(2027, 1, 1), "tahun depan", date(2027, 12, 31)),))
    cut = claim("cicilan sampai akhir Maret", dates=((date(2027, 3, 10), "akhir Maret", date(2027, 3, 31)),))
    assert not year.months | cut.months


def test_a_plan_is_less_like_a_deed() -> None:
    """'Akan dibagikan' and 'sudah dibagikan' may be two statements."""
    done = claim("beras bantuan dibagikan kepada nelayan")
    assert score(done, replace(done, modality=Modality.FUTURE)) < score(done, done)


@pytest.mark.parametrize(
    ("mine", "theirs", "comparable"),
    [
        ({"day": 0}, {"day": 7}, True),
        ({"day": 0}, {"day": 8}, False),
        ({"day": None, "seen": 500}, {"day": 0, "seen": 500}, True),
        ({"day": None, "seen": 500}, {"day": 499, "seen": 600}, False),
    ],
)
def test_the_window(mine: dict[str, int], theirs: dict[str, int], comparable: bool) -> None:
    """Claims more than a week apart are not compared; a mere drop time is compared with drop times only."""
    text = "jembatan gantung selesai sebelum musim hujan"
    assert (score(claim(text, **mine), claim(text, **theirs)) > 0) is comparable  # type: ignore[arg-type]


def test_other_speakers_do_not_match() -> None:
    """The same words by another person are another claim."""
    text = "jembatan gantung selesai sebelum musim hujan"
    assert score(claim(text), claim(text, speaker="Bagus")) == 0


@given(st.sampled_from(WORDINGS), st.sampled_from(WORDINGS))
def test_symmetric_and_bounded(mine: str, theirs: str) -> None:
    """The score is the same both ways, between 0 and 1, and about 1 for a claim with itself."""
    a, b = claim(mine), claim(theirs)
    assert score(a, b) == score(b, a)
    assert 0 <= score(a, b) <= 1
    assert score(a, a) > 0.9
