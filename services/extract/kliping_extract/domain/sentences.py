"""Splits prose into sentences that keep a quote together with its attribution."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from kliping_extract.domain.quotes import Quote
from kliping_extract.domain.tokens import CLOSING, MARKS, SINGLE_CLOSING, STRAIGHT, Tokens

_ENDS = frozenset({".", "?", "!", "…", "...", "..", "?!", "!?", "!!", "....", "??"})
#: With what characters a token ends behind which a sentence may begin.
_LAST = frozenset(".?!…") | {mark[-1] for mark in CLOSING | STRAIGHT | SINGLE_CLOSING} | frozenset("')]")
_CLOSERS = CLOSING | STRAIGHT | SINGLE_CLOSING | frozenset("')]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens [start, end)."""

    start: int
    end: int


def find_sentences(tokens: Tokens, quotes: Sequence[Quote], abbreviations: Container[str]) -> list[Sentence]:
    """Sentences that cover all tokens. None ends inside a quote; each paragraph begins one, except within a quote."""
    inside = _inside(tokens, quotes)
    if not len(tokens):
        return []
    starts = [0]
    words, paragraph = tokens.words, tokens.paragraph
    for i in range(1, len(words)):
        opens = paragraph[i] != paragraph[i - 1]
        # Few words end like a sentence does, or close what might hold its end.
        if not opens and words[i - 1][-1] not in _LAST:
            continue
        if inside[i] and inside[i] == inside[i - 1]:
            continue
        if opens or _ends_before(tokens, i, abbreviations):
            starts.append(i)
    return [Sentence(start, end) for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True)]


def _inside(tokens: Tokens, quotes: Sequence[Quote]) -> list[int]:
    """A quote's number (from 1) for its tokens, 0 elsewhere."""
    inside = [0] * len(tokens)
    for number, quote in enumerate(quotes, start=1):
        inside[quote.start : quote.end] = [number] * (quote.end - quote.start)
    return inside


def _ends_before(tokens: Tokens, i: int, abbreviations: Container[str]) -> bool:
    """Whether a sentence ends right before token `i`."""
    last = i - 1
    # A few closing marks at most, so that a long run of marks costs no more than its length.
    while last > max(0, i - 5) and tokens.words[last] in _CLOSERS and not tokens.opens_paragraph(last):
        last -= 1
    word = tokens.words[last]
    if word not in _ENDS and not (word[-1] in ".?!" and tokens.blank_before(i) and len(word) > 1):
        return False
    return _begins(tokens, i) and not _abbreviated(tokens, last, abbreviations)


def _begins(tokens: Tokens, i: int) -> bool:
    """Whether token `i` can be the first of a sentence."""
    word = tokens.words[i]
    if word in MARKS:
        return i + 1 < len(tokens) and (tokens.capital(i + 1) or not tokens.words[i + 1][0].isalpha())
    return word[0].isupper() or word[0].isdigit() or word[0] in "([-–—*•" or not word[0].isascii()


def _abbreviated(tokens: Tokens, last: int, abbreviations: Container[str]) -> bool:
    """Whether the full stop at token `last` belongs to an abbreviation or an initial."""
    word = tokens.lower[last]
    if word in abbreviations:
        return True
    if word != ".":
        return len(word) == 2 and word[0].isalpha() and tokens.capital(last)
    if last == 0 or tokens.blank_before(last):
        return False
    before = tokens.words[last - 1]
    return f"{before.lower()}." in abbreviations or (len(before) == 1 and before.isupper())


def sentence_at(tokens: Tokens, sentences: Sequence[Sentence]) -> list[int]:
    """For each token the index of its sentence."""
    at = [0] * len(tokens)
    for index, sentence in enumerate(sentences):
        at[sentence.start : sentence.end] = [index] * (sentence.end - sentence.start)
    return at
