"""Which words are one term, and which are not: lists by hand, with a floor for how many come out right."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from kliping_shared.analysis import stem

HERE = Path(__file__).parent
#: Families that are known to fall apart, and pairs that are known to merge. Each is a mistake to mend, not a wish.
KNOWN_APART: set[tuple[str, str]] = set()
#: The chain knows no capitals: the city and the verb's root are one word to it.
KNOWN_MERGED: set[tuple[str, str]] = {("Serang", "menyerang")}


def _lines(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


MERGE = [(family[0], form) for family in _lines("merge.txt") for form in family[1:]]
APART = [(first, second) for first, second in _lines("keep_apart.txt")]


@pytest.mark.parametrize(("root", "form"), MERGE)
def test_form_is_its_root(root: str, form: str) -> None:
    """A derived form comes to the same term as its root."""
    assert (stem(form) == stem(root)) is ((root, form) not in KNOWN_APART)


@pytest.mark.parametrize(("first", "second"), APART)
def test_words_stay_apart(first: str, second: str) -> None:
    """Words that only look alike are different terms."""
    assert (stem(first) != stem(second)) is ((first, second) not in KNOWN_MERGED)


def test_families_stay_apart() -> None:
    """No two families of the list share a term."""
    terms = {family[0]: stem(family[0]) for family in _lines("merge.txt")}
    assert [pair for pair in itertools.combinations(terms, 2) if terms[pair[0]] == terms[pair[1]]] == []
