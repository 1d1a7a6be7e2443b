"""Names of several sources as one: what the user says wins over what comes with Kliping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from kliping_extract.domain.canonical import prevailing
from kliping_shared.names import KnownName

T = TypeVar("T")
#: Gives names as they are now: the same object while they are the same.
Source: TypeAlias = Callable[[], Sequence[KnownName]]


def over(ours: Source, theirs: Source) -> Source:
    """Both as one source, where ours win."""
    of_ours = remembering(lambda own: remembering(lambda others: prevailing(own, others)))
    return lambda: of_ours(ours())(theirs())


def remembering(make: Callable[[Sequence[KnownName]], T]) -> Callable[[Sequence[KnownName]], T]:
    """`make`, which is asked again only when it is given another object than the last time."""
    last: list[tuple[Sequence[KnownName], T]] = []

    def made(names: Sequence[KnownName]) -> T:
        if not last or last[0][0] is not names:
            last[:] = [(names, make(names))]
        return last[0][1]

    return made
