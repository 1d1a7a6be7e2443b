"""Words of a text, with their places: the first half of the chain ``kliping_id``.

Everything here is said to OpenSearch too (``store/opensearch/analysis.py``) and means the same there, letter by
letter: ``WORD`` is a ``simple_pattern`` tokenizer, ``fold`` is ``pattern_replace`` (length, marks, numbers),
``lowercase``, ``asciifolding`` and ``decimal_digit``. So it uses nothing that Lucene has not: no Unicode normal forms.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

#: Marks and joiners that belong to the letter before them: combining marks of the Latin, Hebrew and Arabic scripts,
#: soft hyphen, zero-width characters, word joiner, byte order mark.
MARKS: Final = (
    "\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20ff\ufe20-\ufe2f\ufeff"
)
#: What a word's letters are: letters of all scripts, and numbers that are no decimal digits (Roman numerals, ²), but
#: not those that hold punctuation (⑴, ⒈).
LETTER: Final = r"[^\W\d_\u2474-\u249b]"
#: A run of digits, with points and commas between digits ("3,5", "1.000.000"), or a run of letters.
#: Letters and digits part ("G20" and "G-20" are the same two words), so do hyphens and apostrophes.
#: Words begin with a plain letter nearly always, and looking for that first takes two thirds of the time.
WORD: Final = re.compile(rf"[a-zA-Z]+(?:{LETTER}+|[{MARKS}]+)*|\d+(?:[.,]\d+)*|{LETTER}+(?:[{MARKS}]+{LETTER}*)*")

#: Longer "words" are noise (base64, rows of letters), and an index refuses terms beyond some length: characters of a
#: word that are looked at.
MAX_TERM: Final = 64
#: A point between thousands; ``\d`` is any script's digit.
THOUSANDS: Final = r"(?<=\d)\.(?=\d{3}(?!\d))"

_THOUSANDS = re.compile(THOUSANDS)
_MARK = re.compile(f"[{MARKS}]")


def fold(word: str) -> str:
    """The word without case, accents and marks; numbers without thousands points, comma as point."""
    word = word[:MAX_TERM]
    if word[:1].isdecimal():
        word = _THOUSANDS.sub("", word).replace(",", ".")
    return word.lower() if word.isascii() else word.translate(_letters())


class _Letters(dict[int, str]):
    """Character to its plain form; one that has not been met yet is looked at once."""

    def __init__(self, plain: dict[str, str]) -> None:
        super().__init__()
        self._plain = plain

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = found = self._fold(letter)
        return found

    def _fold(self, letter: str) -> str:
        if _MARK.match(letter):
            return ""
        if letter.isdecimal():
            return str(unicodedata.decimal(letter))
        lower = letter.lower()[0]  # İ becomes i with a dot above: the dot is a mark
        return self._plain.get(lower, lower)


@cache
def _letters() -> _Letters:
    text = files("kliping_shared.analysis.data").joinpath("letters.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return _Letters({letter: plain for plain, letters in rows for letter in letters})
