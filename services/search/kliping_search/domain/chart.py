"""The timeline as a drawing: a bar for each stretch of days, as high as it has documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kliping_shared.store.ports import Bar, Interval, Timeline
from kliping_shared.store.timeline import stretch

#: The drawing's height, and the least that a bar has: one document beside ten thousand is to be seen.
HEIGHT: Final = 48
LEAST: Final = 2
#: The width of a stretch, and what of it is left free.
WIDTH, GAP = 10, 2
#: With more stretches bars would be too thin to be hit, and those without documents are left out.
MOST: Final = 160


@dataclass(frozen=True)
class Drawn:
    """A bar in its place, in units of the drawing."""

    bar: Bar
    x: int
    y: float
    width: int
    height: float


@dataclass(frozen=True)
class Chart:
    """Bars from left to right."""

    interval: Interval
    bars: tuple[Drawn, ...]
    width: int
    height: int = HEIGHT

    @property
    def most(self) -> int:
        """What the highest bar has."""
        return max(drawn.bar.count for drawn in self.bars)


def chart(timeline: Timeline | None) -> Chart | None:
    """The drawing; None where there is nothing to compare: fewer than two stretches."""
    if timeline is None or len(timeline.bars) < 2:
        return None
    places = _places(timeline)
    most = max(bar.count for bar in timeline.bars)
    drawn = tuple(_drawn(bar, places[bar.first], most) for bar in timeline.bars)
    return Chart(timeline.interval, drawn, width=(max(places.values()) + 1) * WIDTH)


def _drawn(bar: Bar, place: int, most: int) -> Drawn:
    height = max(LEAST, round(HEIGHT * bar.count / most, 1))
    return Drawn(bar, place * WIDTH, HEIGHT - height, WIDTH - GAP, height)


def _places(timeline: Timeline) -> dict[str, int]:
    """Where each stretch stands: those without documents take room too, unless there are too many."""
    firsts = list(_firsts(timeline))
    shown = firsts if len(firsts) <= MOST else [bar.first for bar in timeline.bars]
    return {first: place for place, first in enumerate(shown)}


def _firsts(timeline: Timeline) -> Iterator[str]:
    """The first days of all stretches; of too many, no more than it takes to know."""
    at, last = date.fromisoformat(timeline.bars[0].first), date.fromisoformat(timeline.bars[-1].first)
    for _ in range(MOST + 1):
        first, end = stretch(at, timeline.interval)
        yield first.isoformat()
        if first >= last:
            return
        at = end + timedelta(days=1)
