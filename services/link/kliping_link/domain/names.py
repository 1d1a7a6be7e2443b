"""Names brought to one spelling for comparing: countries by any of their names, agencies by any of theirs."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from kliping_link.domain.words import lexicon_lines

_JOINERS = re.compile(r"[-‐‑‒–—_/\s]+")
#: ``@`` too: it stands before accounts, and between the kind and the place of speakers without a name.
_DROPPED = re.compile(r"[.,'’‘\"“”()\[\]@]")
#: Words of the longest name of a body that every region has.
_LONGEST = 5
_JOINING = frozenset({"dan", "serta", "untuk", "of", "the", "and", "pt", "cv"})
#: Bodies that every region has: nobody knows them by the letters of their names.
_REGIONAL = frozenset({"pemerintah", "dinas"})
#: Words that describe a government without changing whose it is.
_GOVERNMENT = frozenset({"pemerintah", "pemerintahan", "negara", "republik", "otoritas"})


@lru_cache(maxsize=1 << 14)
def plain(name: str) -> str:
    """The name without regard to case, accents, hyphens, blanks and full stops."""
    spelt = unicodedata.normalize("NFKD", name).casefold()
    folded = "".join(letter for letter in spelt if not unicodedata.combining(letter))
    return _DROPPED.sub("", _JOINERS.sub(" ", folded)).strip()


def _table(file: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for line in lexicon_lines(file):
        head, _, others = line.partition(":")
        for name in (head, *filter(None, (other.strip() for other in others.split(",")))):
            table.setdefault(plain(name), head.strip())
    return table


@cache
def _countries() -> dict[str, str]:
    return {name: plain(head) for name, head in _table("countries.txt").items()}


@cache
def _kinds() -> dict[str, str]:
    return _table("kinds.txt")


def kind_of(phrase: str) -> str | None:
    """The kind of speakers that a body or office is of that the phrase begins with: 'Polresta', 'wali kota'; else None."""
    first, *rest = plain(phrase).split() or [""]
    return _kinds().get(" ".join((first, *rest[:1]))) or _kinds().get(first)


@cache
def _agencies() -> dict[str, str]:
    return _table("agencies.txt")


def country(name: str) -> str | None:
    """The country (plain) whose government a name stands for: 'AS', 'Gedung Putih', 'Pemerintah AS'; else None."""
    words = plain(name).split()
    while (found := _countries().get(" ".join(words))) is None and len(words) > 1 and words[0] in _GOVERNMENT:
        words = words[1:]
    return found


@lru_cache(maxsize=1 << 14)
def country_in(phrase: str) -> str | None:
    """The country named at the end of, or else somewhere in, a phrase such as 'Juru Bicara Deplu AS'."""
    words = plain(phrase).split()
    for end in range(len(words), 0, -1):
        for start in range(max(0, end - 4), end):
            found = _countries().get(" ".join(words[start:end]))
            if found:
                return found
    return None


def is_country(name: str) -> bool:
    """Whether a (plain) name is the one that a country's names are brought to."""
    return _countries().get(name) == name


def is_ministry(name: str) -> bool:
    """Whether a (plain) name is that of a ministry."""
    return name.startswith("kementerian ")


@cache
def _headed() -> dict[str, str]:
    return _table("heads.txt")


def body_of(office: str) -> str | None:
    """The body (by its key) that the holder of an office speaks for: 'Kapolresta Bandung', 'Dinas Air'; None for others."""
    words = plain(office).split()
    for end in (2, 1):
        body = _headed().get(" ".join(words[:end]))
        if body:
            return key(" ".join((body, *words[end:])))
    name = key(office)
    return name if is_regional(name.partition(" ")[0]) else None


@cache
def _regional() -> dict[str, str]:
    return _table("bodies.txt")


def is_regional(name: str) -> bool:
    """Whether a (plain) name is that of a body that every region has: 'polresta', 'bawaslu'."""
    return _regional().get(name) == name


@lru_cache(maxsize=1 << 14)
def key(name: str) -> str:
    """What two spellings of one name have in common: the country where it is one, else the plain name.

    Of a body that every region has it begins with the short form: 'polresta bandung' for 'Kepolisian Resor Kota Bandung'.
    """
    words = plain(name).split()
    for end in range(min(_LONGEST, len(words)), 1, -1):
        short = _regional().get(" ".join(words[:end]))
        if short:
            return " ".join((short, *words[end:]))
    return country(name) or plain(name)


def initials(name: str) -> str | None:
    """What a body's name of three words or more is shortened to: 'bmkg'; None for shorter ones and bodies of regions."""
    words = [word for word in plain(name).split() if word[0].isalpha() and word not in _JOINING]
    return "".join(word[0] for word in words) if len(words) > 2 and words[0] not in _REGIONAL else None


def agency(name: str) -> str:
    """The name to show for an agency or outlet, one for all its spellings; an unknown one as it is written."""
    return _agencies().get(plain(name), name.strip())
