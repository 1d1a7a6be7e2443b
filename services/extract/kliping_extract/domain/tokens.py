"""The words of an article's prose as plain arrays, which the grammar walks over without asking spaCy again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kliping_shared.contracts.enriched import EntityType

OPENING = frozenset("“„«‟")
CLOSING = frozenset("”»")
STRAIGHT = frozenset({'"', "''", "``", "＂"})
SINGLE_OPENING = frozenset("‘‚‹")
SINGLE_CLOSING = frozenset("’›")
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
    `name_at` holds the index into `names` of the name over a token, or -1.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    paragraph: list[int]
    names: list[Name]
    name_at: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def span_text(self, start: int, end: int) -> str:
        """The characters from token `start` to token `end` (exclusive)."""
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


def placed_words(doc: Doc, text: str) -> list[tuple[int, str]]:
    """Where each token of `doc`, the doc of `text`, begins, and its word; many times faster than asking token by token."""
    bounds: list[list[int]] = doc.to_array(["IDX", "LENGTH"]).tolist()
    return [(start, text[start : start + length]) for start, length in bounds]


def tokens_of(doc: Doc, text: str, ranges: Iterable[tuple[int, int]]) -> Tokens:
    """The tokens of `doc`, the doc of `text`, that lie wholly in the character `ranges` (sorted, disjoint), with the doc's entities."""
    tokens = Tokens(text, [], [], [], [], [], [], [])
    kept: dict[int, int] = {}
    paragraph = -1
    bounds = iter(ranges)
    here = next(bounds, None)
    fresh = True
    for at, (start, word) in enumerate(placed_words(doc, text)):
        while here is not None and start >= here[1]:
            here, fresh = next(bounds, None), True
        if here is None:
            break
        if word.isspace():
            fresh = fresh or "\n" in word or "\r" in word
            continue
        if start < here[0] or start + len(word) > here[1]:
            continue
        paragraph += fresh
        fresh = False
        kept[at] = len(tokens.words)
        _append(tokens, word, start, paragraph)
    _take_names(tokens, doc, kept)
    return tokens


def _append(tokens: Tokens, word: str, start: int, paragraph: int) -> None:
    tokens.words.append(word)
    tokens.lower.append(word.lower())
    tokens.starts.append(start)
    tokens.ends.append(start + len(word))
    tokens.paragraph.append(paragraph)
    tokens.name_at.append(-1)


def _take_names(tokens: Tokens, doc: Doc, kept: dict[int, int]) -> None:
    for ent in doc.ents:
        if ent.start in kept and (ent.end - 1) in kept:
            name = Name(kept[ent.start], kept[ent.end - 1] + 1, EntityType(ent.label_))
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
