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

INDONESIAN_SHARE = 0.13
"""Of Indonesian news 0.2 to 0.35 of all words are on the list, of Malay nearly as much, of Javanese below 0.08."""

MALAY_SHARE = 0.02

MIN_WORDS = 8
"""Of fewer words a share says nothing."""

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
    """ISO 639-1 code of the language of ``text``, None when it is too short or too uncertain."""
    sample = text[:SAMPLE_CHARACTERS]
    words = WORD.findall(sample.lower())
    if sum(map(len, words)) < MIN_LETTERS:
        return None
    frequent = load_words()["indonesian"]
    share = sum(word in frequent for word in words) / len(words)
    if share >= INDONESIAN_SHARE and len(words) >= MIN_WORDS:
        return indonesian_or_malay(words)
    language, confidence = load_identifier().classify(sample)
    if confidence < MIN_CONFIDENCE:
        return None
    return indonesian_or_malay(words) if language in {"id", "ms"} else str(language)


def indonesian_or_malay(words: list[str]) -> str:
    """Which of the two: the model confuses them, Malay's own words do not."""
    malay = sum(word in load_words()["malay_only"] for word in words)
    return "ms" if malay >= max(1, MALAY_SHARE * len(words)) else "id"
