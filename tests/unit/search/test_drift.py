"""Quote drift: what two wordings of one utterance have in common, and what not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_search.domain.drift import Change, Drift, Piece, drift

FIRST = "Korban 12 orang, dan pencarian di sungai kami lanjutkan besok."


def marked(found: Drift) -> str:
    """The pieces as wdiff writes them."""
    shown = {Change.SAME: "{0.text}", Change.ADDED: "{{+{0.text}+}}", Change.MISSING: "[-{0.first}-]"}
    other = "[-{0.first}-]{{+{0.text}+}}"
    return "".join(shown.get(piece.change, other).format(piece) for piece in found.pieces)


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        (FIRST, FIRST),
        ("KORBAN 12 orang – dan pencarian di sungai kami lanjutkan besok", None),
        (
            "Korban 15 orang, dan pencarian di sungai kami lanjutkan besok.",
            "Korban [-12-]{+15+} orang, dan pencarian di sungai kami lanjutkan besok.",
        ),
        ("Pencarian di sungai kami lanjutkan.", "[-Korban 12 orang, dan-]Pencarian di sungai kami lanjutkan[-besok-]."),
        (
            "Kini korban 12 orang, dan pencarian di sungai kami lanjutkan besok.",
            "{+Kini+} korban 12 orang, dan pencarian di sungai kami lanjutkan besok.",
        ),
    ],
)
def test_what_differs_is_marked_word_by_word(wording: str, expected: str | None) -> None:
    """Other words, words put in, words left out; case and punctuation are no difference."""
    assert marked(drift(FIRST, wording)) == (expected or wording)


def test_a_number_written_another_way_is_the_same() -> None:
    """Points between thousands are no difference, the comma is that of a decimal."""
    assert drift("ada 2.400.000 orang", "ada 2400000 orang").same == 1.0
    assert drift("naik 2,5 persen", "naik 25 persen").same < 1.0


def test_a_lone_function_word_between_changes_is_part_of_them() -> None:
    """That both say "yang" somewhere amid other words tells a reader nothing."""
    found = drift("rumah yang rusak parah", "gedung yang roboh parah")
    assert found.pieces[0] == Piece("gedung yang roboh", Change.OTHER, "rumah yang rusak")


@pytest.mark.parametrize(
    ("first", "wording", "expected"),
    [
        (
            "banjir merendam 12 desa",
            "air menggenangi sekitar 15 desa",
            "[-banjir merendam-]{+air menggenangi sekitar+} [-12-]{+15+} desa",
        ),
        ("dua belas desa terendam", "15 dusun terendam", "[-dua belas desa-]{+15+} {+dusun+} terendam"),
    ],
)
def test_a_number_stands_by_itself(first: str, wording: str, expected: str) -> None:
    """Beside the number that the first has instead, whatever other words are around it."""
    assert marked(drift(first, wording)) == expected


@pytest.mark.parametrize(
    ("wording", "telling"),
    [
        ("Kami lihat 3 kapal milik Sari.", True),
        ("Kami lihat 2 kapal milik Rini.", True),
        ("Kami dengar 2 kapal milik Sari.", False),
        ("Mereka lihat 2 kapal milik Sari.", False),
    ],
)
def test_numbers_and_names_are_what_readers_look_at(wording: str, telling: bool) -> None:
    """A change is telling when it touches a number or a name, not for the capital that a sentence begins with."""
    assert [piece.telling for piece in drift("Kami lihat 2 kapal milik Sari.", wording).pieces if piece.first] == [
        telling
    ]


def test_texts_too_long_to_align_differ_in_the_middle() -> None:
    """Without end and without many minutes: what both begin and end with is the same."""
    middle = "air naik " * 3000
    found = drift(f"kemarin {middle} lagi", f"kemarin banjir {middle} lagi")
    assert [piece.change for piece in found.pieces] == [Change.SAME, Change.ADDED, Change.SAME]


WORDS = st.lists(
    st.sampled_from(["air", "Air", "naik", "2,5", "yang", "dan", "Sari", ",", ". ", "“", "\n", " "]), max_size=24
)


@given(WORDS, WORDS)
def test_the_pieces_of_a_wording_give_it_back(first: list[str], wording: list[str]) -> None:
    """Whatever the texts, no character is lost, doubled or moved; the share is one, and no change is empty."""
    mine, theirs = " ".join(first), "".join(wording)
    found = drift(mine, theirs)
    assert "".join(piece.text for piece in found.pieces) == theirs
    assert 0.0 <= found.same <= 1.0
    for piece in found.pieces:
        assert bool(piece.text) == (piece.change is not Change.MISSING)
        assert bool(piece.first) == (piece.change in (Change.MISSING, Change.OTHER))
        assert piece.first in mine
