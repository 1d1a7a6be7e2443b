"""Words of a text, with their places: the first half of the chain ``kliping_id``.

Both steps can be said in OpenSearch's terms: ``WORD`` is a ``pattern`` tokenizer (group 0), ``fold`` is
``pattern_replace`` (marks and joiners) + ``asciifolding`` + ``lowercase`` + the number rules.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Marks and joiners that belong to the letter before them: combining marks of the Latin, Hebrew and Arabic scripts,
#: soft hyphen, zero-width characters, word joiner, byte order mark.
_MARKS: Final = (
    "\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20ff\ufe20-\ufe2f\ufeff"
)
#: A run of digits, with points and commas between digits ("3,5", "1.000.000"), or a run of letters.
#: Letters and digits part ("G20" and "G-20" are the same two words), so do hyphens and apostrophes.
WORD: Final = re.compile(rf"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[{_MARKS}]+[^\W\d_]*)*")

#: Longer "words" are noise (base64, rows of letters); an index refuses terms beyond some length.
MAX_TERM: Final = 64

_IGNORED = re.compile(rf"[{_MARKS}]+")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_LETTERS: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}


def fold(word: str) -> str:
    """The word without case, accents and compatibility forms; numbers without thousands points, comma as point."""
    if not word.isascii():
        word = _fold_letters(word)
    word = word.lower()
    if word[:1].isdigit():
        word = _THOUSANDS.sub("", word).replace(",", ".")
    return word[:MAX_TERM]


def _fold_letters(word: str) -> str:
    composed = unicodedata.normalize("NFC", word)
    return "".join(_fold_letter(letter) for letter in _IGNORED.sub("", composed))


def _fold_letter(letter: str) -> str:
    """Latin letters lose their accents; of other scripts only the compatibility form is taken."""
    plain = unicodedata.normalize("NFKC", letter).lower()
    spelt = "".join(_LETTERS.get(part, part) for part in plain)
    bare = "".join(part for part in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(part))
    return "".join(part for part in (bare if bare.isascii() else spelt) if part.isalnum())
