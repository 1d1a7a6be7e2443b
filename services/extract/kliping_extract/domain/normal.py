"""How alike two spellings of a name are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kliping_shared.contracts.enriched import EntityType
from kliping_shared.names import normal_name

#: Spellings of one sound in Latin transliterations that Indonesian news mixes.
_SOUNDS = (
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("ph", "f"),
    ("kh", "h"),
    ("th", "t"),
    ("iy", "y"),
    ("yy", "y"),
    ("ii", "y"),
    ("ij", "y"),
    ("sh", "s"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("v", "w"),
    ("z", "s"),
    ("i", "y"),
)
#: Spellings of Indonesian before 1972 that names keep, and today's. Those with j are left out: Joga is not Yoga.
_BEFORE_1972 = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"))
_DOUBLED = re.compile(r"(.)\1")
#: Words of fewer letters may be initials or acronyms.
_SHORTEST_SPELT = 4


@lru_cache(maxsize=20_000)
def entity_key(kind: EntityType, name: str) -> str:
    """What two spellings of one name share: accents apart, and in persons' names the spelling before 1972 and doubled letters.

    `Soekarno` is `Sukarno`, `Saharuddin` `Saharudin`. Bodies and places keep their letters: `KPPU` is not `KPU`, nor
    `Komisi II` `Komisi I`; so do short words, which may be initials.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", normal_name(name)) if not unicodedata.combining(c))
    words = normal_name(plain).split()
    return " ".join(_today(word) if kind is EntityType.PER else word for word in words)


def _today(word: str) -> str:
    """A word in today's spelling, its doubled letters once."""
    if len(word) < _SHORTEST_SPELT or not word.isalpha():
        return word
    before = ""
    while before != word:
        before, word = word, _DOUBLED.sub(r"\1", word)
        for old, new in _BEFORE_1972:
            word = word.replace(old, new)
    return word


@lru_cache(maxsize=20_000)
def sound_bag(name: str) -> tuple[str, ...]:
    """The words of a name in a rough common spelling, sorted: equal for `Vostochny Cosmodrome` and `Kosmodrom Vostochny`."""
    words = []
    for word in normal_name(name).split():
        for old, new in _SOUNDS:
            word = word.replace(old, new)
        words.append(re.sub(r"(.)\1", r"\1", word.removesuffix("e")))
    return tuple(sorted(words))


def close_spelling(a: str, b: str) -> bool:
    """Whether two normal names differ by one letter (or by an exchange of neighbours) in six or more."""
    if a == b:
        return True
    if min(len(a), len(b)) < 6 or abs(len(a) - len(b)) > 1 or len(a.split()) != len(b.split()) or len(a.split()) < 2:
        return False
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    rest_a, rest_b = a[head : len(a) - tail], b[head : len(b) - tail]
    if not (rest_a + rest_b).isalpha():
        return False
    return max(len(rest_a), len(rest_b)) <= 1 or (len(rest_a) == len(rest_b) == 2 and rest_a == rest_b[::-1])
