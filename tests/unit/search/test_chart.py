"""The timeline's drawing."""

from __future__ import annotations

from kliping_search.domain.chart import HEIGHT, LEAST, MOST, chart
from kliping_shared.store.ports import Timeline
from kliping_shared.store.timeline import rolled


def drawn(days: dict[str, int]) -> Timeline:
    """A timeline by day."""
    return rolled(days, "day")


def test_one_stretch_is_no_drawing() -> None:
    """There is nothing to compare it with."""
    assert chart(None) is None
    assert chart(drawn({"2026-01-01": 3})) is None


def test_days_without_documents_take_room() -> None:
    """The fourth day stands three places on; the highest bar is as high as the drawing, and the least is to be seen."""
    made = chart(drawn({"2026-01-01": 1, "2026-01-04": 1000}))
    assert made is not None
    first, last = made.bars
    assert last.x == 3 * (last.x // 3) == made.width - (made.width // 4)
    assert (last.height, last.y, first.height, made.most) == (HEIGHT, 0, LEAST, 1000)


def test_too_many_stretches_stand_side_by_side() -> None:
    """A document of another century does not make the others too thin to be hit."""
    made = chart(drawn({"1926-01-01": 1, "2026-01-01": 1, "2026-01-02": 1}))
    assert made is not None
    assert made.width * MOST > made.width * len(made.bars)
    assert made.width == 3 * (made.width // 3)
    assert [bar.x * 3 // made.width for bar in made.bars] == [0, 1, 2]
