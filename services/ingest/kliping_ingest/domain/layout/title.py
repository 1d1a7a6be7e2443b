"""Whether the first lines of a text are its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kliping_ingest.domain.layout.lines import Line

__all__ = ["MAX_TITLE", "looks_like_title", "same_words"]

MAX_TITLE = 180
MAX_WORDS = 28
SENTENCES = re.compile(r"[.!?][”\"]? [A-Z“\"]")
ENDS_OPEN = ("?", "!", "…", '"', "”", "'", "’", ")")
"""What a title may end with, of the marks that also end a sentence."""


def looks_like_title(line: Line, following: Sequence[Line], *, before_dateline: bool) -> bool:
    """Whether ``line``, the first of the news, is a title over what follows it.

    Short, no full stop at its end, one sentence at most, and then an empty line, a dateline or byline
    (``before_dateline``), or a paragraph much longer than itself.
    """
    text = line.text
    words = text.split()
    if not following or len(text) > MAX_TITLE or not 2 <= len(words) <= MAX_WORDS:
        return False
    if text.endswith((".", ",", ";", ":", "-", "–", "—")) and not text.endswith("..."):
        return False
    if SENTENCES.search(text) and not before_dateline:
        return False
    if not any(character.isalpha() for character in text) or text[:1].islower():
        return False
    # A quote with its speaker is a paragraph: it ends with a closing quote, which titles seldom do unless short.
    if line.is_closed and not text.endswith(ENDS_OPEN):
        return False
    after = following[0]
    return before_dateline or after.gap or (after.is_closed and len(after.text) >= 1.5 * len(text))


def same_words(left: str, right: str) -> bool:
    """Whether two titles are equal but for case, blanks and signs."""
    return re.findall(r"\w+", left.casefold()) == re.findall(r"\w+", right.casefold())
