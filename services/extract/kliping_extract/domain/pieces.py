"""Cuts long texts where the tokenizer may start afresh."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Longest piece in characters; news articles are nearly always one piece.
LONGEST = 20_000
#: Longest run without a blank: prefix and infix rules are quadratic in it, and no word is as long.
LONGEST_RUN = 1_000
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


def cut(text: str) -> list[str]:
    """Pieces that join to `text`: at line ends where possible, else at blanks, else anywhere. At least one piece."""
    return [text[start:end] for start, end in _bounds(text)] or [""]


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for run in _RUN.finditer(text) if len(text) > LONGEST_RUN else ():
        yield from _pieces(text, start, run.start())
        for at in range(run.start(), run.end(), LONGEST_RUN):
            yield at, min(at + LONGEST_RUN, run.end())
        start = run.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        at = text.rfind("\n", start + LONGEST // 2, start + LONGEST)
        if at < 0:
            at = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        after = at + 1 if at >= 0 else start + LONGEST
        yield start, after
        start = after
    if end > start:
        yield start, end
