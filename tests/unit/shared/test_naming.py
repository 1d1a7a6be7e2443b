"""What is on its way is waited for, within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from kliping_shared.contracts import Contract
from kliping_shared.corrections import naming


@dataclass
class Queue:
    """So much is on its way, one answer after the other; the last holds."""

    answers: list[int]
    asked: int = 0

    async def publish(self, stream: str, messages: Sequence[Contract]) -> None:
        """Not of use here."""

    async def backlog(self) -> int:
        """The next answer."""
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.mark.parametrize(("answers", "asked"), [([0], 1), ([5, 2, 0], 3), ([5], naming.LOOKS)])
async def test_what_is_on_its_way_is_waited_for_but_not_for_ever(
    monkeypatch: pytest.MonkeyPatch, answers: list[int], asked: int
) -> None:
    """Until nothing is, or as often as may be looked where articles keep coming."""
    monkeypatch.setattr(naming, "PAUSE", 0)
    queue = Queue(answers)
    await naming.arrived(queue)
    assert queue.asked == asked
