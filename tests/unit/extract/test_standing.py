"""Who speaks in public and who for himself."""

from __future__ import annotations

import pytest

from kliping_extract.domain.standing import aged_at, is_public
from kliping_extract.lexicons import load_lexicon
from tests.unit.extract.listed import listed
from tests.unit.extract.test_projection import projected

LEXICON = load_lexicon()


@pytest.mark.parametrize(("public", "kind", "description", "behind"), listed("speakers.tsv"))
def test_descriptions(public: str, kind: str, description: str, behind: str) -> None:
    """The list's speakers, as the article describes them."""
    told = [] if description == "-" else [description]
    found = is_public(told, named=kind != "-", aged=aged_at(f"Ana {behind}", 3), lexicon=LEXICON)
    assert found is {"1": True, "0": False, "-": None}[public]


@pytest.mark.parametrize(("words", "public"), sorted(LEXICON.standing.items()))
def test_every_entry_says_what_its_line_says(words: tuple[str, ...], public: bool | None) -> None:
    """Each entry of standing.tsv opens a description of somebody without a name."""
    assert is_public([f"seorang {' '.join(words)} di pasar"], named=False, aged=False, lexicon=LEXICON) is public


@pytest.mark.parametrize(
    ("behind", "aged"),
    [
        (" (45)", True),
        (" (45 tahun)", True),
        (", 45, ", True),
        (", 45 tahun, ", True),
        (" (2021)", False),
        (" 45", False),
    ],
)
def test_ages(behind: str, aged: bool) -> None:
    """In brackets or between commas, behind a name."""
    assert aged_at(f"Wati{behind}", 4) is aged


@pytest.mark.parametrize(
    ("told", "public"),
    [
        (["tetangga korban"], False),
        (["tetangga korban", "Ketua DPRD"], True),
        (["istrinya"], False),
        (["Ibu"], True),
        (["tersangka"], True),
        ([], True),
    ],
)
def test_an_office_outweighs_the_rest(told: list[str], public: bool) -> None:
    """Of a named person; a bare form of address and an accusation tell nothing."""
    assert is_public(told, named=True, aged=False, lexicon=LEXICON) is public


@pytest.mark.parametrize(
    ("marked", "public"),
    [
        ("Kepala [ORG Dinas Air] [PER Ana Quispe] mengatakan bahwa air naik.", [True]),
        ("[PER Ana Quispe] (45) mengatakan bahwa air naik. “Deras,” katanya.", [False, False]),
        (
            "[PER Ana Quispe] pulang. “Air naik,” kata pedagang sayur itu. “Deras,” kata [PER Ana Quispe].",
            [False, False],
        ),
        ("Sejumlah petani mengatakan bahwa air naik.", [False]),
        ("Seorang pejabat mengatakan bahwa air naik.", [True]),
        ("[ORG Dinas Air] mengatakan bahwa air naik.", [True]),
        ("“Air naik,” katanya.", [None]),
        ("[PER Ana Quispe] dan [PER Budi Loka] mengatakan bahwa air naik.", [True]),
    ],
)
def test_what_an_article_says_of_its_speakers(marked: str, public: list[bool | None]) -> None:
    """Roles, ages, and the descriptions that take a person up, wherever they stand."""
    assert [claim.speaker.public for claim in projected(marked).claims] == public
