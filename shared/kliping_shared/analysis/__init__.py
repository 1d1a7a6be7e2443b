"""``kliping_id``: from Indonesian text to search terms, the same in every store.

Words are split at everything that is no letter or digit, folded (case, accents, compatibility forms), and brought to
their root ("mengatakan", "dikatakan", "perkataannya" are "kata"). Nothing is dropped: *tidak*, *bukan*, *belum*,
*jangan*, *tanpa* change what is said, so no word is a stop word of the index.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from kliping_shared.analysis.stemming import fingerprint, function_words, root_of, stems
from kliping_shared.analysis.tokens import WORD, fold

__all__ = ["Term", "analyze", "fingerprint", "stem", "terms", "vocabulary"]


class Term(NamedTuple):
    """One word of a text: its root, its characters ``text[start:end]``, and its number in the text from 0."""

    term: str
    start: int
    end: int
    position: int


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The search term of one word as it stands in a text ("Mengatakan" -> "kata")."""
    return root_of(fold(word))


@lru_cache(maxsize=1 << 15)
def _is_function_word(word: str) -> bool:
    return fold(word) in function_words()


def analyze(text: str) -> list[Term]:
    """Every word of ``text`` in order; offsets are characters of ``text``, end exclusive."""
    return [
        Term(stem(match.group()), match.start(), match.end(), position)
        for position, match in enumerate(WORD.finditer(text))
    ]


def terms(text: str, *, stop: bool = False) -> list[str]:
    """The terms of ``text`` in order. ``stop`` drops function words (dan, yang, itu …), never a negation."""
    words = WORD.findall(text)
    return [stem(word) for word in words if not _is_function_word(word)] if stop else list(map(stem, words))


@cache
def vocabulary() -> frozenset[str]:
    """The words that the chain knows: forms, their roots, function words. Most texts have many that are not here."""
    return function_words().union(stems(), stems().values())
