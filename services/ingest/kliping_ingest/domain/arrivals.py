"""When a file's writer is finished: what was seen of each file so far, and when to look again. Times are monotonic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from kliping_ingest.domain.file_identity import Identity

__all__ = ["Arrivals", "Candidate", "Patience", "Writer"]


class Writer(Enum):
    """Whether a program has a file open for writing, as far as the system tells."""

    OPEN = "open"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: ``quiet`` for a file known to be closed, ``stable`` where that cannot be known, ``again`` between looks."""

    quiet: float
    stable: float
    again: float = 0.25


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be news. ``closed``: an event said that its writer closed it or moved it here."""

    name: str
    identity: Identity | None
    since: float
    look_at: float
    closed: bool


class Arrivals:
    """The files that wait, in the order in which they came."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._files: dict[str, Candidate] = {}

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def told(self, name: str, now: float, *, closed: bool) -> None:
        """An event named the file: look at it at once, and again after the quiet time."""
        known = self._files.get(name)
        if known is None:
            self._files[name] = Candidate(name, None, now, now, closed)
        else:
            self._files[name] = replace(known, closed=known.closed or closed, look_at=now)

    def found(self, name: str, identity: Identity, now: float, *, age: float) -> None:
        """A scan met the file, last changed ``age`` seconds ago. A known file keeps its place and history."""
        if name not in self._files:
            unchanged = min(max(age, 0.0), self._patience.stable)
            self._files[name] = Candidate(name, identity, now - unchanged, now, closed=False)

    def names(self) -> tuple[str, ...]:
        """Those that wait, the first come first."""
        return tuple(self._files)

    def due(self, now: float) -> Iterator[Candidate]:
        """Those to look at now, the first come first."""
        return (candidate for candidate in list(self._files.values()) if candidate.look_at <= now)

    def next_look(self) -> float | None:
        """When the next look is due, None when nothing waits."""
        return min((candidate.look_at for candidate in self._files.values()), default=None)

    def drop(self, name: str) -> None:
        """The file was taken or is gone."""
        self._files.pop(name, None)

    def changed(self, candidate: Candidate, identity: Identity, now: float) -> None:
        """The look showed another state than the last one: begin to wait anew."""
        self._files[candidate.name] = replace(
            candidate, identity=identity, since=now, look_at=now + self._patience.quiet
        )

    def is_ready(self, candidate: Candidate, writer: Writer, now: float) -> bool:
        """Whether an unchanged file may be read now; if not, the next look is noted."""
        unchanged = now - candidate.since
        wait = self._patience.quiet
        if writer is Writer.OPEN:
            # Its closing will be told by an event where there are events; else the next look finds out.
            wait, unchanged = self._patience.again, 0.0
        elif writer is Writer.UNKNOWN and not candidate.closed:
            wait = self._patience.stable
        if writer is not Writer.OPEN and unchanged >= wait:
            return True
        look_at = now + min(max(wait - unchanged, 0.001), self._patience.again)
        self._files[candidate.name] = replace(candidate, look_at=look_at)
        return False
