"""What ingest needs from others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from kliping_ingest.domain.file_identity import Identity
from kliping_ingest.reading import Head, Reading
from kliping_shared.contracts import Article
from kliping_shared.contracts.base import Contract
from kliping_shared.errors import RejectedFile
from kliping_shared.inbox.records import RejectedRecord

__all__ = ["Before", "FileReading", "Kept", "Ledger", "Outcome", "Plan", "Publisher", "Receipt", "Reread"]

Outcome = Literal["ok", "duplicate", "rejected"]


class Publisher(Protocol):
    """The way to the streams."""

    async def publish(self, stream: str, messages: Sequence[Contract]) -> None:
        """Returns once the broker has all of them; waits while it is away. May be repeated for the same messages."""

    async def durable(self) -> None:
        """Returns once what was published is on the broker's disk."""

    async def backlog(self) -> int:
        """Messages that the slowest stage has yet to handle."""

    async def broker_id(self) -> str:
        """Names the broker's data: another id says that what was published before may be lost."""


@dataclass(frozen=True, slots=True)
class Before:
    """A file as it was at an earlier reading, to tell whether it only grew since."""

    identity: Identity
    sha256: str

    def head(self, identity: Identity) -> Head | None:
        """What to look for in the file as it is now; None when it is another file."""
        return Head(self.identity.size, self.sha256) if identity.same_file(self.identity) else None


@dataclass(frozen=True, slots=True)
class FileReading:
    """What was read of the file that lay at ``path`` as ``identity``."""

    path: str
    identity: Identity
    reading: Reading


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of one file: the articles to publish for it, stamped, and its outcome.

    ``path`` is its name below the inbox as shown to people; it keys the ledger.
    """

    path: str
    identity: Identity
    outcome: Outcome
    articles: tuple[Article, ...] = ()
    error: RejectedFile | None = None
    failed: tuple[RejectedRecord, ...] = ()

    def receipt(self) -> Receipt:
        """What remains to be known of the file once its articles are published."""
        ids = tuple(article.article_id for article in self.articles)
        return Receipt(self.path, self.identity, self.outcome, ids, self.error, self.failed)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file that the ledger has as published (or found bad) and that still lies in the inbox."""

    path: str
    identity: Identity
    outcome: Outcome
    article_ids: tuple[str, ...]
    error: RejectedFile | None
    failed: tuple[RejectedRecord, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was published and moved away: its row, its name in the inbox, where it is now, and when it was read."""

    file_id: int
    path: str
    kept_as: str
    sha256: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Reread:
    """What is left of a file that was moved away; without articles ``trouble`` says why.

    ``later``: it could not be read now, but may be at another time.
    """

    articles: tuple[Article, ...] = ()
    trouble: str = ""
    later: bool = False


class Ledger(Protocol):
    """Which files were met and what became of them. Blocking; one caller at a time."""

    def waiting(self, paths: Iterable[str]) -> None:
        """Note files that wait. Known ones stay as they are."""

    def forget(self, paths: Iterable[str]) -> None:
        """Files that are no longer in the inbox: those published count as finished, of the others nothing is kept."""

    def live(self) -> set[str]:
        """Paths of the files that lay in the inbox when the ledger was last told."""

    def receipt(self, path: str, identity: Identity) -> Receipt | None:
        """The receipt of a file in exactly this state, None when it has yet to be read and published."""

    def before(self, path: str) -> Before | None:
        """How the file was when it was read last, if that was in this stay of it in the inbox."""

    def plan(self, readings: Sequence[FileReading]) -> list[Plan]:
        """Decide each file's lineage and write the intent down, in one transaction, before anything is published."""

    def published(self, plans: Sequence[Plan]) -> None:
        """The plans' articles are durably in the stream. On disk when this returns."""

    def rejected_as(self, path: str) -> tuple[str, ...]:
        """Where earlier files of this path were kept that were rejected."""

    def finished(self, receipts: Sequence[tuple[Receipt, str]]) -> None:
        """The files were moved away, each to the path given."""

    def use_broker(self, broker_id: str) -> int:
        """Note where is published to. When that was another broker, what was published counts as not published:

        files in the inbox are read again, those moved away are ``lost``. Gives how many of the latter there are.
        """

    def lost(self, most: int, after: int = 0) -> list[Kept]:
        """The first files moved away, of rows beyond ``after``, whose articles are to be published again.

        Fewer than ``most`` where they are large.
        """

    def again(self, kept: Kept, articles: Iterable[Article]) -> list[Article]:
        """The articles of the file as they were published, those that it did not hold then left out."""

    def found(self, kept: Iterable[Kept]) -> None:
        """These are no longer lost. On disk when this returns."""
