"""The grammar of dates as regular expressions, built once from the lexicon.

They are only ever matched at a word that can begin a date, and each is bounded, so scanning is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kliping_shared.dates.lexicon import Lexicon, load_lexicon

__all__ = ["GAP", "UNTIL", "Patterns", "load_patterns", "one_of"]

DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
DASH = r"[ ]?[-–—][ ]?"
UNTIL = rf"(?:{DASH}|[ ](?:s\.?d\.?|s/d|sampai dengan|sampai|hingga)[ ])"
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


def month_names(lexicon: Lexicon) -> str:
    """A month's name; an abbreviated one has its full stop before a year, elsewhere that ends the sentence."""
    short = one_of(name for name in lexicon.months if name not in lexicon.months_alone)
    return rf"(?:{short}\.(?={GAP}\d)|{one_of(lexicon.months)}(?!\w))"


def directions(lexicon: Lexicon) -> str:
    """ "lalu", "depan", "ini" and their like."""
    return one_of(lexicon.past | lexicon.future | lexicon.present)


def day_forms(lexicon: Lexicon) -> tuple[str, ...]:
    """Patterns of one day or a range of days; the year may be absent."""
    month = month_names(lexicon)
    year = r"(?P<year>\d{4})(?!\d)"
    until = rf"(?:{UNTIL}|[ ](?P<pair>dan)[ ])"
    when = rf"(?:tahun{GAP}(?P<year_direction>{directions(lexicon)})|(?P<direction>{directions(lexicon)}))(?!\w)"
    written = (
        rf"(?P<day>{DAY})(?:{until}(?P<last_day>{DAY}))?{GAP}(?P<month_name>{month})"
        rf"(?:,?{GAP}(?:tahun )?{year}|{GAP}{when}|(?!\w))"
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
    part = rf"(?:{GAP}{one_of(lexicon.dayparts)}(?!\w))?"
    dated = tuple(
        rf"{weekday}{part}(?:,?{GAP}|,|(?=\())(?:(?P<open>\()[ ]?)?(?:tanggal )?{day}(?(open)[ ]?\)|(?!\w))"
        for day in days
    )
    direction = one_of([*lexicon.past, *lexicon.future, *lexicon.present, "besok"])
    week = rf"(?:{GAP}(?P<week>pekan|minggu))?{GAP}(?P<direction>{direction})(?!\w)"
    return (*dated, rf"{weekday}{part}(?:{week})?(?!\w)")


def period_forms(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Patterns of months, years, weeks and relative days, by what they begin with."""
    direction = directions(lexicon)
    name = month_names(lexicon)
    month = rf"(?:bulan{GAP})?(?P<month_name>{name})"
    this_year = rf"tahun{GAP}(?P<year_direction>{direction})(?!\w)"
    to_month = rf"(?:{UNTIL}(?P<last_month_name>{name}))?"
    american = rf"(?P<month_name>{name}){GAP}(?P<day>{DAY})(?:st|nd|rd|th)?,{GAP}(?P<year>\d{{4}})(?!\d)"
    months = (
        rf"{month}{to_month}{GAP}(?:tahun{GAP})?(?P<year>\d{{4}})(?!\d)",
        rf"{month}{to_month}{GAP}{this_year}",
        rf"{month}{to_month}(?:{GAP}(?P<direction>{direction}))?(?!\w)",
    )
    one_unit = one_of(lexicon.units)
    unit = rf"(?P<unit>{one_unit}){GAP}(?P<direction>{direction})(?!\w)"
    year = r"(?P<year>(?:1[5-9]|20|21)\d\d)(?:[-–/](?P<last_year>(?:19|20)\d\d))?(?![\d%/-]|[.,]\d)"
    written_year = rf"tahun{GAP}(?:ajaran{GAP}|anggaran{GAP})?{year}"
    decade = rf"(?:tahun|era|dekade){GAP}(?P<decade>(?:1[5-9]|20)\d)0-?an(?!\w)"
    part = rf"(?P<part>{one_of(lexicon.parts)}){GAP}"
    ordinal = rf"(?P<fraction>{one_of(lexicon.fractions)}){GAP}(?P<ordinal>{one_of(lexicon.ordinals)})(?:{GAP}|-)"
    return {
        "month": (american, *months),
        "counted": counted_forms(lexicon, one_unit, direction),
        "unit": (unit,),
        "tahun": (written_year, decade),
        "year": (year,),
        "day": (rf"(?P<relative>{one_of([*lexicon.days, *lexicon.next_day])})(?:{GAP}{one_of(lexicon.dayparts)})?(?!\w)",),
        "tanggal": (rf"tanggal{GAP}(?P<day>{DAY}){GAP}bulan{GAP}(?P<month_direction>{direction})(?!\w)",),
        "part": tuple(part + form for form in (*months, unit, written_year, year)),
        "fraction": (rf"{ordinal}(?:tahun{GAP})?{year}", ordinal + this_year),
    }  # fmt: skip


def counted_forms(lexicon: Lexicon, unit: str, direction: str) -> tuple[str, ...]:
    """Patterns of so many days, weeks, months or years back, ahead, up to now, from now, or from the day told of."""
    number = rf"(?:(?P<count>\d{{1,2}}|{one_of(lexicon.numbers)}){GAP}|(?P<one>se))"
    span = one_of(lexicon.up_to_now | lexicon.from_now)
    told = one_of(lexicon.told_before | lexicon.told_after)
    how = rf"(?:(?P<direction>{direction}|{one_of(lexicon.ahead)})|(?P<span>{span})|(?P<told>{told}))"
    return (rf"{number}(?P<unit>{unit}){GAP}{how}(?!\w)",)


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
    add({number.partition(" ")[0] for number in lexicon.numbers}, *forms["counted"])
    add((f"se{unit}" for unit in lexicon.units), *forms["counted"])
    add((unit for unit in lexicon.units if unit != "hari"), *forms["unit"])
    add(("tahun", "era", "dekade"), *forms["tahun"])
    add({phrase.partition(" ")[0] for phrase in (*lexicon.days, *lexicon.next_day)}, *forms["day"])
    add(("tanggal",), *forms["tanggal"])
    add(lexicon.parts, *forms["part"])
    add(lexicon.fractions, *forms["fraction"])
    digits = r"(?<![\w/.,-])\d{1,4}(?!\d)"
    # Capitals are no separate matter: "KAMIS", "Kamis" and "kamis" all begin here.
    written = {form: tried for word, tried in by_word.items() for form in (word, word.capitalize(), word.upper())}
    return Patterns(re.compile(digits), ready(iso, *days, *forms["counted"], *forms["year"]), written)
