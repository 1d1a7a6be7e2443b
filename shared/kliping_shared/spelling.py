"""How Indonesian names and words are spelt, and misspelt: what two spellings have in common, how far they are apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from string import ascii_lowercase
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

#: Old and foreign spellings of one sound, in the order in which they are replaced. Vowels stay: 'Dian', 'Dina', 'Dani'.
#: Link's stored keys are made by them: a change of what ``sound`` gives raises ``FORMAT`` of kliping_link/redis_state.py.
_SPELLINGS: Final = tuple(
    (re.compile(letters), one)
    for letters, one in (
        ("oe", "u"),
        ("tj", "c"),
        ("^zh", "i"),
        ("[sz][yjh]", "s"),
        ("dj|[jy]", "i"),
        ("^ch(?=[ao]i)|kh|(?<!^)ch", "h"),
        ("^ch", "c"),
        ("([dgt])h", r"\1"),
        ("roh", "rah"),
        ("moh", "muh"),
        ("q", "k"),
        ("ph|[fv]", "p"),
        (r"(.)\1+", r"\1"),
        ("(?<=.)h$", ""),
    )
)
#: Letters from which on a typed word may be wrong by one, and by two; shorter ones are too many words' neighbours.
ONE_OFF: Final = 4
TWO_OFF: Final = 8
#: Letters that a term of a store begins with like a word that is two letters off: all terms are too many to look at.
SURE: Final = 3
#: Letters by which a spelling of the same sound differs at most from the sound itself.
_SOUND_OFF: Final = 3


@lru_cache(maxsize=1 << 14)
def sound(word: str) -> str:
    """A folded word in one spelling: 'soetrisno' and 'sutrisno' are one."""
    for letters, one in _SPELLINGS:
        word = letters.sub(one, word)
    return word


def may_be_off(word: str) -> int:
    """Letters by which a typed word may differ from the one that is meant; two that changed places count as one."""
    return (len(word) >= ONE_OFF) + (len(word) >= TWO_OFF)


def near(word: str, known: Iterable[str]) -> dict[str, int]:
    """Those of the known words that ``word`` may be a misspelling of, and by how many letters (restricted
    Damerau-Levenshtein). All are folded.
    """
    found = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=may_be_off(word), limit=None)
    return {other: int(distance) for other, distance, _ in found if distance}


def likeness(word: str, other: str) -> float:
    """0 to 1 (Jaro-Winkler): of those that are as many letters off, people mean what begins the same."""
    return JaroWinkler.similarity(word, other)


def one_off(word: str) -> set[str]:
    """Every row of Latin letters that is one letter off, and not the first."""
    cuts = [(word[:cut], word[cut:]) for cut in range(1, len(word) + 1)]
    lacking = {head + tail[1:] for head, tail in cuts if tail}
    turned = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    other = {head + letter + tail[1:] for head, tail in cuts if tail for letter in ascii_lowercase}
    more = {head + letter + tail for head, tail in cuts for letter in ascii_lowercase}
    return (lacking | turned | other | more) - {word}


def sounding_like(word: str, known: Iterable[str]) -> set[str]:
    """Those of the known names that are ``word`` in another spelling: 'joesoef' and 'yusuf'."""
    heard = sound(word)
    found = process.extract(heard, list(known), scorer=OSA.distance, score_cutoff=_SOUND_OFF, limit=None)
    return {other for other, _, _ in found if other != word and sound(other) == heard}
