"""The names that a trained English pipeline found, under Kliping's types and borders."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

from kliping_extract.domain.name_sources import Form, Named, capital
from kliping_shared.contracts.enriched import EntityType

#: Labels of trained pipelines. What is in none of ours is left out: numbers and days; languages, laws, works of art;
#: and NORP, which is mostly an adjective (Russian, Catholic), as Indonesian adjectives of origin are no names here either.
LABELS: Final[Mapping[str, EntityType]] = {
    "PERSON": EntityType.PER,
    "PER": EntityType.PER,
    "ORG": EntityType.ORG,
    "GPE": EntityType.LOC,
    "LOC": EntityType.LOC,
    "FAC": EntityType.LOC,
}
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def tidied(
    words: Sequence[str], names: Iterable[Named], allowed: Sequence[bool], titles: Container[str]
) -> list[Named]:
    """Names where they are wanted, without article, titles and possessive, and the short forms that they imply."""
    kept = [
        name for name in (_trim(words, name, titles) for name in names) if name and all(allowed[name.start : name.end])
    ]
    return sorted([*kept, *_repeated(words, kept, allowed)], key=lambda name: name.start)


def _trim(words: Sequence[str], name: Named, titles: Container[str]) -> Named | None:
    start, end = name.start, name.end
    while end > start and (words[end - 1] in _POSSESSIVE or words[end - 1].isspace()):
        end -= 1
    if end - start > 1 and words[start].lower() == "the":
        start += 1
    while name.type is EntityType.PER and end - start > 1 and words[start].lower() in titles:
        start += 1
    return Named(start, end, name.type) if any(map(capital, words[start:end])) else None


def _repeated(words: Sequence[str], names: Sequence[Named], allowed: Sequence[bool]) -> Iterator[Named]:
    """Other occurrences of a person's last name that stand alone."""
    taken = {i for name in names for i in range(name.start, name.end)}
    lasts: set[Form] = {tuple(words[name.end - 1 : name.end]) for name in names if _full(name)}
    for i, word in enumerate(words):
        if (word,) in lasts and i not in taken and allowed[i] and capital(word):
            beside = [words[j] for j in (i - 1, i + 1) if 0 <= j < len(words) and j not in taken]
            if not any(map(capital, beside[-1:])) or i + 1 in taken:
                yield Named(i, i + 1, EntityType.PER)


def _full(name: Named) -> bool:
    return name.type is EntityType.PER and name.end - name.start > 1
