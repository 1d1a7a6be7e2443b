"""Quote drift: a wording beside the one that is shown first, word by word.

Words are compared without case, accents and punctuation. Joining the text of all pieces, in order, gives the wording
back, character by character.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from kliping_shared.analysis.stemming import function_words
from kliping_shared.analysis.tokens import WORD, fold

#: Pairs of equal words, one of each text, up to which two texts are aligned: some tenths of a second at the very worst.
#: Quotes of a hundred words have some hundreds.
MOST_PAIRS: Final = 10_000
#: An island of so many function words at most between two changes is part of them: "yang" alone is no agreement.
ISLAND: Final = 2
_SENTENCE_ENDS: Final = ".?!:\n"


class Change(StrEnum):
    """What became of a stretch."""

    SAME = "same"
    OTHER = "other"
    ADDED = "added"
    MISSING = "missing"


class Piece(NamedTuple):
    """A stretch of a wording: ``text`` is its own (empty where something is missing), ``first`` what stands there in the
    wording that is shown first (empty where the same, or added).

    ``telling``: it has (or misses) a number or a name that the other wording has nowhere.
    """

    text: str
    change: Change
    first: str = ""
    telling: bool = False


class Drift(NamedTuple):
    """A wording compared. ``same``: share of all words of both that are the same in the same order, 0 to 1."""

    pieces: tuple[Piece, ...]
    same: float


class _Stretch(NamedTuple):
    """Words ``low`` to ``high`` of the first wording stand where words ``start`` to ``end`` of the other do."""

    equal: bool
    low: int
    high: int
    start: int
    end: int


class _Words:
    """A text's words, folded, with their places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = [match.span() for match in WORD.finditer(text)]
        self.folded = [fold(text[start:end]) for start, end in self.places]

    def of(self, start: int, end: int) -> str:
        """The characters from word ``start`` to before word ``end``, without what stands around them."""
        return self.text[self.places[start][0] : self.places[end - 1][1]] if start < end else ""

    def telling(self, start: int, end: int, other: _Words) -> bool:
        """Whether one of the words is a number or a name that ``other`` has not."""
        return any(
            self.folded[word] not in other.known and (self.is_number(word) or self._is_name(word))
            for word in range(start, end)
        )

    @cached_property
    def known(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(self.folded)

    def is_number(self, word: int) -> bool:
        """Whether it is written in digits."""
        return self.folded[word][:1].isdigit()

    def _is_name(self, word: int) -> bool:
        """Whether it has a capital, but for that at the start of a sentence."""
        at = self.places[word][0]
        before = self.text[:at].rstrip(" \t\"'“”‘’«»„()[]")
        return self.text[at].isupper() and bool(before) and before[-1] not in _SENTENCE_ENDS


def drift(first: str, wording: str) -> Drift:
    """``wording`` beside ``first``."""
    mine, theirs = _Words(first), _Words(wording)
    merged = _merged(mine, _aligned(mine.folded, theirs.folded))
    stretches = [part for stretch in merged for part in _at_numbers(mine, theirs, stretch)]
    same = 2 * sum(stretch.high - stretch.low for stretch in stretches if stretch.equal)
    words = len(mine.folded) + len(theirs.folded)
    return Drift(tuple(_pieces(mine, theirs, stretches)), same / words if words else 1.0)


def _aligned(mine: Sequence[str], theirs: Sequence[str]) -> list[_Stretch]:
    counted = Counter(theirs)
    if sum(n * counted[word] for word, n in Counter(mine).items()) > MOST_PAIRS:
        return _around(mine, theirs)
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return [_Stretch(tag == "equal", *places) for tag, *places in matcher.get_opcodes()]


def _around(mine: Sequence[str], theirs: Sequence[str]) -> list[_Stretch]:
    """What both begin and end with is the same, the rest is other words; takes no more time than reading both."""
    begin = _common(mine, theirs)
    rest = min(len(mine), len(theirs)) - begin
    end = min(rest, _common(mine[::-1], theirs[::-1]))
    low, high = len(mine) - end, len(theirs) - end
    cut = (_Stretch(True, 0, begin, 0, begin), _Stretch(False, begin, low, begin, high),
           _Stretch(True, low, len(mine), high, len(theirs)))  # fmt: skip
    return [stretch for stretch in cut if stretch.low < stretch.high or stretch.start < stretch.end]


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words both begin with."""
    return next(
        (at for at, (mine, theirs) in enumerate(zip(a, b, strict=False)) if mine != theirs), min(len(a), len(b))
    )


def _merged(mine: _Words, stretches: list[_Stretch]) -> list[_Stretch]:
    """``stretches`` with each island joined to the changes around it, where one of them replaces words."""
    found: list[_Stretch] = []
    for number, stretch in enumerate(stretches):
        around = stretches[number - 1 : number] + stretches[number + 1 : number + 2]
        island = _is_island(mine, stretch) and len(around) == 2 and any(map(_replaces, around))
        if island:
            stretch = stretch._replace(equal=False)
        if found and not stretch.equal and not found[-1].equal:
            stretch = _Stretch(False, found[-1].low, stretch.high, found.pop().start, stretch.end)
        found.append(stretch)
    return found


def _at_numbers(mine: _Words, theirs: _Words, stretch: _Stretch) -> list[_Stretch]:
    """A change with one number in three, so that the number stands by itself, beside the only one of the first."""
    ours = [word for word in range(stretch.low, stretch.high) if mine.is_number(word)]
    others = [word for word in range(stretch.start, stretch.end) if theirs.is_number(word)]
    if stretch.equal or len(others) != 1 or len(ours) > 1:
        return [stretch]
    at, mid = others[0], ours[0] if ours else stretch.high
    behind = mid + len(ours)
    equal = bool(ours) and mine.folded[mid] == theirs.folded[at]
    parts = (stretch._replace(high=mid, end=at), _Stretch(equal, mid, behind, at, at + 1),
             stretch._replace(low=behind, start=at + 1))  # fmt: skip
    return [part for part in parts if part.low < part.high or part.start < part.end]


def _is_island(mine: _Words, stretch: _Stretch) -> bool:
    words = mine.folded[stretch.low : stretch.high]
    return stretch.equal and len(words) <= ISLAND and function_words().issuperset(words)


def _replaces(stretch: _Stretch) -> bool:
    return not stretch.equal and stretch.low < stretch.high and stretch.start < stretch.end


def _pieces(mine: _Words, theirs: _Words, stretches: Sequence[_Stretch]) -> Iterator[Piece]:
    """Changes cover their words alone; what stands between words is part of what is the same."""
    at = 0
    for stretch in stretches:
        if stretch.equal:
            continue
        begins = theirs.places[stretch.start][0] if stretch.start < stretch.end else _behind(theirs, stretch.start)
        yield from _same(theirs.text[at:begins])
        yield Piece(
            text=theirs.of(stretch.start, stretch.end),
            change=_change(stretch),
            first=mine.of(stretch.low, stretch.high),
            telling=theirs.telling(stretch.start, stretch.end, mine)
            if stretch.start < stretch.end
            else mine.telling(stretch.low, stretch.high, theirs),
        )
        at = theirs.places[stretch.end - 1][1] if stretch.start < stretch.end else begins
    yield from _same(theirs.text[at:])


def _same(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(text, Change.SAME)


def _behind(words: _Words, word: int) -> int:
    """Where the word before ``word`` ends."""
    return words.places[word - 1][1] if word else 0


def _change(stretch: _Stretch) -> Change:
    if stretch.start == stretch.end:
        return Change.MISSING
    return Change.ADDED if stretch.low == stretch.high else Change.OTHER
