"""Find the date expressions of a text."""

from __future__ import annotations

import re

from kliping_shared.dates.expressions import DateExpression
from kliping_shared.dates.guards import is_wanted
from kliping_shared.dates.lexicon import Lexicon, load_lexicon
from kliping_shared.dates.patterns import load_patterns
from kliping_shared.dates.reading import read

__all__ = ["scan_dates"]

WORD = re.compile(r"\w+")


def scan_dates(text: str) -> tuple[DateExpression, ...]:
    """All date expressions of ``text``, sorted, without overlap, the longest at each place; impossible ones left out."""
    lexicon, patterns = load_lexicon(), load_patterns()
    found: list[DateExpression] = []
    position = 0
    for word in WORD.finditer(text):
        candidates = patterns.by_word.get(word[0], ())
        start = word.start()
        if not candidates and word[0][0].isdecimal() and patterns.number.match(text, start):
            candidates = patterns.digit
        if not candidates or start < position:
            continue
        best, end = longest(text, start, candidates, lexicon)
        if best is not None:
            found.append(best)
        position = max(position, end)
    return tuple(found)


def longest(
    text: str, start: int, candidates: tuple[re.Pattern[str], ...], lexicon: Lexicon
) -> tuple[DateExpression | None, int]:
    """The longest reading at ``start`` and where it ends; None with an end where the longest is an impossible date."""
    best: DateExpression | None = None
    best_end = start
    for pattern in candidates:
        match = pattern.match(text, start)
        if match is None or match.end() <= best_end or not is_wanted(text, match, lexicon):
            continue
        best_end = match.end()
        best = read(match, lexicon)
    return best, best_end
