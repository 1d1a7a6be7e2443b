"""Numbers in Indonesian text are read with what they count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_extract.domain.numerals import from_digits, from_words
from kliping_extract.domain.quantities import find_quantities
from kliping_extract.lexicons import load_lexicon
from kliping_shared.contracts.enriched import Precision
from tests.unit.extract.listed import listed

LEXICON = load_lexicon()
ROWS = listed("quantities.tsv")


@pytest.mark.parametrize(("value", "high", "unit", "precision", "text"), [row for row in ROWS if row[0] != "none"])
def test_value_unit_and_precision(value: str, high: str, unit: str, precision: str, text: str) -> None:
    """The list's phrases, each with one quantity."""
    (found,) = find_quantities(text, LEXICON)
    assert found.value == pytest.approx(float(value), rel=1e-3)
    assert found.high == (None if high == "-" else pytest.approx(float(high)))
    assert (found.unit or "-", found.precision) == (unit, precision)


@pytest.mark.parametrize("text", [row[-1] for row in ROWS if row[0] == "none"])
def test_what_counts_nothing(text: str) -> None:
    """Dates, years, times, codes, articles of law and ordinals of the list."""
    assert find_quantities(text, LEXICON) == ()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("selama 18 bulan", 18, "bulan"),
        ("2,4 juta orang mengungsi", 2_400_000, "orang"),
        ("Rp 3,5 triliun untuk jalan", 3.5e12, "rupiah"),
        ("Rp12.500 per kilo", 12_500, "rupiah"),
        ("US$ 40 juta", 40e6, "dolar AS"),
        ("menembakkan dua rudal", 2, "rudal"),
        ("dua puluh lima kapal", 25, "kapal"),
        ("seratus dua belas rumah", 112, "rumah"),
        ("naik 5 persen", 5, "persen"),
        ("naik 7,25% tahun ini", 7.25, "persen"),
        ("1.250 hektare sawah", 1250, "hektare"),
        ("sepuluh ribu warga", 10_000, "warga"),
        ("200 juta dolar Australia", 200e6, "dolar Australia"),
    ],
)
def test_reads_value_and_unit(text: str, value: float, unit: str) -> None:
    """Digits, words, scales, currencies and signs become a plain number and a unit."""
    (found,) = find_quantities(text, LEXICON)
    assert (found.value, found.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    "text", ["pada 5 Mei", "tahun 2021", "pukul 10.30", "Rabu (13/9)", "Jalan Merdeka nomor 5", "COVID-19", "pada 2030"]
)
def test_leaves_out_what_counts_nothing(text: str) -> None:
    """Dates, years, times and numbers that name things are no quantities."""
    assert find_quantities(text, LEXICON) == ()


@given(st.text(alphabet="0123456789.,% Rpjutaribuduasatu$-()", max_size=80), st.integers(0, 50))
def test_offsets_round_trip(text: str, offset: int) -> None:
    """For any text each quantity's text stands where its span says."""
    for found in find_quantities(text, LEXICON, offset):
        assert text[found.start - offset : found.end - offset] == found.text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rp 5 M untuk jalan", [("Rp 5 M", 5e9, "rupiah")]),
        ("salah satu perahu tenggelam", []),
        ("Yang kedua harga naik", []),
        ("Kedua, harga naik", []),
        ("ongkos Rp60 ribuan", [("Rp60 ribuan", 60_000, "rupiah")]),
        ("dua pesawat Garuda 737 tiba", [("dua pesawat", 2, "pesawat")]),
        ("murid SMPN 1 Wanasari", []),
        ("daftar 2 Wanasari", [("2", 2, None)]),
        ("rapat 2 jam 30 menit", [("2 jam", 2, "jam"), ("30 menit", 30, "menit")]),
        ("50-an perahu", [("50-an perahu", 50, "perahu")]),
        ("lima tiga orang", []),
        ("5km lebih dari 3 desa", [("5km", 5, "kilometer"), ("3 desa", 3, "desa")]),
    ],
)
def test_quantities_within_talk(text: str, found: list[tuple[str, float, str | None]]) -> None:
    """What is a quantity, where it ends, and what is none."""
    assert [(one.text, one.value, one.unit) for one in find_quantities(text, LEXICON)] == found


@pytest.mark.parametrize(("form", "unit"), sorted(LEXICON.units.names.items()))
def test_every_unit(form: str, unit: str) -> None:
    """Each form of units.tsv behind a number; forms of one or two letters only as they are cased there."""
    (found,) = find_quantities(f"sebanyak 7 {form}", LEXICON)
    assert len(form) <= 2 or (found.value, found.unit) == (7, unit)


@pytest.mark.parametrize(("words", "precision"), sorted(LEXICON.hedges.names.items()))
def test_every_hedge(words: str, precision: str) -> None:
    """Each entry of precision.tsv before a number."""
    (found,) = find_quantities(f"tercatat {words} 70 rumah", LEXICON)
    assert found.precision is Precision(precision)


@pytest.mark.parametrize(
    ("words", "value"),
    [("satu setengah juta", 1.5e6), ("seratus lima belas", 115), ("dua ribu tiga", 2003), ("tiga lima", None)],
)
def test_numerals(words: str, value: float | None) -> None:
    """Words of numbers in their order."""
    assert from_words(words.split()) == value


def test_a_full_stop_before_other_than_three_digits_is_a_decimal_point() -> None:
    """`3.5` is what it is elsewhere, `3.500` is not."""
    assert (from_digits("3.5"), from_digits("3.500"), from_digits("3.500,25")) == (3.5, 3500, 3500.25)
