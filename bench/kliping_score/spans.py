"""Spans, tokens and the ratios made of them: pure functions on ``(start, end)`` pairs, end exclusive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]
Spans = tuple[Span, ...]

EDGES = " \t\r\n\"'“”‘’«».,;:!?…-–—"
"""Characters whose presence at a claim's edge makes no difference to the exact measure."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and their harmonic mean, each in [0, 1]; 0 where there is nothing to divide by."""

    precision: float
    recall: float
    f1: float


def ratio(part: float, whole: float) -> float:
    """``part / whole``, 0 for an empty whole."""
    return part / whole if whole else 0.0


def harmonic(precision: float, recall: float) -> Rates:
    """F1 = 2PR / (P + R)."""
    return Rates(precision, recall, ratio(2 * precision * recall, precision + recall))


def rates(hits: int, predicted: int, gold: int) -> Rates:
    """P = hits / predicted, R = hits / gold."""
    return harmonic(ratio(hits, predicted), ratio(hits, gold))


def shared(a: Span, b: Span) -> int:
    """How many characters two spans have in common."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def touches(span: Span, others: Iterable[Span]) -> bool:
    """Whether ``span`` shares a character with any of ``others``."""
    return any(shared(span, other) for other in others)


def span_iou(a: Span, b: Span) -> float:
    """Shared characters over all characters of both."""
    common = shared(a, b)
    return ratio(common, a[1] - a[0] + b[1] - b[0] - common)


def set_iou(a: frozenset[int], b: frozenset[int]) -> float:
    """Size of the intersection over size of the union."""
    return ratio(len(a & b), len(a | b))


def trim(text: str, span: Span) -> Span:
    """``span`` without quote marks, blanks and punctuation at its ends."""
    start, end = span
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return start, end


def trim_all(text: str, spans: Spans) -> Spans:
    """Every part of a claim trimmed."""
    return tuple(trim(text, span) for span in spans)


def hull(spans: Spans) -> Spans:
    """One span from the first part's start to the last part's end."""
    return ((min(start for start, _ in spans), max(end for _, end in spans)),)


def word_spans(text: str) -> Spans:
    """The runs of word characters: the tokens of the overlap measure."""
    return tuple(match.span() for match in _WORD.finditer(text))


def words_in(words: Spans, spans: Spans) -> frozenset[int]:
    """Indices of the words that a claim's parts touch."""
    return frozenset(index for index, word in enumerate(words) if touches(word, spans))


def match_best_first(scores: Sequence[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """One-to-one ``(gold, predicted)`` pairs of ``(score, gold, predicted)``, the highest score first.

    Ties go to the lower gold index, then to the lower predicted index, so the outcome is fixed.
    """
    pairs: list[tuple[int, int]] = []
    golds: set[int] = set()
    predictions: set[int] = set()
    for _, gold, predicted in sorted(scores, key=lambda item: (-item[0], item[1], item[2])):
        if gold not in golds and predicted not in predictions:
            golds.add(gold)
            predictions.add(predicted)
            pairs.append((gold, predicted))
    return pairs
