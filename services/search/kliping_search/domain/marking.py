"""An article's unaltered text as nested pieces to mark: blocks (zones) of runs (claims) of pieces (names, dates, cues).

Joining the text of all pieces, in order, gives the article's text back, character by character.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

Json = Mapping[str, Any]

#: What names a speaker only to who has read what stands before.
RESOLVED: Final = ("pronoun", "role")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that lies in at most one mention of an entity, date, and cue of a claim.

    ``speaks``: a claim that the pronoun or the office here names the speaker of.
    """

    text: str
    entity: Json | None = None
    speaks: Json | None = None
    date: Json | None = None
    cue: Json | None = None


@dataclass(frozen=True)
class Run:
    """A stretch that lies in at most one claim. ``first``: the claim begins here; ``last``: it ends here."""

    pieces: tuple[Piece, ...]
    claim: Json | None = None
    first: bool = False
    last: bool = False


@dataclass(frozen=True)
class Block:
    """A stretch of one zone; ``kind`` is empty for the blanks between zones."""

    kind: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class _Range:
    start: int
    end: int
    what: Json


def blocks(article: Json) -> tuple[Block, ...]:
    """The marked text of a LinkedArticle (as JSON)."""
    text: str = article["text"]
    zones = _apart([_Range(zone["start"], zone["end"], zone) for zone in article["zones"]])
    claims = _apart(
        [_Range(span["start"], span["end"], claim) for claim in article["claims"] for span in claim["spans"]]
    )
    layers = _layers(article)
    ends = {claim["claim_id"]: claim["spans"][-1]["end"] for claim in article["claims"]}
    return tuple(
        Block(zone.what["kind"] if zone else "", _runs(text, start, end, claims, layers, ends))
        for start, end, zone in _cut(0, len(text), zones)
    )


def _runs(
    text: str,
    start: int,
    end: int,
    claims: Sequence[_Range],
    layers: Sequence[Sequence[_Range]],
    ends: Mapping[str, int],
) -> tuple[Run, ...]:
    return tuple(
        Run(
            pieces=tuple(Piece(text[at:to], *marks) for at, to, marks in _layered(low, high, layers)),
            claim=claim.what if claim else None,
            first=claim is not None and low == claim.what["spans"][0]["start"],
            last=claim is not None and high == ends[claim.what["claim_id"]],
        )
        for low, high, claim in _cut(start, end, claims)
    )


def _layers(article: Json) -> tuple[Sequence[_Range], ...]:
    """What pieces lie in, in the order of their fields."""
    claims: Sequence[Json] = article["claims"]
    resolved = [
        claim for claim in claims if claim["speaker"]["resolved_from"] in RESOLVED and claim["speaker"]["mention"]
    ]
    return (
        _apart([_range(mention, entity) for entity in article["entities"] for mention in entity["mentions"]]),
        _apart([_range(claim["speaker"]["mention"], claim) for claim in resolved]),
        _apart([_range(date, date) for date in article.get("dates") or ()]),
        _apart([_range(claim["cue"], claim) for claim in claims if claim["cue"]]),
    )


def _range(span: Json, what: Json) -> _Range:
    return _Range(span["start"], span["end"], what)


def _layered(
    start: int, end: int, layers: Sequence[Sequence[_Range]]
) -> Iterator[tuple[int, int, tuple[Json | None, ...]]]:
    """Cut [start, end) at the borders of all layers: (start, end, what it lies in of each)."""
    if not layers:
        yield start, end, ()
        return
    for low, high, found in _cut(start, end, layers[0]):
        for at, to, rest in _layered(low, high, layers[1:]):
            yield at, to, (found.what if found else None, *rest)


def _apart(ranges: Sequence[_Range]) -> tuple[_Range, ...]:
    """Sorted, the earlier (then the longer) kept where two overlap: one character is marked once per layer."""
    kept: list[_Range] = []
    for item in sorted(ranges, key=lambda item: (item.start, -item.end)):
        if item.start < item.end and (not kept or item.start >= kept[-1].end):
            kept.append(item)
    return tuple(kept)


def _cut(start: int, end: int, ranges: Sequence[_Range]) -> Iterator[tuple[int, int, _Range | None]]:
    """Cut [start, end) at the borders of ranges: (start, end, the range it lies in or None)."""
    inside = [item for item in ranges if item.start < end and item.end > start]
    borders = {start, end}
    for item in inside:
        borders.update((max(item.start, start), min(item.end, end)))
    position = 0
    for low, high in pairwise(sorted(borders)):
        while position < len(inside) and inside[position].end <= low:
            position += 1
        covering = position < len(inside) and inside[position].start <= low
        yield low, high, inside[position] if covering else None
