"""Numbers in Indonesian text are read with what they count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_extract.domain.quantities import find_quantities


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
    (found,) = find_quantities(text)
    assert (found.value, found.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    "text", ["pada 5 Mei", "tahun 2021", "pukul 10.30", "Rabu (13/9)", "Jalan Merdeka nomor 5", "COVID-19", "pada 2030"]
)
def test_leaves_out_what_counts_nothing(text: str) -> None:
    """Dates, years, times and numbers that name things are no quantities."""
    assert find_quantities(text) == ()


@given(st.text(alphabet="0123456789.,% Rpjutaribuduasatu$-()", max_size=80), st.integers(0, 50))
def test_offsets_round_trip(text: str, offset: int) -> None:
    """For any text each quantity's text stands where its span says."""
    for found in find_quantities(text, offset):
        assert text[found.start - offset : found.end - offset] == found.text
