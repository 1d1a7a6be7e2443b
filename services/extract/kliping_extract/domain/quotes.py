"""Pairs quote marks, one paragraph at a time, in one pass over the marks.

A mark's direction is read off its glyph and the blanks beside it; one that could be either closes what is open. Nested
marks belong to the outer quote. A quote that never closes ends before `, kata ...`, else with its paragraph, or goes on
in the next one where that begins with an opening mark (or holds the missing closing one).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from enum import Enum

from kliping_extract.domain.tokens import CLOSING, MARKS, OPENING, SINGLE_CLOSING, SINGLE_OPENING, STRAIGHT, Tokens

_SINGLE = SINGLE_OPENING | SINGLE_CLOSING | frozenset("'")
_PUNCTUATION = frozenset(".,;:!?…)]")
#: Deeper nesting is noise; the bound keeps the pass linear.
_DEEPEST = 6


class Look(Enum):
    """Which way a mark seems to face."""

    OPEN = "open"
    CLOSE = "close"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Quote:
    """One outer quote: token ranges without its marks (one a paragraph), and the whole range [start, end) with them."""

    parts: tuple[tuple[int, int], ...]
    start: int
    end: int
    closed: bool


@dataclass(slots=True)
class _Mark:
    at: int
    single: bool
    look: Look
    closers_after: int = 0


@dataclass(slots=True)
class _State:
    """Quotes found so far and the parts of one that runs over a paragraph's end."""

    found: list[Quote] = field(default_factory=list)
    carried: list[tuple[int, int]] = field(default_factory=list)
    carried_start: int = 0


def find_quotes(tokens: Tokens, cues_after: Container[str]) -> list[Quote]:
    """All outer quotes in the order of the text, disjoint; `cues_after` are the words (kata, ujarnya) that end an unclosed one."""
    state = _State()
    for start, end in paragraphs(tokens):
        marks = _marks(tokens, start, end)
        if state.carried:
            marks = _go_on(state, marks, start)
        _pair(tokens, marks, end, state, cues_after)
    _drop_carried(state)
    return state.found


def paragraphs(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Token ranges of the paragraphs."""
    start, numbers = 0, tokens.paragraph
    while start < len(numbers):
        end = bisect_right(numbers, numbers[start], start)
        yield start, end
        start = end


def _marks(tokens: Tokens, start: int, end: int) -> list[_Mark]:
    marks = [
        _Mark(i, word in _SINGLE, look_of(tokens, i))
        for i, word in enumerate(tokens.words[start:end], start)
        if word in MARKS
    ]
    closers = {True: 0, False: 0}
    for mark in reversed(marks):
        mark.closers_after = closers[mark.single]
        closers[mark.single] += mark.look is not Look.OPEN
    return marks


def look_of(tokens: Tokens, i: int) -> Look:
    """Which way the mark at token `i` faces."""
    word = tokens.words[i]
    first, last = tokens.opens_paragraph(i), i + 1 == len(tokens) or tokens.opens_paragraph(i + 1)
    free_before = first or tokens.blank_before(i) or tokens.words[i - 1] in {"(", "[", "–", "—", "-", "/"}
    free_after = last or tokens.blank_before(i + 1) or tokens.words[i + 1] in _PUNCTUATION
    if word in OPENING or word in SINGLE_OPENING:
        return Look.CLOSE if free_after and not free_before else Look.OPEN
    if word in CLOSING:
        return Look.OPEN if free_before and not free_after else Look.CLOSE
    if free_before and not free_after:
        return Look.OPEN
    if free_after and not free_before:
        return Look.CLOSE
    if word in STRAIGHT:
        return Look.OPEN if first else Look.CLOSE if last else Look.EITHER
    return Look.CLOSE


def _go_on(state: _State, marks: list[_Mark], start: int) -> list[_Mark]:
    """Carry a quote into this paragraph where its first mark says so; return the marks that are left to pair."""
    if marks and marks[0].at == start and marks[0].look is Look.OPEN:
        return marks
    first_double = next((mark for mark in marks if not mark.single), None)
    if first_double is not None and first_double.look is Look.CLOSE:
        rest = [(start, first_double.at)] if first_double.at > start else []
        parts = (*state.carried, *rest)
        state.found.append(Quote(parts, state.carried_start, first_double.at + 1, closed=True))
        state.carried = []
        return [mark for mark in marks if mark.at > first_double.at]
    _drop_carried(state)
    return marks


def _drop_carried(state: _State) -> None:
    """The quote that was carried over does not go on: it ended with its last paragraph."""
    if state.carried:
        state.found.append(Quote(tuple(state.carried), state.carried_start, state.carried[-1][1], closed=False))
        state.carried = []


def _pair(tokens: Tokens, marks: list[_Mark], end: int, state: _State, cues_after: Container[str]) -> None:
    stack: list[_Mark] = []
    for mark in marks:
        if not stack:
            if mark.look is not Look.CLOSE:
                stack.append(mark)
        elif mark.look is Look.OPEN:
            same = mark.single == stack[-1].single
            if same and mark.closers_after < len(stack) + 1:
                _unclosed(tokens, stack[0], mark.at, state, cues_after, last=False)
                stack = [mark]
            elif len(stack) < _DEEPEST:
                stack.append(mark)
        else:
            stack = _close(stack, mark, state)
    if stack:
        _unclosed(tokens, stack[0], end, state, cues_after, last=True)


def _close(stack: list[_Mark], mark: _Mark, state: _State) -> list[_Mark]:
    depth = next((d for d in range(len(stack) - 1, -1, -1) if stack[d].single == mark.single), None)
    if depth is None:
        return stack
    if depth == 0:
        _record(state, stack[0].at, mark.at, mark.at + 1, closed=True)
    return stack[:depth]


def _record(state: _State, opened: int, content_end: int, end: int, *, closed: bool) -> None:
    part = (opened + 1, content_end)
    if state.carried:
        parts, start = (*state.carried, part), state.carried_start
        state.carried = []
    else:
        parts, start = (part,), opened
    kept = tuple((a, b) for a, b in parts if b > a)
    if kept:
        state.found.append(Quote(kept, start, end, closed=closed))


def _unclosed(
    tokens: Tokens, mark: _Mark, limit: int, state: _State, cues_after: Container[str], *, last: bool
) -> None:
    if mark.single:
        return
    for i in range(mark.at + 2, limit):
        if tokens.lower[i] in cues_after and tokens.words[i - 1] in {",", *CLOSING, *STRAIGHT}:
            _record(state, mark.at, i - 1, i - 1, closed=False)
            return
    if last and limit > mark.at + 1:
        if not state.carried:
            state.carried_start = mark.at
        state.carried.append((mark.at + 1, limit))
    elif limit > mark.at + 1:
        _record(state, mark.at, limit, limit, closed=False)


def quote_at(tokens: Tokens, quotes: list[Quote]) -> list[int]:
    """For each token the index of the quote over it, marks included, or -1."""
    at = [-1] * len(tokens)
    for index, quote in enumerate(quotes):
        at[quote.start : quote.end] = [index] * (quote.end - quote.start)
    return at
