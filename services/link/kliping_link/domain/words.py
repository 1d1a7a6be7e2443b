"""Stemmed content words of a text, with synonyms brought together and weights that never change at run time."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from kliping_shared.analysis import stem
from kliping_shared.analysis.stemming import function_words
from kliping_shared.analysis.tokens import WORD, fold

_LEXICON = "kliping_link.lexicon"


def lexicon_lines(name: str) -> list[str]:
    """The lines of a lexicon file without comments and blanks."""
    text = files(_LEXICON).joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def synonyms() -> dict[str, str]:
    """Stem to the stem that stands for its set of synonyms."""
    heads: dict[str, str] = {}
    for line in lexicon_lines("synonyms.txt"):
        head, *others = (stem(word) for word in line.split())
        for other in others:
            heads.setdefault(other, head)
    return heads


@cache
def _weights() -> dict[str, float]:
    rows = (line.split("\t") for line in lexicon_lines("weights.tsv"))
    return {term: float(value) for term, value in rows}


def weight(term: str) -> float:
    """How much a stem tells, from 0 (in every passage) to 1 (unseen): inverse passage frequency, scaled."""
    return _weights().get(term, 1.0)


@lru_cache(maxsize=1 << 15)
def _content(word: str) -> str | None:
    """The stem that a word counts as; None for a function word."""
    if fold(word) in function_words():
        return None
    root = stem(word)
    return synonyms().get(root, root)


def content(text: str) -> list[str]:
    """Stems of the words that carry content, synonyms brought together, in the order of the text."""
    return [term for word in WORD.findall(text) if (term := _content(word))]


def content_words(text: str) -> list[tuple[str, int]]:
    """The same, each with its first character."""
    return [(term, match.start()) for match in WORD.finditer(text) if (term := _content(match.group()))]
