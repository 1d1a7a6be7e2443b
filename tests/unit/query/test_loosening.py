"""What is asked when few documents hold every word of a query."""

from __future__ import annotations

import pytest

from kliping_shared.query import loosened, parse, titled


@pytest.mark.parametrize(
    ("asked", "loose"),
    [
        ("banjir bantuan", "banjir OR bantuan"),
        ("kenapa tanggul jebol", "tanggul OR jebol"),
        ("siapa yang menolak impor", "menolak OR impor"),
        ("apa itu satelit", "satelit"),
        ("tidak percaya", "tidak OR percaya"),
        ('warga "air bersih" desa', '(warga OR desa) "air bersih"'),
        ("warga desa speaker:Budi -banjir", "(warga OR desa) speaker:Budi -banjir"),
        ("warga desa (banjir OR rob)", "(warga OR desa) (banjir OR rob)"),
    ],
)
def test_any_word_instead_of_all(asked: str, loose: str) -> None:
    """Any of the words that say something; what was said with care stays. It can be asked as it is written."""
    found = loosened(parse(asked))
    assert str(found) == loose
    assert parse(str(found)) == found


@pytest.mark.parametrize(
    "asked",
    ["", "banjir", '"air bersih"', "banjir OR rob", "banjir -rob", "-banjir -rob", "banjir speaker:Budi", "apa itu"],
)
def test_nothing_looser(asked: str) -> None:
    """One word, alternatives, and words that say nothing are not loosened."""
    assert loosened(parse(asked)) is None


@pytest.mark.parametrize(
    ("asked", "below"),
    [
        ("banjir", "title:banjir"),
        ("kenapa tanggul jebol", "title:tanggul title:jebol"),
        ('"air bersih" -rob', 'title:"air bersih" -rob'),
        ("tanggul speaker:Budi", "title:tanggul speaker:Budi"),
    ],
)
def test_words_of_titles(asked: str, below: str) -> None:
    """All words that say something, of the title; what was said with care stays. It can be asked as it is written."""
    found = titled(parse(asked))
    assert str(found) == below
    assert parse(str(found)) == found


@pytest.mark.parametrize("asked", ["", "apa itu", "speaker:Budi", "banjir OR rob", "-banjir"])
def test_nothing_of_titles(asked: str) -> None:
    """Words that say nothing, alternatives and fields are not looked for in titles."""
    assert titled(parse(asked)) is None
