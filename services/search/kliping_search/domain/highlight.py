"""Texts with found words marked, as pieces: (text, whether it was found)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

EXCERPT = 320
#: How much of an excerpt stands before the first found word.
LEAD = 0.3


@dataclass(frozen=True)
class Part:
    """A stretch of text; ``found`` when the query found it."""

    text: str
    found: bool = False


def parts(text: str, ranges: Iterable[tuple[int, int]], *, length: int | None = EXCERPT) -> tuple[Part, ...]:
    """``text`` cut at ``ranges`` (sorted, apart) and, if ``length`` is given, to about that many characters around them."""
    spans = [(start, end) for start, end in ranges if 0 <= start < end <= len(text)]
    low, high = _window(text, spans, length)
    made: list[Part] = [Part("… ")] if low else []
    position = low
    for start, end in spans:
        if start < position or end > high:
            continue
        made += [Part(text[position:start]), Part(text[start:end], found=True)]
        position = end
    made.append(Part(text[position:high]))
    if high < len(text):
        made.append(Part(" …"))
    return tuple(part for part in made if part.text)


def below_title(text: str, title: str, ranges: Iterable[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """``text`` and ``ranges`` without a first line that is the title: an excerpt under a heading need not repeat it."""
    rest = text.removeprefix(title)
    if not title or rest == text or rest[:1] not in "\r\n":
        return text, tuple(ranges)
    start = len(text) - len(rest.lstrip())
    return text[start:], tuple((low - start, high - start) for low, high in ranges if low >= start)


def _window(text: str, spans: list[tuple[int, int]], length: int | None) -> tuple[int, int]:
    if length is None or len(text) <= length:
        return 0, len(text)
    low = max(0, spans[0][0] - int(length * LEAD)) if spans else 0
    low = text.rfind(" ", 0, low) + 1 if low else 0
    high = min(len(text), low + length)
    if high < len(text):
        high = text.rfind(" ", low, high) if " " in text[low:high] else high
    if spans and high < spans[0][1]:
        high = spans[0][1]
    return low, high
