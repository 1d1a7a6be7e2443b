"""Numbers and what they count, in Indonesian: `2,4 juta orang`, `Rp 3,5 triliun`, `dua rudal`, `puluhan ribu`, `5 persen`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kliping_shared.contracts.enriched import Quantity

_SCALES = {"ribu": 1e3, "rb": 1e3, "juta": 1e6, "jt": 1e6, "miliar": 1e9, "milyar": 1e9, "triliun": 1e12}
_UNITS = {
    "nol": 0,
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
}
_BASES = {
    "sepuluh": 10,
    "sebelas": 11,
    "seratus": 100,
    "seribu": 1000,
    "sejuta": 1_000_000,
    "setengah": 0.5,
    "separuh": 0.5,
}
_CURRENCIES = {
    "rp": "rupiah",
    "idr": "rupiah",
    "us$": "dolar AS",
    "usd": "dolar AS",
    "$": "dolar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
}
_SIGNS = {"%": "persen", "°c": "derajat Celsius"}
#: Words after a number that are not what it counts.
_NOT_UNITS = frozenset(
    [
        "dan",
        "atau",
        "dari",
        "di",
        "ke",
        "pada",
        "yang",
        "untuk",
        "dengan",
        "dalam",
        "adalah",
        "akan",
        "telah",
        "sudah",
        "itu",
        "ini",
        "tersebut",
        "lebih",
        "hingga",
        "sampai",
        "oleh",
        "karena",
        "serta",
        "tetapi",
        "namun",
        "sebagai",
        "saat",
        "ketika",
        "antara",
        "per",
        "kali",
        "lagi",
        "juga",
        "tahun_lalu",
        "masih",
        "bagi",
        "agar",
        "bahwa",
        "atas",
    ]
)
_NUMBER_WORD = "|".join(sorted([*_UNITS, *_BASES], key=len, reverse=True))
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_FOUND = re.compile(
    rf"""(?<![\w.,/-])
    (?:(?P<money>Rp\.?|IDR|US\$|USD|\$|€|£|¥)\s?)?
    (?:(?P<digits>\d{{1,18}}(?:\.\d{{3}}){{0,6}}(?:,\d{{1,9}})?|\d{{1,18}}(?:\.\d{{1,2}})?)
      |(?P<words>(?:{_NUMBER_WORD})(?:\s(?:{_NUMBER_WORD}|belas|puluh|ratus)){{0,8}}))
    (?:\s(?P<scale>{_SCALE}))?
    (?P<sign>\s?%|\s?°C)?
    (?![\w/])(?![.,:]\d)(?!-(?!\w*an\b)\w)
    (?:\s(?P<unit>(?:dolar|dollar)\s(?:AS|Amerika|Singapura|Australia)|[A-Za-z][\w]*(?:-[a-z]\w*)?))?""",
    re.VERBOSE | re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
#: Digits that name a thing rather than count: years, clock times, house numbers.
_NAMING = re.compile(
    r"(?:\b(?:pukul|jam|tanggal|tgl|tahun|nomor|no\.|pasal|ayat|uu|rt|rw|jalan|jl\.|km|halaman|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)\s|\()$",
    re.IGNORECASE,
)
_MONTHS = frozenset(
    [
        "januari",
        "februari",
        "maret",
        "april",
        "mei",
        "juni",
        "juli",
        "agustus",
        "september",
        "oktober",
        "november",
        "desember",
    ]
)


def find_quantities(text: str, offset: int = 0) -> tuple[Quantity, ...]:
    """Numbers in `text`, offsets shifted by `offset`; dates, years, times and numbers that name things are left out."""
    return tuple(_quantities(text, offset))


def _quantities(text: str, offset: int) -> Iterator[Quantity]:
    lower = text.lower()
    if not _DIGIT.search(text) and not any(word in lower for word in (*_UNITS, *_BASES)):
        return
    for match in _FOUND.finditer(text):
        if _NAMING.search(text[max(0, match.start() - 14) : match.start()]) and not match["money"]:
            continue
        unit, end = _unit(match)
        if (unit or "").lower() in _MONTHS:
            continue
        value = _value(match)
        plain = match["digits"] is not None and not (match["money"] or match["scale"] or match["sign"])
        if value is None or (unit is None and plain and 1900 <= value <= 2100):
            continue
        yield Quantity(
            start=offset + match.start(), end=offset + end, text=text[match.start() : end], value=value, unit=unit
        )


def _unit(match: re.Match[str]) -> tuple[str | None, int]:
    """What is counted, and where the quantity ends in the text."""
    bare_end = match.start("unit") - 1 if match["unit"] else match.end()
    if match["money"]:
        return _CURRENCIES[match["money"].lower().rstrip(".")], bare_end
    if match["sign"]:
        return _SIGNS[match["sign"].strip().lower()], bare_end
    unit = match["unit"]
    if unit is None or unit.lower() in _NOT_UNITS:
        return None, bare_end
    return unit, match.end()


def _value(match: re.Match[str]) -> float | None:
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1.0
    if match["digits"]:
        return _digits(match["digits"]) * scale
    value = _words(match["words"].lower().split())
    return None if value is None else value * scale


def _digits(digits: str) -> float:
    """`1.250,5` is 1250.5; a full stop before other than three digits is a decimal point."""
    if "," in digits or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits):
        return float(digits.replace(".", "").replace(",", "."))
    return float(digits)


def _words(words: list[str]) -> float | None:
    """`dua puluh lima` is 25; None for an order no number has."""
    total, unit = 0.0, 0.0
    for word in words:
        if word in _UNITS:
            if unit:
                return None
            unit = float(_UNITS[word])
        elif word in _BASES:
            total += _BASES[word]
        elif word == "belas":
            total, unit = total + unit + 10, 0.0
        else:
            total, unit = total + unit * (10 if word == "puluh" else 100), 0.0
    return total + unit
