"""Opening the store's file, and what SQLite's errors mean to a caller."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from kliping_shared.errors import QueryError, SettingsError, StoreUnavailable

#: How long one writer waits for another (a message's transaction takes milliseconds, a rebuild of the index minutes).
BUSY_SECONDS: Final = 30.0
_TOO_DEEP: Final = ("parser stack overflow", "xpression tree is too large")


def check_sqlite() -> None:
    """Raise SettingsError where this Python's SQLite has no FTS5."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        except sqlite3.OperationalError as error:
            raise SettingsError(
                f"this Python's SQLite {sqlite3.sqlite_version} has no full-text search (FTS5), which the embedded "
                "store needs: use a Python whose sqlite3 has it (python.org, Debian, uv), or KLIPING_OPENSEARCH_URL"
            ) from error


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Tell a caller that it may try again: whatever SQLite says, or a damaged document, no message is to blame for it.

    A query may be: one with more brackets inside each other than SQLite takes is a QueryError.
    """
    try:
        yield
    except sqlite3.Error as error:
        if any(words in str(error) for words in _TOO_DEEP):
            raise QueryError("the query has too many words or brackets inside each other", 0) from error
        raise StoreUnavailable(f"the store {path} does not answer: {error}") from error
    except zlib.error as error:
        raise StoreUnavailable(f"the store {path} is damaged: {error}") from error


def open_for_writing(path: Path) -> sqlite3.Connection:
    """A connection of one thread at a time that commits durably (FULL: a commit survives a power cut)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "wal_autocheckpoint = 4000",
            "cache_size = -65536",
            "temp_store = MEMORY",
            "secure_delete = OFF",  # else what a migration drops is written once more
        ):
            connection.execute(f"PRAGMA {pragma}").close()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A connection of one thread at a time that cannot change the file. Raises sqlite3.Error where it is not there."""
    address = path.absolute().as_uri()
    connection = sqlite3.connect(
        f"{address}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in ("temp_store = MEMORY", "cache_size = -32768", "mmap_size = 2147418112"):
            connection.execute(f"PRAGMA {pragma}").close()
        connection.execute("CREATE TEMP TABLE found (doc INTEGER PRIMARY KEY, score REAL NOT NULL)")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
