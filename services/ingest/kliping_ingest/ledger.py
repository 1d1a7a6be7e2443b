"""The ledger in SQLite: which files were met, what became of them, and which texts are versions of which."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from kliping_ingest.domain.file_identity import Identity
from kliping_ingest.domain.rejections import reject
from kliping_ingest.ledger_articles import place, placed_before
from kliping_ingest.ledger_broker import lost, use_broker
from kliping_ingest.ports import Before, FileReading, Kept, Outcome, Plan, Receipt
from kliping_ingest.reading import Reading
from kliping_shared.contracts import Article
from kliping_shared.errors import RejectedFile, SettingsError, TransientError
from kliping_shared.inbox.records import RejectedRecord

__all__ = ["SCHEMA_VERSION", "LedgerTooNew", "SqliteLedger"]

SCHEMA_VERSION = 2
_64_BIT = 1 << 64


class LedgerTooNew(SettingsError):
    """The ledger was written by a later version of Kliping."""


class SqliteLedger:
    """Ledger (see ports) in one SQLite file in WAL mode. Readers may open it at any time (kliping_shared.inbox.ledger)."""

    def __init__(self, path: Path, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Calls come from worker threads, one at a time.
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        self._clock = clock
        # A service that is stopped may close the ledger while a thread it no longer waits for is in a call.
        self._lock = threading.RLock()
        try:
            self._db.executescript("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;")
            self._migrate()
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the file. No call may follow."""
        with self._lock:
            self._db.close()

    def waiting(self, paths: Iterable[str]) -> None:
        now = self._now()
        with self._transaction():
            self._db.executemany(
                "INSERT INTO files (path, state, seen_at) VALUES (?, 'waiting', ?) ON CONFLICT DO NOTHING",
                [(path, now) for path in paths],
            )

    def forget(self, paths: Iterable[str]) -> None:
        now, gone = self._now(), list(paths)
        with self._transaction():
            self._db.executemany(
                "DELETE FROM files WHERE path = ? AND state IN ('waiting', 'in_work') AND published_at IS NULL",
                [(path,) for path in gone],
            )
            self._db.executemany(
                "UPDATE files SET state = iif(outcome = 'rejected', 'rejected', 'done'), finished_at = ?"
                " WHERE path = ? AND state = 'in_work'",
                [(now, path) for path in gone],
            )

    def live(self) -> set[str]:
        with self._lock:
            rows = self._db.execute("SELECT path FROM files WHERE state IN ('waiting', 'in_work')")
            return {path for (path,) in rows}

    def receipt(self, path: str, identity: Identity) -> Receipt | None:
        with self._lock:
            return self._receipt(path, identity)

    def _receipt(self, path: str, identity: Identity) -> Receipt | None:
        row = self._db.execute(
            "SELECT id, outcome, code, message, hint, failed FROM files WHERE path = ? AND state = 'in_work' AND published_at IS NOT NULL"
            " AND (device, inode, size, mtime_ns) = (?, ?, ?, ?)",
            (path, *_columns(identity)),
        ).fetchone()
        if row is None:
            return None
        error = RejectedFile(*row[2:5]) if row[2] else None
        failed = tuple(RejectedRecord(**record) for record in json.loads(row[5]))
        return Receipt(path, identity, row[1], self._articles_of(row[0]), error, failed)

    def before(self, path: str) -> Before | None:
        query = "SELECT device, inode, size, mtime_ns, sha256 FROM files WHERE path = ? AND state = 'in_work'"
        with self._lock:
            row = self._db.execute(query, (path,)).fetchone()
        return Before(Identity(row[0] % _64_BIT, row[1] % _64_BIT, *row[2:4]), row[4] or "") if row else None

    def plan(self, readings: Sequence[FileReading]) -> list[Plan]:
        with self._transaction():
            return [self._plan(one) for one in readings]

    def published(self, plans: Sequence[Plan]) -> None:
        now = self._now()
        with self._transaction(synced=True):
            self._db.executemany(
                "UPDATE files SET published_at = ? WHERE path = ? AND state = 'in_work'",
                [(now, plan.path) for plan in plans],
            )

    def rejected_as(self, path: str) -> tuple[str, ...]:
        with self._lock:
            rows = self._db.execute("SELECT kept_as FROM files WHERE path = ? AND state = 'rejected'", (path,))
            return tuple(kept_as for (kept_as,) in rows if kept_as)

    def finished(self, receipts: Sequence[tuple[Receipt, str]]) -> None:
        now = self._now()
        with self._transaction():
            self._db.executemany(
                "UPDATE files SET state = iif(outcome = 'rejected', 'rejected', 'done'), kept_as = ?, finished_at = ?"
                " WHERE path = ? AND state = 'in_work'",
                [(kept_as, now, receipt.path) for receipt, kept_as in receipts],
            )

    def use_broker(self, broker_id: str) -> int:
        with self._transaction(synced=True):
            return use_broker(self._db, broker_id)

    def lost(self, most: int, after: int = 0) -> list[Kept]:
        with self._lock:
            return lost(self._db, most, after)

    def again(self, kept: Kept, articles: Iterable[Article]) -> list[Article]:
        with self._lock:
            placed = [placed_before(self._db, kept.file_id, article) for article in articles]
        return [one[0] for one in placed if one is not None]

    def found(self, kept: Iterable[Kept]) -> None:
        now = self._now()
        with self._transaction(synced=True):
            self._db.executemany("UPDATE files SET published_at = ? WHERE id = ?", [(now, one.file_id) for one in kept])

    def _plan(self, one: FileReading) -> Plan:
        reading = one.reading
        file_id = self._take(one)
        placed = [place(self._db, file_id, article, grown=reading.grown) for article in reading.articles]
        outcome = _outcome(reading, [decision.outcome for _, decision in placed])
        error = _error(one.path, reading)
        self._db.execute(
            "UPDATE files SET outcome = ?, code = ?, message = ?, hint = ?, failed = ? WHERE id = ?",
            (
                outcome,
                error and error.code,
                error and error.message,
                error and error.hint,
                json.dumps([asdict(record) for record in reading.failed]),
                file_id,
            ),
        )
        return Plan(one.path, one.identity, outcome, tuple(article for article, _ in placed), error, reading.failed)

    def _take(self, one: FileReading) -> int:
        """The file's row, in work. What was decided for it before holds only while its content is the same."""
        row = self._db.execute(
            "SELECT id FROM files WHERE path = ? AND state IN ('waiting', 'in_work')", (one.path,)
        ).fetchone()
        values = (*_columns(one.identity), one.reading.sha256, self._now())
        if row is None:
            inserted = self._db.execute(
                "INSERT INTO files (path, state, seen_at, device, inode, size, mtime_ns, sha256, read_at)"
                " VALUES (?, 'in_work', ?, ?, ?, ?, ?, ?, ?)",
                (one.path, values[-1], *values),
            )
            return int(inserted.lastrowid or 0)
        self._db.execute(
            "UPDATE files SET state = 'in_work', device = ?, inode = ?, size = ?, mtime_ns = ?, sha256 = ?,"
            " read_at = ?, published_at = NULL WHERE id = ?",
            (*values, row[0]),
        )
        keep = [article.article_id for article in one.reading.articles]
        self._db.execute(
            "DELETE FROM file_articles WHERE file_id = ? AND article_id NOT IN (SELECT value FROM json_each(?))",
            (row[0], json.dumps(keep)),
        )
        return int(row[0])

    def _articles_of(self, file_id: int) -> tuple[str, ...]:
        rows = self._db.execute("SELECT article_id FROM file_articles WHERE file_id = ?", (file_id,))
        return tuple(article_id for (article_id,) in rows)

    @contextmanager
    def _transaction(self, *, synced: bool = False) -> Iterator[None]:
        """All or nothing. ``synced``: on disk at the end, not only safe from a crash of this process.

        Raises TransientError when the disk is full, or another program holds the file for long.
        """
        with self._lock:
            try:
                yield from self._begun(synced)
            except sqlite3.OperationalError as error:
                raise TransientError(f"the ledger cannot be written: {error}") from error

    def _begun(self, synced: bool) -> Iterator[None]:
        self._db.execute(f"PRAGMA synchronous = {'FULL' if synced else 'NORMAL'}")
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _migrate(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise LedgerTooNew(
                f"the ledger has version {version}, this Kliping knows {SCHEMA_VERSION}; upgrade Kliping"
            )
        for step in range(version + 1, SCHEMA_VERSION + 1):
            schema = files("kliping_ingest").joinpath(f"ledger_schema_{step}.sql").read_text(encoding="utf-8")
            self._db.executescript(f"BEGIN; {schema}; PRAGMA user_version = {step}; COMMIT;")

    def _now(self) -> str:
        return self._clock().isoformat(timespec="milliseconds")


def _columns(identity: Identity) -> tuple[int, int, int, int]:
    """Devices and inodes may be unsigned 64 bit, which SQLite has not."""
    return (_signed(identity.device), _signed(identity.inode), identity.size, identity.mtime_ns)


def _signed(number: int) -> int:
    return number - _64_BIT if number >= 1 << 63 else number


def _outcome(reading: Reading, placed: Sequence[str]) -> Outcome:
    if reading.failure is not None or reading.failed:
        return "rejected"
    return "ok" if "ok" in placed else "duplicate"


def _error(path: str, reading: Reading) -> RejectedFile | None:
    if reading.failure is not None or not reading.failed:
        return reading.failure
    taken, bad = len(reading.articles), len(reading.failed)
    return reject("rejected-in-part", f"{path}: {taken} record(s) were taken, {bad} could not be read")
