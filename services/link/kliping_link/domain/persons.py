"""Names of persons, compared by their sound: 'Soetrisno' and 'Sutrisno', 'Wa Ode Salmiah' and 'Salmiah'."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from rapidfuzz.distance import Levenshtein

from kliping_link.domain.names import plain
from kliping_shared.spelling import sound

#: Before the sounds of a person's name.
PERSON = "~"
_VOWELS = re.compile("[aeiou]")
#: Behind a name that another person of the article bears as well.
_SHARED = "'"
#: Letters from which on a word may be misspelt by one, and by two.
_ONE_OFF, _TWO_OFF = 6, 9
#: Letters of a name of one word that may mean a person of that name.
_LEAST = 3


def person_key(name: str) -> str:
    """The sounds of a person's name: '~ sutrisno wiriaia'."""
    words = plain(name).split() or [plain(name)]
    return " ".join((PERSON, *map(sound, words)))


def is_person(key: str) -> bool:
    """Whether a key is the name of a person."""
    return key.startswith(PERSON)


def ends(key: str) -> tuple[str, str]:
    """First and last name."""
    words = _words(key)
    return words[0], words[-1]


def skeleton(word: str) -> str:
    """The first letter and the consonants of a word, by which persons are looked for."""
    return word[:1] + _VOWELS.sub("", word[1:])


def told_apart(persons: Collection[str]) -> dict[str, str]:
    """The keys of an article's persons, each with those names marked that another one of them bears as well.

    Such a name alone, elsewhere, may mean either of them.
    """
    return {
        key: _marked(key, [other for other in persons if other != key and not may_be(key, other)]) for key in persons
    }


def _marked(key: str, others: Iterable[str]) -> str:
    shared = {word for other in others for word in other.split()[1:]}
    return " ".join((PERSON, *(f"{word}{_SHARED}" if word in shared else word for word in _words(key))))


def may_be(a: str, b: str) -> bool:
    """Whether two persons in articles on one event may be one.

    All words of the shorter name are in the longer, in its order. Of several words one may be spelt otherwise.
    """
    short, long = sorted((_words(a), _words(b)), key=len)
    if len(short) == 1:
        return len(short[0]) >= _LEAST and any(short[0] in key.split() for key in (a, b) if len(_words(key)) > 1)
    rest = iter(long)
    return not set(short).isdisjoint(long) and all(any(_alike(word, other) for other in rest) for word in short)


def _words(key: str) -> list[str]:
    return key.replace(_SHARED, "").split()[1:] or [key]


def _alike(a: str, b: str) -> bool:
    """Whether two words are one, or differ by a letter or two of many, not the first."""
    shorter = min(len(a), len(b))
    allowed = (shorter >= _ONE_OFF) + (shorter >= _TWO_OFF)
    return a == b or (a[:1] == b[:1] and Levenshtein.distance(a, b, score_cutoff=allowed) <= allowed)
