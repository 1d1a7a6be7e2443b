"""Names made comparable: case, hyphens, blanks, marks; and how alike two spellings are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_GLUE = re.compile(r"[-‐‑‒–—_/\s]+")
_MARKS = re.compile(r"[.,'’‘`\"“”()\[\]]")
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


@lru_cache(maxsize=20_000)
def normal_name(name: str) -> str:
    """A name without regard to case, hyphens, blanks, full stops, apostrophes and brackets."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _GLUE.sub(" ", _MARKS.sub("", folded)).strip()


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
