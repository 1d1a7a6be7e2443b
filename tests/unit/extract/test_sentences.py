"""Sentences keep a quote with its attribution and are not cut at abbreviations."""

from __future__ import annotations

import pytest

from tests.unit.extract.annotated import prose


def sentences(text: str) -> list[str]:
    read = prose(text)
    return [read.tokens.span_text(sentence.start, sentence.end) for sentence in read.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "Ia menemui Dr. Rudi di Jl. Merdeka No. 5 kemarin.",
        "Prof. Sinta, S.H., M.Si. memimpin rapat.",
        "Ibu, ayah, dkk. berangkat pukul 10.30 WIB.",
        "Harga naik 2.500 rupiah atau 3,5 persen.",
        "Surat a.n. Rudi tertanggal tgl. 5 Mei.",
        "M. Rudi dan H. Sinta tiba.",
        "“Saya pergi. Saya tidak kembali,” kata Rudi.",
        "“Apa benar?” tanya Rudi.",
        "Portal BERITA.CO, Rabu, menulis hal itu.",
    ],
)
def test_is_one_sentence(text: str) -> None:
    """Abbreviations, decimals, initials and a quote's inner sentences end no sentence."""
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ia pergi. Ia kembali.", ["Ia pergi.", "Ia kembali."]),
        ("Ia pergi!\nIa kembali", ["Ia pergi!", "Ia kembali"]),
        ("“Saya pergi.” Rudi tertawa.", ["“Saya pergi.”", "Rudi tertawa."]),
        ("Ia diam. “Saya pergi,” katanya.", ["Ia diam.", "“Saya pergi,” katanya."]),
        ("Benarkah? 12 orang ikut.", ["Benarkah?", "12 orang ikut."]),
    ],
)
def test_is_cut(text: str, expected: list[str]) -> None:
    """Full stops, marks of question and paragraphs end sentences; an opening mark begins one."""
    assert sentences(text) == expected
