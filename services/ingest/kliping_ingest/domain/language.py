"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kliping_ingest.domain.lexicon import load_words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["find_language", "load_identifier"]

LANGUAGES = (
    "id", "en", "ms", "jv", "ar", "zh", "ja", "ko", "ru", "uk", "fr", "de", "es", "pt", "it", "nl", "tr", "fa", "hi",
    "ur", "th", "vi", "tl", "bn", "ta", "he", "pl", "el", "sv",
)  # fmt: skip
"""What a news desk in Indonesia meets; a model that may choose among all its languages errs more on short texts."""

SAMPLE_CHARACTERS = 800
"""Enough to be sure; more only costs time."""

MIN_LETTERS = 25
"""Shorter texts are names and headings, in no language."""

MIN_CONFIDENCE = 0.5

INDONESIAN_CONFIDENCE = 0.3
"""Enough where one of the commonest Indonesian words stands in the text: headlines hold few of them."""

SHARES = {"indonesian": ("id", 0.13), "javanese": ("jv", 0.1), "sundanese": ("su", 0.1), "english": ("en", 0.15)}
"""Languages told by their commonest words, and the least share of all words that these have.

Of Indonesian news 0.2 to 0.35 of all words are on the list, of Malay nearly as much, of Javanese below 0.08; of Javanese
and Sundanese 0.12 to 0.3 are on their own lists, of English 0.2 to 0.35.
"""

MALAY_SHARE = 0.02

MIN_WORDS = 8
"""Of fewer words a share says nothing; `FEW` of the listed words still do."""

FEW = 2

WORD = re.compile(r"[^\W\d_]+")


@cache
def load_identifier() -> LanguageIdentifier:
    """The model for what is not plainly Indonesian; unpacking it takes about a second (LZMA), so only then."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(identifier.labels)
    identifier.set_languages([language for language in LANGUAGES if language in known])
    return identifier


def find_language(text: str) -> str | None:
    """ISO 639-1 code of the language of ``text``; None where it cannot be told: too short, or like none of `LANGUAGES`."""
    sample = text[:SAMPLE_CHARACTERS]
    words = WORD.findall(sample.lower())
    counted = by_function_words(words)
    if counted is not None or sum(map(len, words)) < MIN_LETTERS:
        return counted
    language, confidence = load_identifier().classify(sample)
    if language == "jv" and not listed(words, "javanese"):
        return None  # what the model makes of many languages that it does not know
    if language not in {"id", "ms"}:
        return str(language) if confidence >= MIN_CONFIDENCE else None
    sure = confidence >= (INDONESIAN_CONFIDENCE if listed(words, "indonesian") else MIN_CONFIDENCE)
    return indonesian_or_malay(words) if sure else None


def listed(words: list[str], name: str) -> int:
    """How many of the words are on a list of ``languages.toml``."""
    frequent = load_words()[name]
    return sum(word in frequent for word in words)


def by_function_words(words: list[str]) -> str | None:
    """The language of `SHARES` that has most of its commonest words there, None where none has enough."""
    reached = {name: listed(words, name) / share for name, (_, share) in SHARES.items()}
    name = max(reached, key=reached.__getitem__)
    code, share = SHARES[name]
    if listed(words, name) < max(FEW, share * len(words) if len(words) >= MIN_WORDS else FEW):
        return None
    return indonesian_or_malay(words) if code == "id" else code


def indonesian_or_malay(words: list[str]) -> str:
    """Which of the two: the model confuses them, Malay's own words do not."""
    malay = listed(words, "malay_only")
    return "ms" if malay >= max(1, MALAY_SHARE * len(words)) and malay > listed(words, "indonesian_only") else "id"
