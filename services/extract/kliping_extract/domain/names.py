"""Mends the recogniser's names: borders, heads it cut off, titles it took in, and the same name labelled twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from kliping_extract.domain.name_borders import (
    joined_persons,
    kept_together,
    regional_in,
    seats,
    unbracketed,
    with_particles,
)
from kliping_extract.domain.name_capitals import headline_cut, opening_cut
from kliping_extract.domain.name_offices import with_initials, without_offices
from kliping_extract.domain.name_places import placed_in
from kliping_extract.domain.name_short_forms import short_forms
from kliping_extract.domain.name_sources import (
    KOREAN_GIVEN,
    PLACE_LIKE,
    Named,
    NameWords,
    Words,
    bodies_in,
    capital,
    headed_in,
    hyphened_in,
    known_in,
    opens,
    repeated_in,
    stands,
)
from kliping_extract.domain.name_splits import divide
from kliping_extract.domain.name_teams import with_teams
from kliping_extract.domain.name_types import agree
from kliping_extract.domain.tokens import DEGREE, MARKS
from kliping_shared.contracts.enriched import EntityType

#: What the tokenizer leaves of degrees: `Sp.A(K)`.
_LETTERS = re.compile(r"[A-Z]|Sp")

#: Nouns of what is done or known, as offices have them.
_FIELD = re.compile(r"(?:ke|pe[mnr]?)[a-z]{4,}an|[a-z]{3,}(?:isasi|ologi|tika)")
#: Which block of a market or a street: `Blok C`.
_BLOCK = re.compile(r"[A-Z]|[0-9]+")


def mend(
    text: Sequence[str], names: Sequence[Named], allowed: Sequence[bool], headline: Sequence[bool], lists: NameWords
) -> list[Named]:
    """Names without overlap among the words of `text`, in order.

    `allowed` says of each token whether names are wanted there, `headline` whether capitals mean nothing there.
    """
    words = Words(text)
    given = with_particles(words, list(unbracketed(words, names, lists)), allowed, lists)
    kept = [name for name in with_initials(words, given) if all(allowed[name.start : name.end])]
    sure = _without_overlap([*kept, *hyphened_in(words, allowed, lists), *headed_in(words, kept, allowed, lists)])
    trimmed = [mended for name in sure if (mended := _trim(words, name, lists)) is not None]
    free = [a and not h for a, h in zip(allowed, headline, strict=True)]
    teamed = with_teams(words, kept_together(words, trimmed), free, lists)
    cut = opening_cut(words, list(headline_cut(words, teamed, headline)), headline, lists)
    known = _add_known(words, agree(words, list(_parted(words, list(cut), lists)), lists), allowed, lists)
    shorts = short_forms(words, known, free, lists)
    missed = [*bodies_in(words, known, free, lists), *shorts.names]
    # Short forms known by now explain capitals before a person: `Komisaris BKS | Robert Tanu`.
    explained = list(shorts.applied(words, _with(known, missed), lists))
    explained = _add_known(words, explained, allowed, lists)
    found = _with(explained, placed_in(words, explained, free, lists))
    grown = _without_overlap(list(with_particles(words, _grown(words, found, free, lists), free, lists)))
    grown = _without_overlap(list(with_initials(words, joined_persons(words, grown, lists))))
    grown = list(seats(words, list(without_offices(words, grown, lists)), lists))
    grown = _with(grown, regional_in(words, grown, free, lists))
    again = _add_known(words, _join_bodies(words, grown, lists), allowed, lists)
    return list(shorts.applied(words, agree(words, _join_bodies(words, again, lists), lists), lists))


def _parted(words: Words, names: Sequence[Named], lists: NameWords) -> Iterator[Named]:
    """Persons apart from the bodies, places and offices before them."""
    return without_offices(words, list(divide(words, names, lists)), lists)


def _add_known(words: Words, names: Sequence[Named], allowed: Sequence[bool], lists: NameWords) -> list[Named]:
    """With repetitions and listed names; a listed name may stand beside a repeated one, so that one comes first."""
    repeated = _without_overlap([*names, *repeated_in(words, names, allowed, lists)])
    return _with(repeated, known_in(words, repeated, allowed, lists))


def _trim(words: Words, name: Named, lists: NameWords) -> Named | None:
    """Without titles before a person's name, and without marks and days at the edges; a country without its government.

    Trains and ships are no names, nor is the mark of a sound bite: `[INSERT | ROSMINI]`.
    """
    start, end, kind = name.start, name.end, name.type
    if end > start > 0 and words[start - 1] in "[(" and words.lower[start] in lists.inserts:
        start += 1
    while start < end and (_edge(words[start], lists) or _title(words, start, end, name, lists)):
        start += 1
    while end - start > 1 and words[start].islower() and not _small_particle(words, start, lists):
        start += 1
    while end > start and (_edge(words[end - 1], lists) or (end - start > 1 and words[end - 1].islower())):
        end -= 1
    if end - start > 1 and words.lower[start] == "pemerintah" and lists.country(words[start + 1 : end]):
        start, kind = start + 1, EntityType.LOC
    if end - start > 1 and words.lower[start] == "blok" and _BLOCK.fullmatch(words[start + 1]):
        start += 2
    if end - start > 1 and words.lower[start] in lists.vehicles:
        return None
    if all(DEGREE.fullmatch(word) or word == "," for word in words[start:end]) or not any(
        word[:1].isupper() or word[:1].isdigit() for word in words[start:end]
    ):
        return None
    if end - start == 1 and (words.lower[start] in lists.words_alone or _LETTERS.fullmatch(words[start])):
        return None
    return Named(start, end, kind)


def _small_particle(words: Words, i: int, lists: NameWords) -> bool:
    return words[i].title() in lists.particles and words.lower[i] not in lists.function_words


def _edge(word: str, lists: NameWords) -> bool:
    return word in MARKS or not any(c.isalnum() for c in word) or word.lower() in lists.days


def _title(words: Words, start: int, end: int, name: Named, lists: NameWords) -> bool:
    word = words.lower[start]
    if name.type is not EntityType.PER or end - start < 2 or KOREAN_GIVEN.fullmatch(words[start + 1]):
        return False
    return word in lists.honorifics or word in lists.role_heads


def _grown(words: Words, names: Sequence[Named], free: Sequence[bool], lists: NameWords) -> list[Named]:
    taken = {i for name in names for i in range(name.start, name.end)}
    return [
        _grow_person(words, name, free, taken, lists)
        if name.type is EntityType.PER
        else _grow(words, name, free, lists)
        for name in names
    ]


def _grow_person(words: Words, name: Named, free: Sequence[bool], taken: AbstractSet[int], lists: NameWords) -> Named:
    """Take in a capitalised word beside a person's name that nothing else explains: `Tran | Minh Khoi`.

    None before who is called by his first name, nor what an office is for: `Dirjen Perkeretaapian | Budi Darma`.
    """
    start, end = name.start, name.end
    whole = end - start > 1 and (words[start] in words.lone or _FIELD.fullmatch(words.lower[start - 1]))
    if start > 1 and not whole and _loose(words, start - 1, free, taken, lists) and not opens(words, start - 1):
        start -= 1
    if end < len(words) and end - start > 1 and _loose(words, end, free, taken, lists, PLACE_LIKE):
        end += 1
    return Named(start, end, name.type)


def _loose(
    words: Words, i: int, free: Sequence[bool], taken: AbstractSet[int], lists: NameWords, least: float = 0.0
) -> bool:
    word, lower = words[i], words.lower[i]
    if i in taken or not free[i] or not capital(word) or word.isupper() or len(word) < 3:
        return False
    return lower not in lists.explained and lists.odds.get(lower, 0.5) > least and not _stands_listed(words, i, lists)


def _stands_listed(words: Words, i: int, lists: NameWords) -> bool:
    return any(stands(words, i, form) for form, _ in lists.forms(words[i]))


def _grow(words: Words, name: Named, free: Sequence[bool], lists: NameWords) -> Named:
    """Take in the capitalised head of a body or place that the recogniser left out: `Dewan Keamanan | PBB`."""
    start, best, kind = name.start, name.start, name.type
    while start > max(0, name.start - 6) and capital(words[start - 1]) and free[start - 1]:
        start -= 1
        word = words.lower[start]
        if word in lists.org_heads and word not in lists.place_heads:
            best, kind = start, EntityType.ORG
        elif word in lists.place_heads and name.type is EntityType.LOC and start == name.start - 1:
            if start and capital(words[start - 1]) and words[start - 1][-1:] not in ".?!":
                break
            best, kind = start, EntityType.LOC
        if word in lists.role_heads and word not in lists.org_heads:
            break
    return Named(best, name.end, kind)


def _join_bodies(words: Words, names: Sequence[Named], lists: NameWords) -> list[Named]:
    """A body and the place right behind it are one name, and so is a street with who it is called after."""
    joined: list[Named] = []
    for name in names:
        last = joined[-1] if joined else None
        if last is not None and last.end == name.start and _one_name(words, last, name, lists):
            joined[-1] = Named(last.start, name.end, last.type)
        else:
            joined.append(name)
    return joined


def _one_name(words: Words, first: Named, second: Named, lists: NameWords) -> bool:
    """`Kementerian Luar Negeri | Rusia`, `PLN Unit Layanan | Wangi`, `Jalan KH | Ana Quispe`."""
    if second.type is EntityType.PER:
        return first.type is EntityType.LOC and words.lower[first.start] in {"jalan", "jl", "jl."}
    head = words.lower[first.start]
    headed = head in lists.org_heads or head in lists.body_heads
    short = second.type is EntityType.LOC and words[first.start].isupper()
    return first.type is EntityType.ORG and (headed or short)


def _with(names: list[Named], others: Iterable[Named]) -> list[Named]:
    """Names in order and without overlap, with others."""
    more = list(others)
    return _without_overlap([*names, *more]) if more else names


def _without_overlap(names: Sequence[Named]) -> list[Named]:
    """In order; of overlapping ones the first given of the longest."""
    kept: list[Named] = []
    taken: set[int] = set()
    for name in sorted(names, key=lambda item: item.start - item.end):
        if taken.isdisjoint(range(name.start, name.end)):
            taken.update(range(name.start, name.end))
            kept.append(name)
    return sorted(kept)
