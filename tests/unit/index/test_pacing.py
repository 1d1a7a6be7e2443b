"""When index writes next."""

from __future__ import annotations

import pytest

from kliping_index.pacing import AFTER_ONE, AFTER_SEVERAL, until_next


@pytest.mark.parametrize(
    ("count", "full", "seconds"),
    [(1, 8, AFTER_ONE), (2, 8, AFTER_SEVERAL), (7, 8, AFTER_SEVERAL), (8, 8, 0.0), (1, 1, 0.0)],
)
def test_the_next_write_waits_for_others_to_come(count: int, full: int, seconds: float) -> None:
    """Longer where several came; not at all while more wait than go into a batch."""
    assert until_next(count, full=full) == seconds
