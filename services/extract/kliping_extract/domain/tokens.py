"""The words of an article's prose as plain arrays, which the grammar walks over without asking spaCy again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc

from kliping_shared.contracts.enriched import EntityType

OPENING = frozenset("“„«‟")
CLOSING = frozenset("”»")
STRAIGHT = frozenset({'"', "''", "``", "＂"})
SINGLE_OPENING = frozenset("‘‚‹")
SINGLE_CLOSING = frozenset("’›")
#: A degree behind a name: `S.H.`, `M.Si.`, `Sp.P(K)`, `S.I.K.`, `Ph.D.`
DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,4}\.){1,4}(?:[A-Z][A-Za-z]{0,4})?(?:\([A-Z]\))?|M[ABHMST]|Ph\.?D\.?")
MARKS = OPENING | CLOSING | STRAIGHT | SINGLE_OPENING | SINGLE_CLOSING | frozenset("'")


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity over the tokens [start, end)."""

    start: int
    end: int
    type: EntityType


@dataclass(slots=True)
class Tokens:
    """Parallel arrays, one item a token (blank tokens left out); `starts`/`ends` are characters of `text`.

    `paragraph` numbers the stretch a token stands in: it changes at a line end and at a zone's border.
    `name_at` holds the index into `names` of the name over a token, or -1. `gaps` are the tokens before which words that
    are no prose were left out: an advert between two paragraphs.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    paragraph: list[int]
    names: list[Name]
    name_at: list[int]
    gaps: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """Where token `start` begins and the last one before `end` ends, in the text."""
        return self.starts[start], self.ends[end - 1]

    def span_text(self, start: int, end: int) -> str:
        """What is written from token `start` to token `end` (exclusive)."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def blank_before(self, i: int) -> bool:
        """Whether token `i` is not glued to the token before it."""
        return i == 0 or self.starts[i] > self.ends[i - 1]

    def opens_paragraph(self, i: int) -> bool:
        """Whether token `i` is the first of its paragraph."""
        return i == 0 or self.paragraph[i] != self.paragraph[i - 1]

    def capital(self, i: int) -> bool:
        """Whether token `i` begins with a capital letter."""
        return self.words[i][:1].isupper()

    def name_from(self, i: int) -> Name | None:
        """The name that begins at token `i`."""
        at = self.name_at[i]
        return self.names[at] if at >= 0 and self.names[at].start == i else None

    def name_until(self, i: int) -> Name | None:
        """The name that ends before token `i`."""
        at = self.name_at[i - 1] if i > 0 else -1
        return self.names[at] if at >= 0 and self.names[at].end == i else None


@dataclass(frozen=True, slots=True)
class Placed:
    """All tokens of a text: where each begins, its word, and the indices of those that are blanks."""

    text: str
    starts: list[int]
    words: list[str]
    blanks: list[int]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that begin among the characters, as a range."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


def place(doc: Doc, text: str) -> Placed:
    """The tokens of `doc`, the doc of `text`; many times faster than asking token by token."""
    bounds: list[list[int]] = doc.to_array(["IDX", "LENGTH"]).tolist()
    words = [text[start : start + length] for start, length in bounds]
    blanks = [i for i, word in enumerate(words) if word.isspace()]
    return Placed(text, [start for start, _ in bounds], words, blanks)


def tokens_of(
    placed: Placed, ranges: Sequence[tuple[int, int]], names: Iterable[tuple[int, int, EntityType]]
) -> Tokens:
    """The tokens that lie wholly in the character `ranges` (sorted, disjoint), with those `names` that do.

    A name is its first token, the one behind its last, and its type.
    """
    words: list[str] = []
    starts: list[int] = []
    paragraph: list[int] = []
    kept: dict[int, int] = {}
    number = -1
    for first, after, fresh in _runs(placed, ranges):
        number += fresh
        kept.update(zip(range(first, after), range(len(words), len(words) + after - first), strict=True))
        words += placed.words[first:after]
        starts += placed.starts[first:after]
        paragraph += [number] * (after - first)
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    lower = [word.lower() for word in words]
    left_out = (start for (_, end), (start, _) in pairwise(ranges) if placed.text[end:start].strip())
    gaps = [bisect_left(starts, start) for start in left_out]
    tokens = Tokens(placed.text, words, lower, starts, ends, paragraph, [], [-1] * len(words), gaps)
    _take_names(tokens, names, kept)
    return tokens


def _runs(placed: Placed, ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Tokens between blanks, and whether they open a paragraph: at a line end, and where a range begins."""
    for start, end in ranges:
        first, last = placed.between(start, end)
        if last > first and placed.starts[last - 1] + len(placed.words[last - 1]) > end:
            last -= 1
        fresh = True
        for at in range(bisect_left(placed.blanks, first), bisect_left(placed.blanks, last)):
            blank = placed.blanks[at]
            if blank > first:
                yield first, blank, fresh
                fresh = False
            fresh = fresh or "\n" in placed.words[blank] or "\r" in placed.words[blank]
            first = blank + 1
        if last > first:
            yield first, last, fresh


def _take_names(tokens: Tokens, names: Iterable[tuple[int, int, EntityType]], kept: dict[int, int]) -> None:
    for first, after, kind in names:
        if first in kept and (after - 1) in kept:
            name = Name(kept[first], kept[after - 1] + 1, kind)
            for i in range(name.start, name.end):
                tokens.name_at[i] = len(tokens.names)
            tokens.names.append(name)


def join_ranges(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted ranges without the overlaps."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
