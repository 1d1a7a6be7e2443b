"""Near-identical texts: how much of the shorter text's word sequences the longer one holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from itertools import groupby
from zlib import crc32

#: Words in a shingle. Five in a row are hardly ever the same by chance in news prose.
SHINGLE = 5
#: Hashes kept of a text at most; more words mean a sparser sample (each step keeps every second hash).
SAMPLE = 64
#: Hashes by which near-identical texts are looked for.
LEAST = 16
#: Share of the shorter text's shingles that a copy holds. Agencies' texts are shortened and given new first
#: sentences, so well below 1; articles written independently on one event share under 0.1.
COPY = 0.5


@dataclass(frozen=True)
class Sketch:
    """A sample of a text's shingles: hashes whose last ``bits`` bits are zero. The same in every run."""

    bits: int
    hashes: frozenset[int]

    @cached_property
    def least(self) -> tuple[int, ...]:
        """The least hashes: near-identical texts have some of them in common, others hardly ever."""
        return tuple(sorted(self.hashes)[:LEAST])

    def held_by(self, other: Sketch) -> float:
        """Estimated share of the shorter text's shingles that both texts hold, 0 to 1."""
        bits = max(self.bits, other.bits)
        mine = self.hashes if self.bits == bits else self._at(bits)
        theirs = other.hashes if other.bits == bits else other._at(bits)
        shorter = min(len(mine), len(theirs))
        return len(mine & theirs) / shorter if shorter else 0.0

    def _at(self, bits: int) -> frozenset[int]:
        return frozenset(value for value in self.hashes if not value & ((1 << bits) - 1))


def sketch(words: Sequence[str]) -> Sketch:
    """The sketch of a text given as words; a text of under ``SHINGLE`` words has an empty one."""
    plain = [word.encode() for word in words]
    rows = zip(*(plain[start:] for start in range(SHINGLE)), strict=False)
    hashes = set(map(crc32, map(b" ".join, rows)))
    bits = 0
    while len(hashes) > SAMPLE:
        bits += 1
        hashes = {value for value in hashes if not value & ((1 << bits) - 1)}
    return Sketch(bits, frozenset(hashes))


def is_copy(a: Sketch, b: Sketch) -> bool:
    """Whether two texts are near-identical or one is the other cut down; too small a sample proves nothing."""
    return min(len(a.hashes), len(b.hashes)) >= 8 and a.held_by(b) >= COPY


def first_copied(sketches: Sequence[Sketch]) -> dict[int, int]:
    """Number of each text that is near-identical to an earlier one, and of the first such.

    Only texts that share one of their least hashes are compared, and none after the first that fits.
    """
    holding: dict[int, list[int]] = {}
    found: dict[int, int] = {}
    for number, one in enumerate(sketches):
        first = _first_copied(sketches, one, [holding[value] for value in one.least if value in holding])
        if first is not None:
            found[number] = first
        for value in one.least:
            holding.setdefault(value, []).append(number)
    return found


def _first_copied(sketches: Sequence[Sketch], one: Sketch, earlier: Sequence[Sequence[int]]) -> int | None:
    """The least of the numbers in the rows, each sorted, whose text ``one`` is near-identical to."""
    least = min((row[0] for row in earlier), default=None)
    if least is None or is_copy(sketches[least], one):  # a text carried by hundreds mostly repeats the first of them
        return least
    return next((other for other, _ in groupby(merge(*earlier)) if is_copy(sketches[other], one)), None)


def sharing(sketches: Sequence[Sketch]) -> list[list[int]]:
    """Numbers of the texts that share one of their least hashes; only these can be near-identical."""
    holding: dict[int, list[int]] = {}
    for number, one in enumerate(sketches):
        for value in one.least:
            holding.setdefault(value, []).append(number)
    return list({tuple(numbers): numbers for numbers in holding.values() if len(numbers) > 1}.values())
