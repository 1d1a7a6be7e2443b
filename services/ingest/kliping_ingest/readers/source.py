"""What every reader gets and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from kliping_ingest.domain.limits import Limits
from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.rejections import reject
from kliping_shared.inbox.records import RejectedRecord

__all__ = ["Budget", "Reader", "Record", "Source"]


@dataclass(slots=True)
class Budget:
    """What one dropped file has used so far, archives within it included."""

    limits: Limits
    packed: int
    expanded: int = 0
    records: int = 0

    def expand(self, amount: int, name: str) -> None:
        """Count ``amount`` unpacked bytes. Raises RejectedFile(zip-bomb) when it is too much of a good thing."""
        self.expanded += amount
        if self.expanded > self.limits.expanded_bytes:
            raise reject("zip-bomb", f"{name} unpacks to more than {self.limits.expanded_bytes} bytes")
        ratio = self.expanded / max(self.packed, 1)
        if self.expanded > self.limits.ratio_floor and ratio > self.limits.expanded_ratio:
            raise reject("zip-bomb", f"{name} unpacks to more than {self.limits.expanded_ratio} times its size")

    def record(self, name: str) -> None:
        """Count one record. Raises RejectedFile(too-many-records)."""
        self.records += 1
        if self.records > self.limits.records:
            raise reject("too-many-records", f"{name} has more than {self.limits.records} records")


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a file or of a member of an archive. ``name`` is its path below the inbox, only ever a name."""

    name: str
    data: bytes
    budget: Budget
    depth: int = 0

    @classmethod
    def of(cls, name: str, data: bytes, limits: Limits) -> Source:
        """A dropped file's bytes with a fresh budget."""
        return cls(name, data, Budget(limits, packed=len(data)))

    @property
    def limits(self) -> Limits:
        """Limits of the dropped file."""
        return self.budget.limits

    def member(self, name: str, data: bytes) -> Source:
        """A file packed within this one."""
        return replace(self, name=name, data=data, depth=self.depth + 1)


@dataclass(frozen=True, slots=True)
class Record:
    """One article as read. ``path`` is the source's name, with ``#record`` where it holds several."""

    path: str
    raw: RawArticle
    media_type: str = field(default="")


#: Yields what it can read and what it cannot; raises RejectedFile when the whole source cannot be read.
Reader = Callable[[Source], Iterator[Record | RejectedRecord]]
