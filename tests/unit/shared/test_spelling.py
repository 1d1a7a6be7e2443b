"""Spellings and misspellings of names and words."""

from __future__ import annotations

import pytest

from kliping_shared.spelling import likeness, may_be_off, near, one_off, sound, sounding_like


@pytest.mark.parametrize(
    ("word", "near_by"),
    [
        ("kasus", {"kasu": 1, "kasur": 1, "aksus": 1, "kasuss": 1}),
        ("tanggul", {"tangul": 1, "tanggl": 1}),
        ("gubernur", {"gubernor": 1, "guebrnru": 2, "gubrnr": 2}),
        ("air", {}),
    ],
)
def test_near(word: str, near_by: dict[str, int]) -> None:
    """One letter of four, two of eight; letters that changed places are one; the word itself is not near itself."""
    known = [
        word,
        "kasu",
        "kasur",
        "aksus",
        "kasuss",
        "tangul",
        "tanggl",
        "tangl",
        "gubernor",
        "guebrnru",
        "gubrnr",
        "airi",
        "ar",
    ]
    assert near(word, known) == near_by
    assert near(word, []) == {}


def test_may_be_off() -> None:
    """Short words have too many neighbours."""
    assert [may_be_off("a" * length) for length in (3, 4, 7, 8, 20)] == [0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("joesoef", "yusuf"), ("tjahjo", "cahyo"), ("cahyo", "tjahjo"), ("djoko", "joko"), ("suharto", "soeharto"),
        ("mochamad", "muhamad"), ("fitri", "pitri"), ("achmad", "ahmad"),
    ],
)  # fmt: skip
def test_old_and_new_spellings_sound_alike(typed: str, known: str) -> None:
    """Whichever of them is typed."""
    assert sound(typed) == sound(known)
    assert sounding_like(typed, [known, typed, "ratna"]) == {known}


def test_one_off() -> None:
    """Every neighbour but for those with another first letter, and nothing further away."""
    words = one_off("jebol")
    assert {"jbol", "jebl", "ejbol"[1:], "jeobl", "jabol", "jebola", "jebool"} <= words
    assert set(near("jebol", words)) == words
    assert {word[0] for word in words} == {"j"}
    assert "jebol" not in words


def test_what_begins_the_same_is_meant() -> None:
    """Of two words that are as far off."""
    assert likeness("pemrintah", "pemerintah") > likeness("pemrintah", "perintah")
