"""Numbers and what they count: `2,4 juta orang`, `Rp2-3 juta`, `lebih dari dua puluh rudal`, `puluhan ribu buruh`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kliping_extract.domain import numerals
from kliping_extract.domain.lexicon import Lexicon
from kliping_extract.domain.phrases import looks_verbal
from kliping_shared.analysis.stemming import function_words
from kliping_shared.contracts.enriched import Precision, Quantity

_CURRENCIES: Final = {
    "rp": "rupiah",
    "idr": "rupiah",
    "us$": "dolar AS",
    "usd": "dolar AS",
    "$": "dolar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
}


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))


_AMOUNT: Final = re.compile(
    rf"""(?<![\w.,/])(?<![^\d]-)
    (?:(?P<money>Rp\.?|IDR|US\$|USD|\$|€|£|¥)\s?)?
    (?:(?P<digits>\d{{1,18}}(?:\.\d{{3}}){{1,6}}(?:,\d{{1,9}})?|\d{{1,18}}(?:,\d{{1,9}}|\.\d{{1,2}})?)(?P<some>-an\b)?
      |(?P<fraction>(?:{_any((*numerals.FRACTIONS,))})\b)
      |(?P<vague>(?:{_any((*numerals.VAGUE,))})\b)
      |(?P<all>(?:{_any((*numerals.COLLECTIVE,))})\b)
      |(?P<words>(?:{_any(numerals.FIRST)})(?:\s(?:{_any(numerals.NEXT)})\b){{0,12}}\b))
    (?:\s?(?P<scale>{_any((*numerals.SCALES,))}|(?(money)(?-i:M|T)|(?!)))(?P<round>an)?\b)?
    (?!\d)(?![.,:]\d)(?!/)(?!-(?!\d|Rp|an\b)\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_MONTHS: Final = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
#: A number after these names a thing rather than counts, unless the word belongs to one before it: 2 jam 30 menit.
_NAMING: Final = re.compile(
    r"(?<!\d\s)(?<!\w)(?:pukul|jam|tanggal|tgl|nomor|nomer|no\.|pasal|ayat|butir|huruf|uu|rt|rw|jalan|jl\.|km|kilometer|"
    rf"halaman|kelas|lantai|blok|gang|kamar|kloter|seri|grup|salah|{_MONTHS})\s$",
    re.IGNORECASE,
)
#: Digits after these do, unless what they count is known: telephone numbers, ages, plates, schools, models.
_CODED: Final = re.compile(r"\($|\)\s$|(?<!\w)[A-Z]{1,6}\s$|\w\s[A-Z][a-z]+\s$")
#: What follows a day of the month, a clock time, or an idiom.
_NO_COUNT: Final = re.compile(
    rf"\s?(?:(?:-|–|/|s/d|dan|hingga|sampai)\s?\d{{1,2}}\s)?(?:{_MONTHS}|wib|wita|wit)\b|\s(?:sama lain|per satu|belah)\b",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"\s?(?:-|–|—|s/d|s\.d\.|sampai dengan|sampai|hingga)\s?|\sdan\s", re.IGNORECASE)
_OR_MORE: Final = re.compile(r"\slebih\b(?!\s(?:dari|dulu|lama|cepat|baik))", re.IGNORECASE)
_NEXT_WORD: Final = re.compile(r"\s([^\W\d_]\w*(?:-[a-z]\w*)?)")
_LAST_WORD: Final = re.compile(r"(\w+)\W*$")
_REACH: Final = 24


@dataclass(frozen=True, slots=True)
class _Amount:
    """One number as found: `text[start:bare_end]` without its unit, `text[start:end]` with it."""

    start: int
    bare_end: int
    end: int
    value: float
    scale: float
    unit: str | None
    plain: bool
    high: float | None = None
    precision: Precision = Precision.EXACT


def find_quantities(text: str, lexicon: Lexicon, offset: int = 0) -> tuple[Quantity, ...]:
    """Numbers in `text`, offsets shifted by `offset`; dates, years, times and numbers that name things are left out."""
    found = [amount for match in _AMOUNT.finditer(text) if (amount := _amount(text, match, lexicon)) is not None]
    return tuple(
        Quantity(
            start=offset + one.start,
            end=offset + one.end,
            text=text[one.start : one.end],
            value=one.value,
            unit=one.unit,
            high=one.high,
            precision=one.precision,
        )
        for one in _joined(text, found)
        if _counts(text, one, lexicon)
    )


def _amount(text: str, match: re.Match[str], lexicon: Lexicon) -> _Amount | None:
    start, end = match.span()
    read = _value(match)
    if read is None or (match["all"] and not _opens_phrase(text, start)):
        return None
    value, high = read
    scale = (numerals.SCALES | numerals.SHORT_SCALES)[match["scale"].lower()] if match["scale"] else 1.0
    unit, unit_end = (_CURRENCIES[match["money"].lower().rstrip(".")], end) if match["money"] else (None, end)
    if unit is None:
        unit, unit_end = _unit(text, end, lexicon)
    if match["all"] and unit is None:
        return None
    vague = match["vague"] is not None or match["some"] is not None or match["round"] is not None
    return _Amount(
        start=start,
        bare_end=end,
        end=unit_end,
        value=value * scale,
        scale=scale,
        unit=unit,
        plain=match["digits"] is not None and not match["money"] and not match["scale"],
        high=None if high is None else (high + 1) * scale - 1,
        precision=Precision.ABOUT if vague else _precision(text, start, unit_end, lexicon),
    )


def _value(match: re.Match[str]) -> tuple[float, float | None] | None:
    """The number, and the most that it stands for where only its size is told."""
    if match["digits"]:
        return numerals.from_digits(match["digits"]), None
    words = match[0].lower().split()
    if match["fraction"]:
        return numerals.FRACTIONS[" ".join(words[: 2 - words[0].startswith("seper")])], None
    if match["vague"]:
        return numerals.VAGUE[match["vague"].lower()]
    if match["all"]:
        return numerals.COLLECTIVE[match["all"].lower()], None
    value = numerals.from_words(match["words"].lower().split())
    return None if value is None else (value, None)


def _opens_phrase(text: str, start: int) -> bool:
    """Whether no noun stands before `ketiga`: it counts in `ketiga pelaku`, and is an ordinal in `hari ketiga`."""
    before = _LAST_WORD.search(text[max(0, start - _REACH) : start])
    return before is None or (before[1].lower() in function_words() and before[1].lower() != "yang")


def _unit(text: str, end: int, lexicon: Lexicon) -> tuple[str | None, int]:
    """What is counted, and where it ends in the text."""
    known = lexicon.units.pattern.match(text, end)
    if known is not None:
        return lexicon.units.names[" ".join(known[1].lower().split())], known.end()
    word = _NEXT_WORD.match(text, end)
    if word is None or word[1].istitle() or not _is_noun(word[1].lower(), lexicon):
        return None, end
    return word[1], word.end()


def _is_noun(word: str, lexicon: Lexicon) -> bool:
    grammar = lexicon.grammar
    others = (grammar.predicates, grammar.adjuncts, grammar.connectives, grammar.adverbs, function_words())
    return not any(word in other for other in others) and not looks_verbal(word, lexicon)


def _precision(text: str, start: int, end: int, lexicon: Lexicon) -> Precision:
    hedge = lexicon.hedges.pattern.search(text, max(0, start - _REACH), start)
    if hedge is not None:
        return Precision(lexicon.hedges.names[" ".join(hedge[1].lower().split())])
    return Precision.AT_LEAST if _OR_MORE.match(text, end) else Precision.EXACT


def _joined(text: str, found: Sequence[_Amount]) -> Iterator[_Amount]:
    """Two ends of a range as one; rows like `0812-3456-7890` and `2-1` are none, and count nothing."""
    i = 0
    while i < len(found):
        last = i
        while last + 1 < len(found) and _linked(text, found[last], found[last + 1]):
            last += 1
        if last == i:
            yield found[i]
        elif last == i + 1 and (both := _range(found[i], found[last])) is not None:
            yield both
        i = last + 1


def _linked(text: str, first: _Amount, second: _Amount) -> bool:
    gap = text[first.end : second.start]
    if not _BETWEEN.fullmatch(gap):
        return False
    return gap.strip().lower() != "dan" or text[max(0, first.start - 7) : first.start].lower().endswith("antara ")


def _range(first: _Amount, second: _Amount) -> _Amount | None:
    """`Rp2-3 juta`: scale and unit of one end hold for the other."""
    low = first.value * (second.scale if first.scale == 1 and first.value * second.scale < second.value else 1)
    unit = first.unit or second.unit
    if low >= second.value or (
        first.unit and second.unit and first.unit != second.unit and first.bare_end != first.end
    ):
        return None
    end = second.bare_end if first.unit and first.unit != second.unit else second.end
    ends = replace(first, end=end, value=low, high=second.value, unit=unit, precision=Precision.ABOUT)
    return replace(ends, plain=first.plain and second.plain)


def _counts(text: str, one: _Amount, lexicon: Lexicon) -> bool:
    """Not a day, a time, a year, a code or an idiom."""
    if _NO_COUNT.match(text, one.bare_end) or _NAMING.search(text, max(0, one.start - 14), one.start):
        return False
    if not one.plain or one.unit in lexicon.units.names.values():
        return True
    if _CODED.search(text, max(0, one.start - 24), one.start):
        return False
    digits = text[one.start : one.bare_end].split("-")[0]
    year = digits.isdigit() and len(digits) == 4 and 1900 <= one.value <= 2100
    code = digits.isdigit() and (len(digits) >= 7 or (len(digits) > 1 and digits[0] == "0"))
    return not year and not code and (one.unit is not None or one.high is None)
