"""Excerpts keep what was found in view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping_search.domain.highlight import Part, below_title, parts


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


def test_an_excerpt_begins_below_the_title() -> None:
    """The heading says it already; what was found in the rest stays marked."""
    assert below_title("Banjir\n\nAir naik", "Banjir", [(0, 6), (8, 11)]) == ("Air naik", ((0, 3),))


@pytest.mark.parametrize(("text", "title"), [("Banjir surut", "Banjir"), ("Air naik", "Banjir"), ("Air", "")])
def test_a_text_without_its_title_on_top_is_shown_from_its_start(text: str, title: str) -> None:
    """A title that is only the beginning of the first line, or is not there, is no reason to cut."""
    assert below_title(text, title, [(0, 3)]) == (text, ((0, 3),))
