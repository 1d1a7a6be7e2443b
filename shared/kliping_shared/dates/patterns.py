"""The grammar of dates as regular expressions, built once from the lexicon.

They are only ever matched at a word that can begin a date, and each is bounded, so scanning is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kliping_shared.dates.lexicon import Lexicon, load_lexicon

__all__ = ["Patterns", "load_patterns"]

DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
DASH = r"[ ]?[-–—][ ]?"
UNTIL = rf"(?:{DASH}|[ ](?:s\.?d\.?|s/d|sampai|hingga|sampai dengan)[ ])"
GAP = r"[ \t\u00a0]{1,3}"


@dataclass(frozen=True, slots=True)
class Patterns:
    """Which patterns to try at a word, by the word as it is written; ``digit`` where ``number`` matches."""

    number: re.Pattern[str]
    digit: tuple[re.Pattern[str], ...]
    by_word: Mapping[str, tuple[re.Pattern[str], ...]]


def one_of(words: Iterable[str]) -> str:
    """An alternation in which the longest word wins."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", GAP) for word in ordered) + ")"


def day_forms(lexicon: Lexicon) -> tuple[str, ...]:
    """Patterns of one day or a range of days; the year may be absent."""
    month = one_of(lexicon.months) + r"\.?"
    year = r"(?P<year>\d{4})(?!\d)"
    written = (
        rf"(?P<day>{DAY})(?:{UNTIL}(?P<last_day>{DAY}))?{GAP}(?P<month_name>{month})(?:,?{GAP}(?:tahun )?{year}|(?!\w))"
    )
    across = (
        rf"(?P<day>{DAY}){GAP}(?P<month_name>{month})(?:{GAP}{year})?{UNTIL}(?P<last_day>{DAY}){GAP}"
        rf"(?P<last_month_name>{month})(?:{GAP}(?P<last_year>\d{{4}})(?!\d)|(?!\w))"
    )
    slashed = (
        rf"(?P<day>{DAY})(?:{DASH}(?P<last_day>{DAY}))?(?P<mark>[/.-])(?P<month>{MONTH_NUMBER})"
        rf"(?:(?P=mark)(?P<year>\d{{4}}|(?<=/)\d{{2}}))?(?![/.-]?\d)"
    )
    return across, written, slashed


def weekday_forms(lexicon: Lexicon, days: tuple[str, ...]) -> tuple[str, ...]:
    """Patterns that begin with a weekday: with a date behind it, with "lalu", or alone."""
    weekday = rf"(?P<weekday>{one_of(lexicon.weekdays)})"
    part = rf"(?:{GAP}{one_of(lexicon.dayparts)})?"
    direction = one_of(lexicon.past | lexicon.future | lexicon.present)
    dated = tuple(
        rf"{weekday}{part}(?:,?{GAP}|,|(?=\())(?:(?P<open>\()[ ]?)?(?:tanggal )?{day}(?(open)[ ]?\)|(?!\w))"
        for day in days
    )
    week = rf"(?:{GAP}(?P<week>pekan|minggu))?{GAP}(?P<direction>{direction})(?!\w)"
    return (*dated, rf"{weekday}(?:{part}{week})?(?!\w)")


def period_forms(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Patterns of months, years, weeks and relative days, by what they begin with."""
    direction = one_of(lexicon.past | lexicon.future | lexicon.present)
    month = rf"(?:bulan{GAP})?(?P<month_name>{one_of(lexicon.months)})\.?"
    this_year = rf"(?:tahun{GAP})(?P<year_direction>{direction})"
    to_month = rf"(?:{UNTIL}(?P<last_month_name>{one_of(lexicon.months)}))?"
    american = (
        rf"(?P<month_name>{one_of(lexicon.months)})\.?{GAP}(?P<day>{DAY})(?:st|nd|rd|th)?,{GAP}(?P<year>\d{{4}})(?!\d)"
    )
    months = (
        american,
        rf"{month}{to_month}{GAP}(?:tahun{GAP})?(?P<year>\d{{4}})(?!\d)",
        rf"{month}{to_month}{GAP}{this_year}(?!\w)",
        rf"{month}(?:{GAP}(?P<direction>{direction}))?(?!\w)",
    )
    number = rf"(?:(?P<count>\d{{1,2}}|{one_of(lexicon.numbers)}){GAP}|(?P<one>se))"
    counted = rf"{number}(?P<unit>{one_of(lexicon.units)}){GAP}(?P<direction>{direction})(?!\w)"
    unit = rf"(?P<unit>{one_of(lexicon.units)}){GAP}(?P<direction>{direction})(?!\w)"
    year = r"(?P<year>(?:1[5-9]|20|21)\d\d)(?:[-–/](?P<last_year>(?:19|20)\d\d))?(?![\d%/-]|[.,]\d)"
    return {
        "month": months,
        "counted": (counted,),
        "unit": (unit,),
        "tahun": (rf"tahun{GAP}(?:ajaran{GAP}|anggaran{GAP})?{year}",),
        "year": (year,),
        "day": (rf"(?P<relative>{one_of(lexicon.days)})(?!\w)",),
    }


@cache
def load_patterns() -> Patterns:
    """The compiled grammar; the first call compiles it (some milliseconds)."""
    lexicon = load_lexicon()
    days = day_forms(lexicon)
    forms = period_forms(lexicon)
    iso = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)"
    compiled: dict[str, re.Pattern[str]] = {}

    def ready(*sources: str) -> tuple[re.Pattern[str], ...]:
        return tuple(compiled.setdefault(source, re.compile(source, re.IGNORECASE)) for source in sources)

    by_word: dict[str, tuple[re.Pattern[str], ...]] = {}

    def add(words: Iterable[str], *sources: str) -> None:
        for word in words:
            by_word[word] = (*by_word.get(word, ()), *ready(*sources))

    add({name.replace("’", "'").partition("'")[0] for name in lexicon.weekdays}, *weekday_forms(lexicon, days))
    add((*lexicon.months, "bulan"), *forms["month"])
    add(lexicon.numbers, *forms["counted"])
    add((f"se{unit}" for unit in lexicon.units), *forms["counted"])
    add((unit for unit in lexicon.units if unit != "hari"), *forms["unit"])
    add(("tahun",), *forms["tahun"])
    add({phrase.partition(" ")[0] for phrase in lexicon.days}, *forms["day"])
    digits = r"(?<![\w/.,-])\d{1,4}(?!\d)"
    # Capitals are no separate matter: "KAMIS", "Kamis" and "kamis" all begin here.
    written = {form: tried for word, tried in by_word.items() for form in (word, word.capitalize(), word.upper())}
    return Patterns(re.compile(digits), ready(iso, *days, *forms["counted"], *forms["year"]), written)
