"""One type for one name: what lists and heads say, what stands before it, else what it is called most often."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from kliping_extract.domain.name_sources import PERSON_LIKE, PLACE_LIKE, Named, NameWords, Words, capital, office_before
from kliping_shared.contracts.enriched import EntityType

_AGE = re.compile(r"[1-9][0-9]")
#: Numbers of kings and popes.
_ROMAN = re.compile(r"[IVX]+")


def agree(words: Words, names: Sequence[Named], lists: NameWords) -> list[Named]:
    """The names, each with the type that all its occurrences in the article share."""
    people = {name.start for name in names if name.type is EntityType.PER}
    votes: dict[str, dict[EntityType, int]] = {}
    known: dict[str, EntityType] = {}
    keys = [" ".join(words[name.start : name.end]).casefold() for name in names]
    for name, key in zip(names, keys, strict=True):
        seen, counts = _seen_as(words, name, lists), votes.setdefault(key, {})
        counts[seen] = counts.get(seen, 0) + 1
        if (listed := _listed(words, name, lists)) is not None:
            known[key] = listed
        elif _between(words, name, people, lists):
            known[key] = EntityType.LOC
    settled = {
        key: lists.types.get(key) or known.get(key) or max(counts, key=lambda kind: (counts[kind], kind))
        for key, counts in votes.items()
    }
    settled.update({key: EntityType.LOC for key in _places(keys, names, lists) if " " in key})
    persons = {key for key, kind in settled.items() if kind is EntityType.PER and " " in key}
    parts = {part for key in persons for part in (key.split()[0], key.split()[-1])} - set(_places(keys, names, lists))
    return [
        Named(name.start, name.end, _final(words, name, key, settled, parts, lists))
        for name, key in zip(names, keys, strict=True)
    ]


def _places(keys: Sequence[str], names: Sequence[Named], lists: NameWords) -> Iterator[str]:
    """What stands behind the level of a place is that place also without it: `Kabupaten Muara Wangi`, `Muara Wangi`."""
    for key, name in zip(keys, names, strict=True):
        head, _, rest = key.partition(" ")
        if name.type is EntityType.LOC and rest and head in lists.admin_heads:
            yield rest


def is_aged(words: Words, i: int) -> bool:
    """Whether an age in brackets begins: `Sutarno (45)`."""
    return words[i : i + 3 : 2] == ["(", ")"] and _AGE.fullmatch(words[i + 1]) is not None


def _listed(words: Words, name: Named, lists: NameWords) -> EntityType | None:
    form = tuple(words[name.start : name.end])
    return next((kind for known, kind in lists.forms(form[0]) if known == form), None)


def _final(
    words: Words, name: Named, key: str, settled: Mapping[str, EntityType], parts: set[str], lists: NameWords
) -> EntityType:
    if key in parts and key not in lists.types and not lists.listed(words[name.start]):
        return EntityType.PER
    kind = settled[key]
    if kind is EntityType.ORG and _first_name(words, name, lists):
        return EntityType.PER
    if kind is EntityType.PER and any(_acronym(words, i) for i in range(name.start, name.end)):
        return EntityType.ORG
    if name.end - name.start > 1 and capital(words[name.start]) and _heads_body(words.lower[name.start], lists):
        return EntityType.ORG
    return kind


def _first_name(words: Words, name: Named, lists: NameWords) -> bool:
    """Whether a name is one word that names persons: recognisers label a rare first name as a body."""
    word = words[name.start]
    alone = name.end - name.start == 1 and word.istitle() and not lists.forms(word)
    return alone and lists.odds.get(word.lower(), 0.0) >= PERSON_LIKE


def _heads_body(word: str, lists: NameWords) -> bool:
    if word in lists.regional or word in lists.body_heads:
        return True
    return word in lists.org_heads and word not in lists.place_heads


def _acronym(words: Words, i: int) -> bool:
    """Whether a word is a short form as bodies have them; not in a line of capitals, nor with an initial's full stop."""
    beside = [word for word in (*words[i - 1 : i], *words[i + 1 : i + 2]) if len(word) > 1 and word.isupper()]
    word = words[i]
    return 2 < len(word) < 7 and word.isalpha() and word.isupper() and not beside and not _ROMAN.fullmatch(word)


def _seen_as(words: Words, name: Named, lists: NameWords) -> EntityType:
    """What an occurrence looks like: an unlisted name of several words behind a person's title is a person, and so is one
    with an age; none behind `di`."""
    if name.type is EntityType.PER and name.start and words[name.start - 1] == "di":
        return EntityType.LOC
    if name.end - name.start > 1 and is_aged(words, name.end) and words.lower[name.start] not in lists.heads:
        return EntityType.PER
    if name.type is EntityType.PER or name.end - name.start < 2:
        return name.type
    form = words[name.start : name.end]
    headed = form[0].lower() in lists.heads
    place_like = sum(lists.odds.get(word.lower(), 0.0) for word in form) / len(form) < PLACE_LIKE
    if (
        _listed(words, name, lists)
        or headed
        or place_like
        or any(not word[:1].isupper() or word.isupper() for word in form)
    ):
        return name.type
    return EntityType.PER if office_before(words, name.start, lists) and not _seat(words, name, lists) else name.type


def _between(words: Words, name: Named, people: AbstractSet[int], lists: NameWords) -> bool:
    """Whether a name stands between a local office and who holds it: `Bupati | Tanah Wangi | Ana Quispe`."""
    return name.start > 0 and words.lower[name.start - 1] in lists.local_offices and name.end in people


def _seat(words: Words, name: Named, lists: NameWords) -> bool:
    """Whether an office's place stands before its holder: `Kapolsek | Tanah Wangi | Kompol Budi`."""
    behind = words[name.end] if name.end < len(words) else ""
    local = name.start > 0 and words.lower[name.start - 1] in lists.local_offices
    return local and (capital(behind) or behind.lower() in lists.honorifics)
