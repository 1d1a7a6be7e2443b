"""Takes apart what the recogniser ran together: a body or place and the person named behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kliping_extract.domain.name_sources import (
    PERSON_LIKE,
    PLACE_LIKE,
    Named,
    NameWords,
    Words,
    capital,
    office_before,
    stands,
)
from kliping_shared.contracts.enriched import EntityType

#: Words of a full name with one before it.
_WHOLE = 3


class _Known:
    """What an article's other names tell: whole persons, words and last words of places, and words that stand alone, as short names do."""

    def __init__(self, words: Words, names: Sequence[Named], lists: NameWords) -> None:
        long = [n for n in names if n.type is EntityType.PER and n.end - n.start > 1]
        self.ends = {n.end for n in names if n.type is EntityType.PER}
        self.persons = {tuple(words[n.start : n.end]) for n in long}
        places = [n for n in names if n.type is EntityType.LOC]
        self.places = {words[i] for n in places for i in range(n.start, n.end)}
        self.last_words = {words[n.end - 1] for n in places}
        self.alone = words.lone - self.places
        self.called = {words[i] for i in words.capitals if words[i] in words.lone and _speaks(words, i, lists)}


def _speaks(words: Words, i: int, lists: NameWords) -> bool:
    behind = words.lower[i + 1] if i + 1 < len(words) else ""
    return (i > 0 and words[i - 1] in lists.bare_cues) or behind in lists.active_cues


def divide(words: Words, names: Sequence[Named], lists: NameWords) -> Iterator[Named]:
    """The names, those that hold two of them in two: `BPBD Tirtasari | Bambang Wijaya`, `Tirtasari | Bambang Wijaya`."""
    known = _Known(words, names, lists)
    persons = {name.start: name for name in names if name.type is EntityType.PER}
    for name in names:
        behind = persons.get(name.end)
        if behind is not None and _first_name_within(words, name, known, lists):
            yield Named(name.start, name.end - 1, name.type)
            yield Named(name.end - 1, behind.end, EntityType.PER)
            continue
        seat = _behind_seat(words, name, known, lists)
        at = seat or _border(words, name, known, lists)
        if at is not None:
            kind = EntityType.LOC if seat else name.type if name.type is not EntityType.PER else EntityType.ORG
            yield Named(name.start, at, kind)
            yield Named(at, name.end, EntityType.PER)
        elif _called_later(words, name, known, lists):
            yield Named(name.start + 1, name.end, name.type)
        elif (first := _other_first(words, name, known, lists)) is not None:
            yield Named(name.start, name.start + 1, first)
            yield Named(name.start + 1, name.end, name.type)
        else:
            yield name


def _first_name_within(words: Words, name: Named, known: _Known, lists: NameWords) -> bool:
    """Whether a body's acronym took in the first name of the person behind it: `Deputi Gubernur | BI Rotua | Marpaung`."""
    first, last = words[name.start], words[name.end - 1]
    if name.type is not EntityType.ORG or name.end - name.start != 2 or not office_before(words, name.start, lists):
        return False
    local = first.lower() in lists.regional or last in known.places or lists.listed(last)
    return first.isupper() and lists.listed(first) and last.istitle() and not local


def _behind_seat(words: Words, name: Named, known: _Known, lists: NameWords) -> int | None:
    """Where the person begins behind the place that he holds office in: `Bupati | Tanah Wangi Ana Rosa Quispe`, `kata Rosa`."""
    if name.type is not EntityType.PER or name.start == 0 or words.lower[name.start - 1] not in lists.local_offices:
        return None
    own = [lists.odds.get(word, 0.0) >= PERSON_LIKE for word in words.lower[name.start : name.end]]
    called = next((i for i in range(name.start + 1, name.end) if words[i] in known.called), None)
    if called is None or words[name.start] in known.called or own[0]:
        return None
    at = called
    while at - 1 > name.start and own[at - 1 - name.start]:
        at -= 1
    return at if name.end - at > 1 else None


def _called_later(words: Words, name: Named, known: _Known, lists: NameWords) -> bool:
    """Whether a person is called by his second word alone, the first being none of names: `BPJS | Kesehatan Ana Quispe`, `kata Ana`."""
    if name.type is not EntityType.PER or name.end - name.start < _WHOLE or not office_before(words, name.start, lists):
        return False
    first, second = words[name.start : name.start + 2]
    return second in known.called and first not in known.called and lists.odds.get(first.lower(), 0.0) <= 0


def _other_first(words: Words, name: Named, known: _Known, lists: NameWords) -> EntityType | None:
    """The type of a place or body that stands as first word in a person's name: `Kremlin | Dmitry Peskov`."""
    word = words[name.start]
    if name.type is not EntityType.PER or name.end - name.start < 3:
        return None
    if word in known.last_words:
        return EntityType.LOC
    listed = next((kind for form, kind in lists.forms(word) if form == (word,) and kind is not EntityType.PER), None)
    return listed if lists.odds.get(word.lower(), 0.0) < PERSON_LIKE else None


def _border(words: Words, name: Named, known: _Known, lists: NameWords) -> int | None:
    """Where a person's name begins inside a body or place that follows an office."""
    headed = words.lower[name.start] in lists.org_heads
    if name.end - name.start < 3 or not (headed or office_before(words, name.start, lists)):
        return None
    if name.type is EntityType.PER and not headed:
        return None
    for at in range(name.start + 1, name.end - 1):
        if tuple(words[at : name.end]) in known.persons:
            return at
    starts = range(name.start + 1, name.end - 1)
    if _described(words, name, known, lists):
        return None
    found = next((at for at in starts if _begins_person(words, at, name.end, lists)), None)
    if found is not None:
        return found
    found = next((at for at in starts if words[at] in known.alone and _person_like(words[at : name.end], lists)), None)
    return found if found is not None else _behind_body(words, name, known, lists)


def _described(words: Words, name: Named, known: _Known, lists: NameWords) -> bool:
    """Whether the body tells what the person before the comma is: `Ana Quispe, ketua | Kelompok Tani Sri Wangi`."""
    i = name.start - 1
    while i > 1 and words.lower[i] not in lists.role_heads and words[i].islower():
        i -= 1
    return (
        i > 1
        and words[i].islower()
        and words.lower[i] in lists.role_heads
        and words[i - 1] == ","
        and i - 1 in known.ends
    )


def _behind_body(words: Words, name: Named, known: _Known, lists: NameWords) -> int | None:
    """Where the rest begins behind what is a whole body: `Deputi Gubernur BI | Rotua Marpaung`, `... Negeri Peru | Ana`."""
    if not office_before(words, name.start, lists):
        return None
    short = words[name.start].isupper() and len(words[name.start]) > 1
    at = name.start + 1 if short and words.lower[name.start] not in lists.national_heads else name.start
    while name.start < at < name.end and words[at] in known.places:
        at += 1
    for i in range(name.start + 1, name.end):
        forms = (len(form) for form, kind in lists.forms(words[i]) if stands(words, i, form) and kind is EntityType.LOC)
        at = max(at, i + max(forms, default=-i))
    more = name.end < len(words) and capital(words[name.end])
    whole = name.start < at < name.end and name.end - at + more > 1
    return at if whole and _person_like(words[at : name.end], lists) else None


def _begins_person(words: Words, at: int, end: int, lists: NameWords) -> bool:
    if lists.odds.get(words.lower[at], 0.0) < PERSON_LIKE:
        return False
    return _person_like(words[at:end], lists)


def _person_like(form: Sequence[str], lists: NameWords) -> bool:
    return all(
        capital(w) and lists.odds.get(w.lower(), 0.0) >= PLACE_LIKE and w.lower() not in lists.explained for w in form
    )
