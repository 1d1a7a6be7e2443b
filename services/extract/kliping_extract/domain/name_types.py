"""One type for one name: what lists and heads say, what stands before it, else what it is called most often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kliping_extract.domain.name_sources import Named, NameWords, office_before
from kliping_shared.contracts.enriched import EntityType

#: Log-odds below which a word is hardly ever part of a person's name.
_PLACE_LIKE = -2.0


def agree(words: Sequence[str], names: Sequence[Named], lists: NameWords) -> list[Named]:
    """The names, each with the type that all its occurrences in the article share."""
    votes: dict[str, Counter[EntityType]] = {}
    known: dict[str, EntityType] = {}
    for name in names:
        votes.setdefault(_key(words, name), Counter())[_seen_as(words, name, lists)] += 1
        if (listed := _listed(words, name, lists)) is not None:
            known[_key(words, name)] = listed
    settled = {
        key: lists.types.get(key) or known.get(key) or max(counts, key=lambda t: (counts[t], t))
        for key, counts in votes.items()
    }
    persons = {key for key, kind in settled.items() if kind is EntityType.PER and " " in key}
    parts = {part for key in persons for part in (key.split()[0], key.split()[-1])}
    return [replace(name, type=_final(words, name, settled, parts, lists)) for name in names]


def _key(words: Sequence[str], name: Named) -> str:
    return " ".join(words[name.start : name.end]).casefold()


def _listed(words: Sequence[str], name: Named, lists: NameWords) -> EntityType | None:
    form = tuple(words[name.start : name.end])
    return next((kind for known, kind in lists.forms(form[0]) if known == form), None)


def _final(
    words: Sequence[str], name: Named, settled: Mapping[str, EntityType], parts: set[str], lists: NameWords
) -> EntityType:
    key = _key(words, name)
    if key in parts and key not in lists.types and not lists.listed(words[name.start]):
        return EntityType.PER
    kind = settled[key]
    head = words[name.start].lower()
    if name.end - name.start > 1 and head in lists.org_heads and head not in lists.place_heads:
        return EntityType.ORG
    return kind


def _seen_as(words: Sequence[str], name: Named, lists: NameWords) -> EntityType:
    """What an occurrence looks like: an unlisted name of several words behind a person's title is a person."""
    if name.type is EntityType.PER or name.end - name.start < 2:
        return name.type
    form = words[name.start : name.end]
    headed = form[0].lower() in lists.heads
    place_like = sum(lists.odds.get(word.lower(), 0.0) for word in form) / len(form) < _PLACE_LIKE
    if (
        _listed(words, name, lists)
        or headed
        or place_like
        or any(not word[:1].isupper() or word.isupper() for word in form)
    ):
        return name.type
    return EntityType.PER if office_before(words, name.start, lists) else name.type
