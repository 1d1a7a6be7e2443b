"""Spellings and misspellings of names and words."""

from __future__ import annotations

import pytest

from kliping_shared.spelling import may_be_off, near, sound, sounding_like


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
