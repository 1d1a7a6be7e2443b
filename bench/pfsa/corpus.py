"""Reads a tag file of PFSA-ID: its articles as text, its labels as spans of characters."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_MARKS = _OPEN, _CLOSE = "“", "”"
_OPENING = "(" + _OPEN
_TIGHT_BEHIND = _OPENING + "/-"
_TIGHT_BEFORE = re.compile(r"[.,;:?!)%\]…/-]+$")
_DASHES = frozenset("—–-")


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled range of characters of its article's text, end exclusive."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """One article: its text made of the tokens again, where each token stands in it, the labels."""

    text: str
    tokens: tuple[tuple[int, int], ...]
    labels: frozenset[Label]

    def snapped(self, label: Label) -> Label | None:
        """The label on whole tokens, as the corpus has it; None if it covers none."""
        inside = [(s, e) for s, e in self.tokens if s < label.end and label.start < e]
        return Label(inside[0][0], inside[-1][1], label.name) if inside else None


Tagged = tuple[str, str]


def read_articles(path: Path) -> list[Annotated]:
    """The articles of a gzipped tag file (a token, a tab, its BILOU tag; a blank line ends a sentence)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_annotated(tokens) for tokens in _articles(_tagged(lines))]


def _tagged(lines: Iterable[str]) -> Iterator[Tagged]:
    for line in lines:
        token, _, tag = line.rstrip("\n").rpartition("\t")
        if token:
            yield token, tag


def _articles(tokens: Iterable[Tagged]) -> Iterator[list[Tagged]]:
    """Cut at datelines (`JAKARTA, KOMPAS —`): the file joins its articles."""
    article: list[Tagged] = []
    for tagged in tokens:
        article.append(tagged)
        if len(article) > 1 and tagged[0] in _DASHES and article[-2][0] == "KOMPAS":
            begin = _dateline(article)
            if begin:
                yield article[:begin]
                article = article[begin:]
    yield article


def _dateline(article: list[Tagged]) -> int:
    """Where the dateline that ends the list begins."""
    at = len(article) - 2
    while at and len(article) - at < 8 and (article[at - 1][0].isupper() or article[at - 1][0] in {",", "/"}):
        at -= 1
    return at


def _annotated(tagged: list[Tagged]) -> Annotated:
    text, places, inside = "", [], False
    words = [token for token, _ in tagged]
    for at, token in enumerate(words):
        word = token
        if token in _MARKS:
            inside = not _closes(words, at, inside)
            word = _OPEN if inside else _CLOSE
        if text and not _joined(text, word):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
    return Annotated(text, tuple(places), frozenset(_labels(places, [tag for _, tag in tagged])))


def _closes(words: list[str], at: int, inside: bool) -> bool:
    """Whether a mark closes a quote: the corpus prints most of both kinds alike, and leaves some out."""
    before, behind = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    if before in {",", "?", "!"} and behind[:1].islower():
        return True
    return inside and words[at] == _CLOSE


def _joined(text: str, word: str) -> bool:
    """Whether print has no blank before the token (`Covid-19`, `(13/4/2020)`)."""
    if text[-1] in _TIGHT_BEHIND:
        return text[-1] in _OPENING or text[-2:-1] != " "
    return word == _CLOSE or _TIGHT_BEFORE.match(word) is not None


def _labels(places: list[tuple[int, int]], tags: list[str]) -> Iterator[Label]:
    at = 0
    while at < len(tags):
        kind, _, name = tags[at].partition("-")
        end = at + 1
        if kind == "B":
            while end < len(tags) and tags[end] == f"I-{name}":
                end += 1
            end += end < len(tags) and tags[end] == f"L-{name}"
        if kind in {"B", "U"}:
            yield Label(places[at][0], places[end - 1][1], name)
        at = end
