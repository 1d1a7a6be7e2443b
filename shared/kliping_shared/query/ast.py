"""What a query says. ``str`` of a query is a query that means the same (and parses to the same)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_PLAIN_VALUE = re.compile(r"[^\s\"“”„«»()]+")


@dataclass(frozen=True)
class Everything:
    """The empty query: every document."""

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True)
class Word:
    """A word in any of its forms; one with a hyphen or apostrophe inside is several words in a row."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Phrase:
    """Words in this order, each in any of its forms, within one zone."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True)
class Field:
    """``name:value``: a document field holds the value, or whole words of it."""

    name: str
    value: str
    #: Where it stands in what was typed, for messages; the same field elsewhere is the same question.
    position: int = field(default=0, compare=False, repr=False)

    def __str__(self) -> str:
        plain = _PLAIN_VALUE.fullmatch(self.value)
        return f"{self.name}:{self.value}" if plain else f'{self.name}:"{self.value}"'


@dataclass(frozen=True)
class Not:
    """Documents that do not match ``item``."""

    item: Query

    def __str__(self) -> str:
        return f"-({self.item})" if isinstance(self.item, And | Or | Not) else f"-{self.item}"


@dataclass(frozen=True)
class And:
    """Documents that match all of at least two items."""

    items: tuple[Query, ...]

    def __str__(self) -> str:
        return " ".join(f"({item})" if isinstance(item, Or) else str(item) for item in self.items)


@dataclass(frozen=True)
class Or:
    """Documents that match any of at least two items."""

    items: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(str(item) for item in self.items)


@dataclass(frozen=True)
class Alike:
    """What was ``asked``, or for less one of the ``others`` that mean the same. No query says it: it is what words come to."""

    asked: Query
    others: tuple[Phrase, ...]

    def __str__(self) -> str:
        return str(self.asked)


Leaf = Word | Phrase | Field
Query = Everything | Leaf | Not | And | Or | Alike


def wanted(query: Query) -> Iterator[Leaf]:
    """The leaves that a found document is found for, that is, those under no ``Not``: what to highlight and rank by."""
    if isinstance(query, Leaf):
        yield query
    elif isinstance(query, And | Or):
        for item in query.items:
            yield from wanted(item)
    elif isinstance(query, Alike):
        yield from wanted(query.asked)
        yield from query.others


def abouts(query: Query) -> Iterator[Field]:
    """Those of the wanted leaves that say what a document is about."""
    return (leaf for leaf in wanted(query) if isinstance(leaf, Field) and leaf.name == "about")


def as_typed(query: Query) -> Query:
    """The query without what is searched besides."""
    if isinstance(query, Alike):
        return query.asked
    if isinstance(query, And | Or):
        return type(query)(tuple(map(as_typed, query.items)))
    return query


def share_typed(query: Query) -> float:
    """How much a document counts, of 1, that is found by what is searched besides: for each such word half of its part."""
    words = [item for item in ranked(query) if not isinstance(item, Field)]
    return 1 - sum(isinstance(word, Alike) for word in words) / max(len(words), 1) / 2


def ranked(query: Query) -> Iterator[Leaf | Alike]:
    """The wanted leaves; forms that mean the same are one."""
    if isinstance(query, Leaf | Alike):
        yield query
    elif isinstance(query, And | Or):
        for item in query.items:
            yield from ranked(item)


def changed(query: Query, leaves: Mapping[Leaf, Leaf]) -> Query:
    """The query with other leaves in the places of those that are wanted."""
    if isinstance(query, Leaf):
        return leaves.get(query, query)
    if isinstance(query, And | Or):
        return type(query)(tuple(changed(item, leaves) for item in query.items))
    return query
