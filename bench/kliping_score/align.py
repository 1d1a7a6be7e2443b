"""Offsets of one text counted in another that differs from it in blanks, or is a stretch of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from .spans import Span, Spans


def _solid(text: str) -> list[int]:
    return [index for index, character in enumerate(text) if not character.isspace()]


@dataclass(frozen=True, slots=True)
class Aligner:
    """Moves spans from a source text to a target text, by counting characters that are not blank."""

    ranks: dict[int, int]
    places: tuple[int, ...]

    @classmethod
    def between(cls, source: str, target: str) -> Self | None:
        """None when the target, blanks apart, is not to be found in the source."""
        theirs, ours = _solid(source), _solid(target)
        squeezed = "".join(source[index] for index in theirs)
        offset = squeezed.find("".join(target[index] for index in ours))
        if offset < 0:
            return None
        ranks = {index: rank - offset for rank, index in enumerate(theirs) if 0 <= rank - offset < len(ours)}
        return cls(ranks, tuple(ours))

    def move(self, span: Span) -> Span | None:
        """The span in the target: its part that is there, None when nothing is."""
        ranks = [self.ranks[index] for index in range(*span) if index in self.ranks]
        return (self.places[ranks[0]], self.places[ranks[-1]] + 1) if ranks else None

    def move_all(self, spans: Spans) -> Spans:
        """The spans that are in the target, moved."""
        return tuple(place for place in map(self.move, spans) if place)
