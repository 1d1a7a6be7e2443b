"""Numbers as Indonesian writes them: `2.400.000`, `2,4`, `dua puluh lima`, `sepertiga`, `puluhan`. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_ONES: Final = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_UNITS: Final = {word: float(value) for value, word in enumerate(_ONES)}
_BASES: Final = {"sepuluh": 10.0, "sebelas": 11.0, "seratus": 100.0, "seribu": 1e3, "sejuta": 1e6, "semiliar": 1e9}
_HALVES: Final = {"setengah": 0.5, "separuh": 0.5, "separo": 0.5}
_PLACES: Final = {"puluh": 10.0, "ratus": 100.0}
#: Words that multiply the number before them.
SCALES: Final = {"ribu": 1e3, "rb": 1e3, "juta": 1e6, "jt": 1e6, "miliar": 1e9, "milyar": 1e9, "triliun": 1e12}
#: The same behind money alone: `Rp 5 M`.
SHORT_SCALES: Final = {"m": 1e9, "t": 1e12}
#: Numbers of which only the size is told: the least and the most that they stand for.
VAGUE: Final = {
    "belasan": (11.0, 19.0),
    "puluhan": (10.0, 99.0),
    "ratusan": (100.0, 999.0),
    "ribuan": (1e3, 9999.0),
    "jutaan": (1e6, 9_999_999.0),
    "miliaran": (1e9, 9_999_999_999.0),
    "triliunan": (1e12, 9_999_999_999_999.0),
}
#: All of several: `keempat pelaku`.
COLLECTIVE: Final = {f"ke{word}": value for word, value in (_UNITS | {"sepuluh": 10.0}).items() if value > 1}
_PARTS: Final = {f"per{word}": value for word, value in (_UNITS | {"sepuluh": 10.0}).items() if value > 1}
FRACTIONS: Final = {f"se{part}": 1 / value for part, value in _PARTS.items()} | {
    f"{word} {part}": count / value for word, count in _UNITS.items() if count for part, value in _PARTS.items()
}

#: Words that a number may begin with, and those that it may go on with.
FIRST: Final = (*_UNITS, *_BASES, *_HALVES)
NEXT: Final = (*FIRST, *_PLACES, *SCALES, "belas")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")


def from_digits(digits: str) -> float:
    """`1.250,5` is 1250.5; a full stop before other than three digits is a decimal point."""
    if "," in digits or _THOUSANDS.fullmatch(digits):
        return float(digits.replace(".", "").replace(",", "."))
    return float(digits)


def from_words(words: Sequence[str]) -> float | None:
    """`dua juta lima ratus ribu` is 2500000; None for an order that no number has."""
    whole, total, unit = 0.0, 0.0, None
    for word in words:
        if word in _UNITS:
            if unit is not None:
                return None
            unit = _UNITS[word]
        elif word in _BASES or word in _HALVES:
            total += _BASES.get(word) or _HALVES[word]
        elif word in SCALES:
            whole, total, unit = whole + ((total + (unit or 0)) or 1) * SCALES[word], 0.0, None
        elif word == "belas":
            total, unit = total + (unit or 0) + 10, None
        else:
            total, unit = total + (unit or 1) * _PLACES[word], None
    return whole + total + (unit or 0)
