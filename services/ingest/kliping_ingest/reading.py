"""One file to its articles: the one way in, for the folder service and for ``kliping process``.

Opens, limits, chooses the reader, finds each article's parts. Knows nothing of bus, ledger or folders.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kliping_ingest.domain.article import make_article
from kliping_ingest.domain.file_identity import Identity
from kliping_ingest.domain.limits import Limits
from kliping_ingest.domain.raw import RawArticle
from kliping_ingest.domain.rejections import HINTS, reject
from kliping_ingest.opening import open_file, read_open
from kliping_ingest.readers.dispatch import read_records
from kliping_ingest.readers.source import Record, Source
from kliping_shared.contracts import Article
from kliping_shared.errors import RejectedFile
from kliping_shared.inbox.names import shown
from kliping_shared.inbox.records import RejectedRecord

__all__ = ["Head", "Limits", "Reading", "read", "read_bytes", "read_file"]


@dataclass(frozen=True, slots=True)
class Head:
    """The first ``size`` bytes of a file, by their hash."""

    size: int
    sha256: str

    def begins(self, data: bytes) -> bool:
        """Whether ``data`` is that and more."""
        return 0 < self.size < len(data) and hashlib.sha256(data[: self.size]).hexdigest() == self.sha256


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file holds: its articles in the file's order, and the records that could not be read.

    ``failure`` is set when no article came of it. ``identity`` tells which file, in which state, was read;
    ``grown`` that it begins with all that ``Head`` says it held before.
    """

    articles: tuple[Article, ...] = ()
    failed: tuple[RejectedRecord, ...] = ()
    failure: RejectedFile | None = None
    sha256: str = ""
    identity: Identity | None = None
    grown: bool = False


def read_file(path: Path, *, name: str, limits: Limits, now: datetime) -> list[Article]:
    """The articles of one file, at least one. ``name`` stands for it in ``Article.path``; ``now`` needs an offset.

    Raises RejectedFile when none of it can be read, and OSError when it is not there. Of a file of several records the
    good ones are given; ``read`` also tells of the others.
    """
    reading = read(path, name=name, limits=limits, now=now)
    if reading.failure is not None:
        raise reading.failure
    return list(reading.articles)


def read(
    path: Path, *, name: str, limits: Limits, now: datetime, root: Path | None = None, head: Head | None = None
) -> Reading:
    """Like ``read_file``, but with all that failed as values. With ``root`` nothing outside of it is ever opened.

    Raises FileNotFoundError when the file is gone.
    """
    label = shown(name)
    identity = None
    try:
        with open_file(path, root=root, name=label) as opened:
            identity = opened.identity
            data = read_open(opened, limit=limits.file_bytes, name=label)
        reading = read_bytes(data, name=name, limits=limits, now=now)
        return replace(reading, identity=identity, grown=head is not None and head.begins(data))
    except RejectedFile as error:
        return Reading(failure=error, identity=identity)


def read_bytes(data: bytes, *, name: str, limits: Limits, now: datetime) -> Reading:
    """Read a file's content. Never raises for what the bytes hold: a reader that fails is a rejection, too."""
    sha256 = hashlib.sha256(data).hexdigest()
    articles: list[Article] = []
    failed: list[RejectedRecord] = []
    source = Source.of(shown(name), data, limits)
    try:
        for record in read_records(source):
            if isinstance(record, RejectedRecord):
                failed.append(record)
            else:
                _add(record, sha256, now, articles, failed)
    except RejectedFile as error:
        return Reading(failure=error, sha256=sha256)
    except Exception as error:  # a reader's library failed on these bytes: that must not stop the other files
        failure = reject("read-failed", f"{source.name} cannot be read: {type(error).__name__}: {error}")
        failure.__cause__ = error
        return Reading(failure=failure, sha256=sha256)
    nothing = None if articles else _nothing(source.name, failed)
    return Reading(tuple(articles), tuple(failed), nothing, sha256)


def _add(record: Record, sha256: str, now: datetime, articles: list[Article], failed: list[RejectedRecord]) -> None:
    try:
        article = make_article(
            _sendable(record.raw), path=record.path, file_sha256=sha256, media_type=record.media_type, now=now
        )
    except RejectedFile as error:
        failed.append(RejectedRecord.of(record.path, error))
    except ValueError as error:
        failed.append(RejectedRecord(record.path, "read-failed", f"{record.path}: {error}", HINTS["read-failed"]))
    else:
        articles.append(article)


def _sendable(raw: RawArticle) -> RawArticle:
    """Metadata without lone surrogates (from mail headers with raw bytes), which no message could carry."""
    names = ("title", "outlet", "author", "url", "external_id")
    given = {name: value for name in names if (value := getattr(raw, name)) and not value.isascii()}
    clean = {name: value.encode("utf-8", "replace").decode() for name, value in given.items()}
    return raw if clean == given else replace(raw, **clean)


def _nothing(name: str, failed: list[RejectedRecord]) -> RejectedFile:
    """Why a file gave no article at all: its one reason, or the first of several."""
    if not failed:
        return reject("no-text", f"{name} holds no article")
    first = failed[0]
    others = f" (and {len(failed) - 1} more records of this file)" if len(failed) > 1 else ""
    return RejectedFile(first.code, first.message + others, first.hint)
