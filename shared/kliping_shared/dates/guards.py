"""Whether the words around what looks like a date let it be one."""

from __future__ import annotations

import re

from kliping_shared.dates.lexicon import Lexicon

__all__ = ["is_wanted"]

SENTENCE_BREAK = frozenset(".!?\n\"“”'’([:;-–—")

NUMBERED = re.compile(r"(?:nomor|no\.?)\s*[\w./-]{1,20}\s+$", re.IGNORECASE)
"""Before the year of a law: "Nomor 13 Tahun 2003" is its name."""


def is_wanted(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the words around a match let it be a date."""
    groups = match.groupdict()
    if groups.get("mark") and groups.get("weekday") is None and groups["year"] is None:
        # "1/2" is a fraction; "(13/9)" in brackets is a day.
        around = text[match.start() - 1 : match.start()] + text[match.end() :][:1]
        return groups["mark"] == "/" and around == "()"
    if groups.get("mark") and groups["mark"] != "/" and groups["year"] is None:
        return False
    if groups.get("pair"):
        return int(groups["last_day"] or 0) == int(groups["day"] or 0) + 1
    if groups.get("weekday"):
        return is_weekday(text, match, lexicon)
    if groups.get("month_name") and not groups.get("day"):
        return is_month(text, match, lexicon)
    if groups.get("unit"):
        # "hari Minggu lalu" that was no weekday is no week either.
        return word_before(text, match.start()) != "hari"
    if groups.get("relative"):
        return word_before(text, match.start()) not in lexicon.no_day_after
    if groups.get("year") and not any(groups.get(name) for name in ("day", "part", "fraction")):
        return is_year(text, match, lexicon)
    return True


def is_weekday(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """ "Minggu" is Sunday; "minggu lalu", and "Minggu lalu" at the beginning of a sentence, is the week."""
    groups = match.groupdict()
    if groups.get("day"):
        return True
    before = word_before(text, match.start())
    if before == "hari":
        before = word_before(text, match.start() - len("hari "))
    if not match["weekday"][0].isupper() or before in lexicon.no_weekday_after:
        return False
    if word_behind(text, match.end()) in lexicon.no_weekday_before:
        return False
    if match["weekday"].lower() != "minggu" or groups.get("direction") is None:
        return True
    return not begins_sentence(text, match.start())


def is_month(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """A bare month is written in full, with a capital, and is no part of a name ("Mei Ling", "Ibu Juli")."""
    groups = match.groupdict()
    if not match["month_name"][0].isupper() or word_before(text, match.start()).isdecimal():
        return False
    if groups.get("year") or groups.get("year_direction"):
        return True
    if match["month_name"].lower() not in lexicon.months_alone:
        return False
    if match[0][:5].lower() == "bulan":
        return True
    following = text[match.end() : match.end() + 2]
    if len(following) == 2 and following[0] in " -'’" and following[1].isupper():
        return False
    return not follows_name(text, match.start(), lexicon)


def follows_name(text: str, start: int, lexicon: Lexicon) -> bool:
    """Whether the word directly before is capitalised and not one like "Pada"."""
    before = text[max(0, start - 40) : start]
    if not before.endswith(" "):
        return False
    word = before.rstrip(" ").rpartition(" ")[2].lstrip("\"“'‘(")
    return word[:1].isupper() and word[-1:].isalnum() and word.lower() not in lexicon.before_period


def is_year(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """A bare number is a year after "pada", "sejak" …, unless it counts something; after "tahun" but in a law's name."""
    before = text[max(0, match.start() - 40) : match.start()]
    if not match[0][0].isdigit():
        return NUMBERED.search(before) is None
    if word_before(text, match.start()) not in lexicon.before_period or before[-1] not in " \u00a0\n":
        return False
    return word_behind(text, match.end()) not in lexicon.counted


def begins_sentence(text: str, start: int) -> bool:
    """Whether nothing, or the end of a sentence, stands before."""
    before = text[max(0, start - 5) : start].rstrip(" ")
    return not before or before[-1] in SENTENCE_BREAK


def word_before(text: str, start: int) -> str:
    """What stands before, up to a blank, in lower case; empty where nothing does."""
    words = text[max(0, start - 20) : start].split()
    return words[-1].lower() if words else ""


def word_behind(text: str, end: int) -> str:
    """The letters of the word that follows, in lower case; empty where none does."""
    following = re.match(r"\s*([^\W\d_]+)", text[end : end + 20])
    return following[1].lower() if following else ""
