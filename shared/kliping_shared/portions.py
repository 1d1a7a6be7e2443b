"""Work on many things, so many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def portions(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in their order, ``size`` at a time, the last ones as many as are left (itertools.batched of Python 3.12)."""
    return (items[start : start + size] for start in range(0, len(items), size))
