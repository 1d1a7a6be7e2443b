"""The names that a store knows: who speaks and is named in its articles, and who published them; and the few values
that other fields have.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from itertools import accumulate
from typing import Final

from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import FacetValue, Finder, SearchRequest
from kliping_shared.store.values import folded

#: Fields of articles, those first of which a name is shown where it stands in several.
NAMED: Final = ("person", "org", "place", "outlet", "origin", "speaker")
#: Fields with a few values each, and the kind of documents that has all of them.
_CHOSEN: Final[tuple[str, ...]] = ("kind", "stance", "modality", "negated", "public", "agreement", "differs")
_READ: Final[Mapping[Kind, tuple[str, ...]]] = {"articles": (*NAMED, "language"), "claims": _CHOSEN}
#: Every field whose values are known.
KNOWN: Final = tuple(field for fields in _READ.values() for field in fields)
#: Names of each field that are read, those of most articles first. OpenSearch gives some 65,000 values at once.
MOST_NAMES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a field of ``count`` articles, a value of ``count`` claims. ``folded`` is what it is compared by, with a
    blank before and after.
    """

    field: str
    value: str
    count: int
    folded: str


@dataclass(frozen=True)
class _Row:
    """Names in one text, line by line, so that looking through all of them is one search in it: 100,000 in a few ms."""

    names: tuple[Name, ...]
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, names: Sequence[Name]) -> _Row:
        """The row of these names."""
        starts = accumulate((len(name.folded) + 1 for name in names), initial=0)
        return cls(tuple(names), "\n".join(name.folded for name in names), tuple(starts))

    def holding(self, sought: str) -> Iterator[Name]:
        """Those that hold the text, in their order."""
        position = self.text.find(sought) if self.names else -1
        while position >= 0:
            number = bisect_right(self.starts, position) - 1
            yield self.names[number]
            position = self.text.find(sought, self.starts[number + 1])


@dataclass(frozen=True)
class KnownNames:
    """Names by number of articles, most first."""

    names: tuple[Name, ...] = ()

    def beginning(self, text: str, fields: tuple[str, ...]) -> Iterator[Name]:
        """The names of these fields in which a word, or several in a row, begin like ``text``; most articles first."""
        sought = f" {folded(text)}".rstrip()
        found = (self._rows[field].holding(sought) for field in fields if field in self._rows)
        return merge(*found, key=lambda name: -name.count)

    @cached_property
    def _rows(self) -> Mapping[str, _Row]:
        return {field: _Row.of([name for name in self.names if name.field == field]) for field in KNOWN}

    def make_tables(self) -> None:
        """Make what is looked things up in, else made when it is first asked for."""
        _ = self._rows, self._words

    def words(self, field: str | None = None) -> Mapping[str, int]:
        """The words of the field's values, or of all names, and about how many articles have each: one may name it twice."""
        return self._words[field]

    @cached_property
    def _words(self) -> Mapping[str | None, Mapping[str, int]]:
        found: dict[str | None, Counter[str]] = {field: Counter() for field in (*KNOWN, None)}
        for name in self.names:
            for word in set(name.folded.split()):
                found[name.field][word] += name.count
                if name.field in NAMED:
                    found[None][word] += name.count
        return found


async def read_names(finder: Finder) -> KnownNames:
    """The names of the store as it is now; takes about half a second of 100,000 articles. Raises StoreUnavailable."""
    facets: dict[str, Sequence[FacetValue]] = {}
    for kind, fields in _READ.items():
        asked = SearchRequest(kind=kind, limit=0, facets=fields, facet_size=MOST_NAMES, highlight=False)
        facets |= (await finder.search(asked)).facets
    return await asyncio.to_thread(_known, facets)


def _known(facets: Mapping[str, Sequence[FacetValue]]) -> KnownNames:
    """The names with their tables: of many names they take long, and others wait for whoever makes them later."""
    names = [
        Name(field, value.value, value.count, f" {folded(value.value)} ")
        for field, values in facets.items()
        for value in values
    ]
    known = KnownNames(tuple(sorted(names, key=lambda name: -name.count)))
    known.make_tables()
    return known
