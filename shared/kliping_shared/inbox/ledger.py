"""Reading ingest's ledger from outside: for the page and ``kliping status``, while ingest runs and when it does not."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kliping_shared.inbox.records import RejectedRecord

#: A file lies in the inbox in the first two, and was moved away in the others.
State = Literal["waiting", "in_work", "done", "rejected"]

__all__ = ["FileCounts", "FileStatus", "State", "file_counts", "find_files", "latest_files"]

_COLUMNS: Final = "id AS number, path, state, outcome, code, message, hint, failed, kept_as, seen_at, read_at, published_at, finished_at"


@dataclass(frozen=True, slots=True)
class FileCounts:
    """Files by state; those done split into ``ok`` and ``duplicate``."""

    waiting: int = 0
    in_work: int = 0
    done: int = 0
    rejected: int = 0
    ok: int = 0
    duplicate: int = 0


@dataclass(frozen=True, slots=True)
class FileStatus:
    """One stay of a file in the inbox. Paths are below the inbox, times ISO 8601; None for what has not happened yet.

    ``number`` is the stay's own, higher for those that began later.
    """

    number: int
    path: str
    state: State
    outcome: str | None
    code: str | None
    message: str | None
    hint: str | None
    failed: tuple[RejectedRecord, ...]
    kept_as: str | None
    seen_at: str
    read_at: str | None
    published_at: str | None
    finished_at: str | None
    article_count: int
    article_ids: tuple[str, ...]


def file_counts(ledger: Path) -> FileCounts:
    """How many files are in which state; all zero where there is no ledger yet."""
    with _reading(ledger) as db:
        if db is None:
            return FileCounts()
        states = dict(db.execute("SELECT state, count(*) FROM files GROUP BY state"))
        outcomes = dict(db.execute("SELECT outcome, count(*) FROM files WHERE state = 'done' GROUP BY outcome"))
    return FileCounts(
        **{state: states.get(state, 0) for state in ("waiting", "in_work", "done", "rejected")},
        ok=outcomes.get("ok", 0),
        duplicate=outcomes.get("duplicate", 0),
    )


def find_files(ledger: Path, name: str, *, limit: int = 20) -> list[FileStatus]:
    """The stays of files with this path below the inbox or this base name (``a.txt``), the latest first."""
    wanted = name.removeprefix("./")
    escaped = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    where = "path = ? OR path LIKE ? ESCAPE '\\' OR kept_as = ?"
    return _select(ledger, where, (wanted, f"%/{escaped}", wanted), limit)


def latest_files(
    ledger: Path, states: Sequence[State] = (), *, before: int | None = None, limit: int = 100, articles: int = -1
) -> list[FileStatus]:
    """The stays in these states (in any without one) that began last, of those whose number is below ``before``.

    ``articles``: how many of a file's articles are told at most, -1 for all.
    """
    where = [f"state IN ({', '.join('?' * len(states))})"] if states else []
    where += ["id < ?"] if before is not None else []
    values = (*states, *([] if before is None else [before]))
    return _select(ledger, " AND ".join(where) or "1", values, limit, articles)


def _select(
    ledger: Path, where: str, values: tuple[str | int, ...], limit: int, articles: int = -1
) -> list[FileStatus]:
    with _reading(ledger) as db:
        if db is None:
            return []
        query = f"SELECT {_COLUMNS} FROM files WHERE {where} ORDER BY id DESC LIMIT ?"  # noqa: S608 - our constants
        return [_status(db, row, articles) for row in db.execute(query, (*values, limit)).fetchall()]


def _status(db: sqlite3.Connection, row: sqlite3.Row, articles: int) -> FileStatus:
    ids = db.execute("SELECT article_id FROM file_articles WHERE file_id = ? LIMIT ?", (row["number"], articles))
    count = db.execute("SELECT count(*) FROM file_articles WHERE file_id = ?", (row["number"],)).fetchone()[0]
    values = {name: row[name] for name in row.keys() if name != "failed"}  # noqa: SIM118 - a Row
    return FileStatus(
        **values,
        failed=tuple(RejectedRecord(**record) for record in json.loads(row["failed"])),
        article_count=count,
        article_ids=tuple(article_id for (article_id,) in ids),
    )


@contextmanager
def _reading(ledger: Path) -> Iterator[sqlite3.Connection | None]:
    """A connection that cannot write; None where there is no ledger yet."""
    if not ledger.is_file():
        yield None
        return
    # Without ingest at work there is no log beside the file, and on a read-only volume none can be made.
    at_rest = not ledger.with_name(f"{ledger.name}-wal").exists() and not os.access(ledger.parent, os.W_OK)
    options = "immutable=1" if at_rest else "mode=ro"
    with closing(sqlite3.connect(f"{ledger.absolute().as_uri()}?{options}", uri=True, timeout=10)) as db:
        db.row_factory = sqlite3.Row
        yield db if db.execute("PRAGMA user_version").fetchone()[0] else None
