"""Excerpts keep what was found in view."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kliping_search.domain.highlight import Part, parts


def test_found_words_are_marked() -> None:
    """A short text is shown whole, its found words apart."""
    assert parts("banjir di kota", [(0, 6)]) == (Part("banjir", found=True), Part(" di kota"))


def test_a_long_text_is_cut_around_the_first_found_word() -> None:
    """The excerpt holds the found word and says that something was left out on both sides."""
    text = "kata " * 200 + "banjir " + "lagi " * 200
    made = parts(text, [(1000, 1006)], length=100)
    assert [part.text for part in made if part.found] == ["banjir"]
    assert made[0].text == "… "
    assert made[-1].text == " …"


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(-5, 300), st.integers(-5, 300)), max_size=6))
def test_whole_texts_are_never_changed(text: str, ranges: list[tuple[int, int]]) -> None:
    """Without a length the parts join to the text, whatever the ranges."""
    assert "".join(part.text for part in parts(text, ranges, length=None)) == text
