"""Persons' names without the words of the office before them, and with the initials inside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kliping_extract.domain.name_sources import (
    PERSON_LIKE,
    PLACE_LIKE,
    REACH,
    Named,
    NameWords,
    Words,
    capital,
    office_before,
)
from kliping_shared.contracts.enriched import EntityType

#: Letters of what may be a title before a name: FX, GKR.
_SHORT = 3
#: A single letter that is more often a number: Komisi I.
_NUMERALS = frozenset("IVX")
#: Datuk: behind it stands what the head of a clan is called, in so many words at most.
_CLAN_TITLE, _TITLE = "Dt.", 3


def with_initials(words: Words, names: Iterable[Named]) -> Iterator[Named]:
    """The names, a person's with what stands behind it: initial and surname, `Juliana | P Batubara`, `Ana | R | Sihombing`,
    and a title of the clan, `Asrul | Dt. Rajo Endah`."""
    for name in names:
        end = name.end
        if name.type is EntityType.PER:
            while (
                end + 1 < len(words) and _initial(words[end]) and capital(words[end + 1]) and words[end + 1].istitle()
            ):
                end += 2
            end = _past_title(words, end)
        yield name if end == name.end else Named(name.start, end, name.type)


def _past_title(words: Words, end: int) -> int:
    """Where a person's name ends that has `Dt.` as its last word or behind it."""
    first = end if words[end - 1] == _CLAN_TITLE else end + 1
    if first >= len(words) or words[first - 1] != _CLAN_TITLE:
        return end
    last = first
    while last < min(first + _TITLE, len(words)) and words[last].istitle() and words[last].isalpha():
        last += 1
    return last if last > first else end


def _initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1 and word[0].isupper() and word[0] not in _NUMERALS


def without_offices(words: Words, names: Sequence[Named], lists: NameWords) -> Iterator[Named]:
    """The names, a person's cut where an office reaches into it: `Bupati Puncak | Ana`, `Satgas Covid-19 | Ana`."""
    for name in names:
        start = name.start
        if name.type is EntityType.PER:
            if words.lower[start] in lists.unit_heads:
                continue
            while start < name.end and _of_office(words, start, name.end, lists):
                start += 1
            if start > name.start and words.lower[name.start - 1] in lists.local_offices:
                yield Named(name.start, start, EntityType.LOC)
        if start < name.end:
            yield name if start == name.start else Named(start, name.end, name.type)


def _of_office(words: Words, i: int, end: int, lists: NameWords) -> bool:
    """Whether the first of the words from `i` to `end` belongs to what stands before the person."""
    if any(character.isdigit() for character in words[i]):
        return True
    odds = lists.odds.get(words.lower[i], 0.0)
    rest = range(i + 1, end)
    listing = _closes_list(words, i, lists)
    if not rest or odds >= PERSON_LIKE or words[i] in lists.particles or words.lower[i] in lists.body_heads:
        return False
    if not (listing or office_before(words, i, lists)):
        return False
    if not all(_may_name(words, k, lists) for k in rest):
        return False
    acronym = words[i].isupper() and len(words[i]) > _SHORT and words[i + 1].istitle()
    seated = words.lower[i - 1] in lists.local_offices and (odds <= PLACE_LIKE or lists.listed(words[i]))
    if len(rest) == 1 and not acronym and lists.odds.get(words.lower[i + 1], 0.0) < PERSON_LIKE:
        return seated and end < len(words) and words.lower[end] in lists.active_cues
    # One whom the article calls Ana begins with Ana.
    called = len(rest) > 1 and words[i + 1] in words.alone and words[i] not in words.alone
    return seated or acronym or odds <= PLACE_LIKE or listing or called


def _closes_list(words: Words, i: int, lists: NameWords) -> bool:
    """Whether a word ends a list inside of an office: `Menteri Desa, Pembangunan Daerah, dan | Transmigrasi Ana Putri`."""
    if i < 2 or words[i - 2] != "," or words[i - 1] != "dan":
        return False
    for k in range(i - 3, max(-1, i - REACH), -1):
        lower = words.lower[k]
        if lower in lists.role_heads:
            return True
        if not (words[k] == "," or lower == "bidang" or capital(words[k])) or lists.odds.get(lower, 0.0) >= PERSON_LIKE:
            return False
    return False


def _may_name(words: Words, i: int, lists: NameWords) -> bool:
    lower = words.lower[i]
    return capital(words[i]) and lower not in lists.explained and lists.odds.get(lower, 0.0) >= PLACE_LIKE
