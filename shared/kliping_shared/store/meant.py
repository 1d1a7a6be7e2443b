"""What a query that finds nothing may have meant: its unknown words in the spelling that the store knows.

Only words that no document of the kind has are ever changed, each into the closest word that some document has; of
those as close the one that most have. It is offered, never asked instead of what was typed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kliping_shared.analysis import stem, vocabulary
from kliping_shared.analysis.tokens import WORD, fold
from kliping_shared.query import FIELDS, Field, Leaf, changed, parse, wanted
from kliping_shared.spelling import likeness, may_be_off, near, sounding_like
from kliping_shared.store.documents import Kind
from kliping_shared.store.known import KNOWN, KnownNames
from kliping_shared.store.ports import SearchPage, SearchRequest, StoreReader

#: Unknown words that are looked at, and spellings of each that are counted: what a person waits for stays bounded.
_WORDS_AT_MOST: Final = 6
_COUNTED_AT_MOST: Final = 6
#: A part of a word written as one that was meant as two has so many letters at least.
_LEAST_PART: Final = 3

ReadNames = Callable[[], Awaitable[KnownNames]]


@dataclass(frozen=True)
class Meant:
    """``query`` is the corrected query, which finds ``total`` documents."""

    query: str
    total: int


async def did_you_mean(
    reader: StoreReader, names: ReadNames, request: SearchRequest, found: SearchPage
) -> Meant | None:
    """The query with its unknown words corrected; None where something was found, or no word is like one of them.

    Raises like ``search``.
    """
    if request.cursor or found.total:
        return None
    query = parse(request.query)
    speller = _Speller(reader, names, request.kind)
    meant: dict[Leaf, Leaf] = {}
    for leaf in list(dict.fromkeys(wanted(query)))[:_WORDS_AT_MOST]:
        other = await speller.leaf(leaf)
        if other != leaf:
            meant[leaf] = other
    if not meant:
        return None
    corrected = str(changed(query, meant))
    page = await reader.search(replace(request, query=corrected, limit=0, facets=()))
    return Meant(corrected, page.total)


@dataclass(frozen=True)
class _Speller:
    """Corrects the leaves of one query over one kind of documents."""

    reader: StoreReader
    names: ReadNames
    kind: Kind

    async def leaf(self, leaf: Leaf) -> Leaf:
        """The leaf with each of its unknown words corrected, itself where there is none or none is like it."""
        if isinstance(leaf, Field):
            if leaf.name not in KNOWN and FIELDS[leaf.name].use not in ("about", "title"):
                return leaf
            return replace(leaf, value=await self._text(leaf.value, leaf.name))
        return replace(leaf, text=await self._text(leaf.text, None))

    async def _text(self, text: str, field: str | None) -> str:
        pieces, end = [], 0
        for word in WORD.finditer(text):
            pieces += [text[end : word.start()], await self._word(word.group(), field)]
            end = word.end()
        return "".join([*pieces, text[end:]])

    async def _word(self, word: str, field: str | None) -> str:
        typed = fold(word)
        if not may_be_off(typed) or not typed.isalpha() or await self._total(word, field):
            return word
        likely = await self._candidates(typed, field)
        closest = [
            (-distance, await self._total(other, field), likeness(typed, other), other) for distance, _, other in likely
        ]
        there = [option for option in closest if option[1]]
        return _written_as(word, max(there)[-1]) if there else word

    async def _candidates(self, typed: str, field: str | None) -> list[tuple[int, int, str]]:
        """Distance, minus about how many documents, and word of the likeliest spellings, best first."""
        names = await self.names()
        if field in KNOWN:
            return await asyncio.to_thread(_likeliest, typed, names.words(field), None)
        terms = await self.reader.terms_near(self.kind, typed)
        return await asyncio.to_thread(_likeliest, typed, names.words(), terms)

    async def _total(self, word: str, field: str | None) -> int:
        leaf = f'{field}:"{word}"' if field else f'"{word}"'
        asked = SearchRequest(kind=self.kind, query=leaf, limit=0, highlight=False)
        return (await self.reader.search(asked)).total


def _likeliest(typed: str, names: Mapping[str, int], terms: Mapping[str, int] | None) -> list[tuple[int, int, str]]:
    """``terms`` of the store are given where any word may be meant, not only names."""
    off = near(typed, names) | dict.fromkeys(sounding_like(typed, names), 1)
    if terms is not None:
        off |= near(typed, terms) | near(typed, vocabulary()) | dict.fromkeys(_parted(typed), 1)
    counts = {other: max(_count(other, names), _count(other, terms or {})) for other in off}
    return sorted((distance, -counts[other], other) for other, distance in off.items())[:_COUNTED_AT_MOST]


def _written_as(typed: str, other: str) -> str:
    """The other spelling with capitals where the typed one has them."""
    if typed.isupper():
        return other.upper()
    return other.capitalize() if typed[:1].isupper() else other


def _count(word: str, counts: Mapping[str, int]) -> int:
    return max(counts.get(word, 0), counts.get(stem(word), 0))


def _parted(typed: str) -> Iterable[str]:
    """The word as two that are known: 'kerjasama' as 'kerja sama'."""
    known = vocabulary()
    for middle in range(_LEAST_PART, len(typed) - _LEAST_PART + 1):
        if typed[:middle] in known and typed[middle:] in known:
            yield f"{typed[:middle]} {typed[middle:]}"
