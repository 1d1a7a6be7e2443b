"""When index writes next."""

from __future__ import annotations

import pytest

from kliping_index.pacing import AFTER_ONE, AFTER_SEVERAL, paced
from kliping_shared.contracts import LinkedArticle
from kliping_shared.errors import StoreUnavailable
from tests.unit.index.building import linked


class Clock:
    """A time that goes on while something works or sleeps."""

    def __init__(self, *, work: float) -> None:
        self.now = 100.0
        self.slept: list[float] = []
        self._work = work

    def time(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    async def index(self, messages: list[LinkedArticle]) -> list[Exception | None]:
        assert self.slept == []
        self.now += self._work
        return [None] * len(messages)


@pytest.mark.parametrize(
    ("count", "work", "pause"),
    [
        (1, 0.02, AFTER_ONE - 0.02),
        (2, 0.02, AFTER_SEVERAL - 0.02),
        (7, 0.02, AFTER_SEVERAL - 0.02),
        (1, 5.0, 0.0),
        (7, 5.0, 0.0),
    ],
)
async def test_what_comes_next_is_gathered(count: int, work: float, pause: float) -> None:
    """After the write, and never before it, index waits until the next one may start; longer where several came."""
    clock = Clock(work=work)
    messages = [linked(f"a{number}") for number in range(count)]
    outcomes = await paced(messages, index=clock.index, full=8, clock=clock.time, sleep=clock.sleep)
    assert outcomes == [None] * count
    assert clock.slept == [pytest.approx(pause)]


async def test_a_full_batch_is_followed_at_once() -> None:
    """While more wait than go into a batch, there is nothing to gather."""
    clock = Clock(work=0.02)
    await paced([linked("a1"), linked("a2")], index=clock.index, full=2, clock=clock.time, sleep=clock.sleep)
    assert clock.slept == []


async def test_a_failure_is_told_at_once() -> None:
    """What cannot be written is not held up."""

    async def away(_: list[LinkedArticle]) -> list[Exception | None]:
        raise StoreUnavailable("away")

    clock = Clock(work=0.0)
    with pytest.raises(StoreUnavailable):
        await paced([linked()], index=away, full=8, clock=clock.time, sleep=clock.sleep)
    assert clock.slept == []
