"""Mends the recogniser's names: borders, heads it cut off, titles it took in, and the same name labelled twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from kliping_extract.domain.name_borders import regional_in, short_forms, unbracketed, with_particles
from kliping_extract.domain.name_places import placed_in
from kliping_extract.domain.name_sources import (
    KOREAN_GIVEN,
    Form,
    Named,
    NameWords,
    bodies_in,
    capital,
    headed_in,
    hyphened_in,
    known_in,
    repeated_in,
)
from kliping_extract.domain.name_splits import divide
from kliping_extract.domain.name_types import agree
from kliping_extract.domain.tokens import DEGREE, MARKS
from kliping_shared.contracts.enriched import EntityType

#: What the tokenizer leaves of degrees: `Sp.A(K)`.
_LETTERS = re.compile(r"[A-Z]|Sp")


def mend(
    words: Sequence[str], names: Sequence[Named], allowed: Sequence[bool], headline: Sequence[bool], lists: NameWords
) -> list[Named]:
    """Names without overlap, in order.

    `allowed` says of each token whether names are wanted there, `headline` whether capitals mean nothing there.
    """
    given = with_particles(words, list(unbracketed(words, names)), allowed, lists)
    kept = [name for name in given if all(allowed[name.start : name.end])]
    sure = _without_overlap([*kept, *hyphened_in(words, allowed, lists), *headed_in(words, kept, allowed, lists)])
    trimmed = [mended for name in sure if (mended := _trim(words, name, lists)) is not None]
    free = [a and not h for a, h in zip(allowed, headline, strict=True)]
    known = _add_known(
        words, agree(words, list(divide(words, _headline_cut(words, trimmed), lists)), lists), allowed, lists
    )
    missed = [*bodies_in(words, known, free, lists), *short_forms(words, known, free, lists)]
    # Short forms known by now explain capitals before a person: `Komisaris BKS | Robert Tanu`.
    explained = _add_known(words, _without_overlap([*known, *missed]), allowed, lists)
    found = _without_overlap([*explained, *placed_in(words, explained, free, lists)])
    grown = _without_overlap(list(with_particles(words, _grown(words, found, free, lists), free, lists)))
    grown = _without_overlap([*grown, *regional_in(words, grown, free, lists)])
    again = _add_known(words, _join_bodies(words, grown, lists), allowed, lists)
    return agree(words, _join_bodies(words, again, lists), lists)


def _add_known(words: Sequence[str], names: Sequence[Named], allowed: Sequence[bool], lists: NameWords) -> list[Named]:
    """With repetitions and listed names; a listed name may stand beside a repeated one, so that one comes first."""
    repeated = _without_overlap([*names, *repeated_in(words, names, allowed, lists)])
    return _without_overlap([*repeated, *known_in(words, repeated, allowed, lists)])


def _headline_cut(words: Sequence[str], names: Sequence[Named]) -> list[Named]:
    """In a headline in title case a verb may hang on a name: cut `Budi Santoso Bahas` to the `Budi Santoso` of the text."""
    counts = Counter(tuple(words[name.start : name.end]) for name in names if name.type is EntityType.PER)
    cut = []
    for name in names:
        form = tuple(words[name.start : name.end])
        if name.type is EntityType.PER and counts[form] == 1 and len(form) > 2:
            shorter = (end for end in range(len(form) - 1, 1, -1) if _counted(counts, form[:end]))
            name = Named(name.start, name.start + next(shorter, len(form)), name.type)
        cut.append(name)
    return cut


def _counted(counts: Counter[Form], form: Form) -> bool:
    """Whether the form is a name elsewhere, hyphened or not."""
    if counts[form]:
        return True
    return len(form) > 2 and counts[(*form[:-2], f"{form[-2]}-{form[-1].lower()}")] > 0


def _trim(words: Sequence[str], name: Named, lists: NameWords) -> Named | None:
    """Without titles before a person's name, and without marks and days at the edges."""
    start, end = name.start, name.end
    while start < end and (_edge(words[start], lists) or _title(words, start, end, name, lists)):
        start += 1
    while end - start > 1 and name.type is EntityType.LOC and words[start].islower():
        start += 1
    while end > start and _edge(words[end - 1], lists):
        end -= 1
    if all(DEGREE.fullmatch(word) or word == "," for word in words[start:end]) or not any(
        word[:1].isupper() or word[:1].isdigit() for word in words[start:end]
    ):
        return None
    if end - start == 1 and (words[start].lower() in lists.words_alone or _LETTERS.fullmatch(words[start])):
        return None
    return Named(start, end, name.type)


def _edge(word: str, lists: NameWords) -> bool:
    return word in MARKS or not any(c.isalnum() for c in word) or word.lower() in lists.days


def _title(words: Sequence[str], start: int, end: int, name: Named, lists: NameWords) -> bool:
    word = words[start].lower()
    if name.type is not EntityType.PER or end - start < 2 or KOREAN_GIVEN.fullmatch(words[start + 1]):
        return False
    return word in lists.honorifics or word in lists.role_heads


def _grown(words: Sequence[str], names: Sequence[Named], free: Sequence[bool], lists: NameWords) -> list[Named]:
    taken = {i for name in names for i in range(name.start, name.end)}
    return [
        _grow_person(words, name, free, taken, lists)
        if name.type is EntityType.PER
        else _grow(words, name, free, lists)
        for name in names
    ]


def _grow_person(
    words: Sequence[str], name: Named, free: Sequence[bool], taken: AbstractSet[int], lists: NameWords
) -> Named:
    """Take in a capitalised word beside a person's name that nothing else explains: `Tran | Minh Khoi`."""
    start, end = name.start, name.end
    if start > 1 and _loose(words, start - 1, free, taken, lists) and not _opens(words, start - 1):
        start -= 1
    if end < len(words) and end - start > 1 and _loose(words, end, free, taken, lists):
        end += 1
    return Named(start, end, name.type)


def _loose(words: Sequence[str], i: int, free: Sequence[bool], taken: AbstractSet[int], lists: NameWords) -> bool:
    word, lower = words[i], words[i].lower()
    if i in taken or not free[i] or not capital(word) or word.isupper() or len(word) < 3:
        return False
    return lower not in lists.explained and lists.odds.get(lower, 0.5) > 0 and not lists.listed(word)


def _opens(words: Sequence[str], i: int) -> bool:
    return i == 0 or words[i - 1][-1:] in ".?!:\n" or words[i - 1] in MARKS


def _grow(words: Sequence[str], name: Named, free: Sequence[bool], lists: NameWords) -> Named:
    """Take in the capitalised head of a body or place that the recogniser left out: `Dewan Keamanan | PBB`."""
    start, best, kind = name.start, name.start, name.type
    while start > max(0, name.start - 6) and capital(words[start - 1]) and free[start - 1]:
        start -= 1
        word = words[start].lower()
        if word in lists.org_heads and word not in lists.place_heads:
            best, kind = start, EntityType.ORG
        elif word in lists.place_heads and name.type is EntityType.LOC and start == name.start - 1:
            if start and capital(words[start - 1]) and words[start - 1][-1:] not in ".?!":
                break
            best, kind = start, EntityType.LOC
        if word in lists.role_heads and word not in lists.org_heads:
            break
    return Named(best, name.end, kind)


def _join_bodies(words: Sequence[str], names: Sequence[Named], lists: NameWords) -> list[Named]:
    """A body and the place right behind it are one name: `Kementerian Luar Negeri | Rusia`."""
    joined: list[Named] = []
    for name in names:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.end == name.start
            and last.type is EntityType.ORG
            and name.type in (EntityType.LOC, EntityType.ORG)
            and words[last.start].lower() in lists.org_heads
        ):
            joined[-1] = Named(last.start, name.end, last.type)
        else:
            joined.append(name)
    return joined


def _without_overlap(names: Sequence[Named]) -> list[Named]:
    """In order; of overlapping ones the first given of the longest."""
    kept: dict[int, Named] = {}
    taken: set[int] = set()
    for name in sorted(names, key=lambda item: item.start - item.end):
        if taken.isdisjoint(range(name.start, name.end)):
            taken.update(range(name.start, name.end))
            kept[name.start] = name
    return [kept[start] for start in sorted(kept)]
