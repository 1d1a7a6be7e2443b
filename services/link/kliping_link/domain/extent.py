"""How many days apart the members of a group are at most, kept without looking at all pairs of them."""

from __future__ import annotations

from dataclasses import dataclass

from kliping_link.domain.features import Day

#: First and last of some days; None where there are none.
Range = tuple[int, int] | None


@dataclass(frozen=True)
class Extent:
    """Days of publication of the members that know it, days of arrival of those that do not, and of all."""

    published: Range
    unpublished: Range
    seen: tuple[int, int]

    @classmethod
    def of(cls, day: Day) -> Extent:
        """The extent of a single member."""
        seen = day.seen, day.seen
        return cls(None, seen, seen) if day.published is None else cls((day.published, day.published), None, seen)

    def with_(self, other: Extent) -> Extent:
        """The extent of the members of both."""
        return Extent(
            _both(self.published, other.published),
            _both(self.unpublished, other.unpublished),
            (min(self.seen[0], other.seen[0]), max(self.seen[1], other.seen[1])),
        )

    @property
    def days(self) -> int:
        """What ``Day.apart`` says of the two members that are farthest apart."""
        known = self.published[1] - self.published[0] if self.published else 0
        if self.unpublished is None:
            return known
        return max(known, self.seen[1] - self.unpublished[0], self.unpublished[1] - self.seen[0])


def _both(a: Range, b: Range) -> Range:
    if a is None or b is None:
        return a or b
    return min(a[0], b[0]), max(a[1], b[1])
