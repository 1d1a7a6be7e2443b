"""Where a found document's text matches the query: computed from the text itself, so equal for every store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kliping_shared.analysis import terms
from kliping_shared.analysis.tokens import WORD
from kliping_shared.query import FIELDS, Field, Query, wanted
from kliping_shared.store.documents import Kind
from kliping_shared.store.searchable import ABOUT_COLUMNS, DEFAULT_COLUMNS, Column, pieces

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Needle:
    """Terms to find in a row, in one of these columns."""

    terms: tuple[str, ...]
    columns: tuple[Column, ...]


def needles(query: Query, kind: Kind) -> tuple[Needle, ...]:
    """What the query looks for in the words of a document of ``kind``; values of fields are not words of a text."""
    found = []
    for leaf in wanted(query):
        if not isinstance(leaf, Field):
            found.append(Needle(tuple(terms(leaf.text)), DEFAULT_COLUMNS[kind]))
        elif FIELDS[leaf.name].use == "title":
            found.append(Needle(tuple(terms(leaf.value)), ("title",)))
        elif FIELDS[leaf.name].use == "about":
            found.append(Needle(tuple(terms(leaf.value)), ABOUT_COLUMNS[kind]))
    return tuple(found)


def highlights(kind: Kind, document: Mapping[str, Any], sought: Sequence[Needle]) -> dict[str, Ranges]:
    """Field -> character ranges of every match in it; a phrase is one range."""
    found: dict[str, list[tuple[int, int]]] = {}
    for piece in pieces(kind, document) if sought else ():
        here = [needle.terms for needle in sought if piece.column in needle.columns]
        if piece.field is None or not here:
            continue
        for start, end in _matches(piece.text, here):
            found.setdefault(piece.field, []).append((piece.offset + start, piece.offset + end))
    return {name: _merged(ranges) for name, ranges in found.items()}


def _matches(text: str, sought: Sequence[tuple[str, ...]]) -> Iterable[tuple[int, int]]:
    """Character ranges of ``text`` where one of the rows of terms stands. Most words are of no row, so they are looked
    at by their terms alone."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for row in sought:
        by_first.setdefault(row[0], []).append(row)
    found = terms(text)
    hits = [index for index, term in enumerate(found) if term in by_first]
    places = list(WORD.finditer(text)) if hits else []
    for index in hits:
        for row in by_first[found[index]]:
            if tuple(found[index : index + len(row)]) == row:
                yield places[index].start(), places[index + len(row) - 1].end()


def _merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
