"""Mends the recogniser's names: borders, heads it cut off, titles it took in, and the same name labelled twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kliping_extract.domain.tokens import MARKS
from kliping_shared.contracts.enriched import EntityType

#: The longest name that is put together, in tokens.
LONGEST = 10


@dataclass(frozen=True, slots=True)
class Named:
    """A name over tokens [start, end) of a doc."""

    start: int
    end: int
    type: EntityType


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words that the mending asks about, lower case; `places` and `bodies` are normal names of known types."""

    honorifics: frozenset[str]
    role_heads: frozenset[str]
    place_heads: frozenset[str]
    org_heads: frozenset[str]
    cues: frozenset[str]
    days: frozenset[str]
    types: dict[str, EntityType]


def mend(words: Sequence[str], names: Sequence[Named], allowed: Sequence[bool], lists: NameWords) -> list[Named]:
    """Names without overlap, in order. `allowed` says of each token whether names are wanted there."""
    kept = [name for name in names if all(allowed[name.start : name.end])]
    trimmed = [mended for name in kept if (mended := _trim(words, name, lists)) is not None]
    grown = _without_overlap([_grow(words, name, allowed, lists) for name in trimmed])
    joined = _join_bodies(words, grown, lists)
    agreed = _agree(words, joined, lists)
    return _without_overlap([*agreed, *_repeat(words, agreed, allowed, lists)])


def _trim(words: Sequence[str], name: Named, lists: NameWords) -> Named | None:
    """Without titles before a person's name, and without marks and days at the edges."""
    start, end = name.start, name.end
    while start < end and (_edge(words[start], lists) or _title(words, start, end, name, lists)):
        start += 1
    while end > start and _edge(words[end - 1], lists):
        end -= 1
    if start == end or not any(word[:1].isupper() or word[:1].isdigit() for word in words[start:end]):
        return None
    if end - start == 1 and words[start].lower() in lists.cues | lists.role_heads:
        return None
    return replace(name, start=start, end=end)


def _edge(word: str, lists: NameWords) -> bool:
    return word in MARKS or not any(c.isalnum() for c in word) or word.lower() in lists.days


def _title(words: Sequence[str], start: int, end: int, name: Named, lists: NameWords) -> bool:
    word = words[start].lower()
    if name.type is not EntityType.PER or end - start < 2:
        return False
    return word in lists.honorifics or word in lists.role_heads


def _capital(word: str) -> bool:
    return word[:1].isupper() and any(c.isalpha() for c in word)


def _grow(words: Sequence[str], name: Named, allowed: Sequence[bool], lists: NameWords) -> Named:
    """Take in the capitalised head of a body or place that the recogniser left out: `Dewan Keamanan | PBB`."""
    if name.type is EntityType.PER:
        return name
    start, best, kind = name.start, name.start, name.type
    while start > max(0, name.start - 6) and _capital(words[start - 1]) and allowed[start - 1]:
        start -= 1
        word = words[start].lower()
        if word in lists.org_heads and word not in lists.place_heads:
            best, kind = start, EntityType.ORG
        elif word in lists.place_heads and name.type is EntityType.LOC and start == name.start - 1:
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
            joined[-1] = replace(last, end=name.end)
        else:
            joined.append(name)
    return joined


def _key(words: Sequence[str], name: Named) -> str:
    return " ".join(words[name.start : name.end]).casefold()


def _agree(words: Sequence[str], names: Sequence[Named], lists: NameWords) -> list[Named]:
    """One type for one name: what the lists know, else what it is called most often."""
    votes: dict[str, Counter[EntityType]] = {}
    for name in names:
        votes.setdefault(_key(words, name), Counter())[name.type] += 1
    settled = {key: lists.types.get(key) or max(counts, key=lambda t: (counts[t], t)) for key, counts in votes.items()}
    return [replace(name, type=settled[_key(words, name)]) for name in names]


def _repeat(words: Sequence[str], names: Sequence[Named], allowed: Sequence[bool], lists: NameWords) -> Iterator[Named]:
    """Other occurrences of the names found, and of the last words of persons' names."""
    types: dict[tuple[str, ...], EntityType] = {}
    for name in names:
        forms = [tuple(words[name.start : name.end])]
        if name.type is EntityType.PER and name.end - name.start > 1:
            forms.append(forms[0][-1:])
        for form in forms:
            if len("".join(form)) > 2 and form[0].lower() not in lists.role_heads | lists.cues:
                types.setdefault(form, name.type)
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for form in sorted(types, key=len, reverse=True):
        by_first.setdefault(form[0], []).append(form)
    for i, word in enumerate(words):
        for form in by_first.get(word, ())[:20]:
            if _capital(word) and tuple(words[i : i + len(form)]) == form and all(allowed[i : i + len(form)]):
                yield Named(i, i + len(form), types[form])
                break


def _without_overlap(names: Sequence[Named]) -> list[Named]:
    """In order; of overlapping ones the first given of the longest."""
    kept: dict[int, Named] = {}
    taken: set[int] = set()
    for name in sorted(names, key=lambda item: item.start - item.end):
        if taken.isdisjoint(range(name.start, name.end)):
            taken.update(range(name.start, name.end))
            kept[name.start] = name
    return [kept[start] for start in sorted(kept)]
