"""Reading connections: as many as there are searches at once, of a file that may not be there yet."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final

from kliping_shared.errors import StoreUnavailable
from kliping_shared.store.embedded.connection import open_for_reading, store_errors
from kliping_shared.store.embedded.schema import MIGRATIONS, newer, version_of

#: SQLite asks after so many steps of its machine whether to go on: some thousand times a second.
_STEPS: Final = 20_000


class ReadPool:
    """Idle connections to one file; thread-safe. A file that was replaced by another is noticed."""

    def __init__(self, path: Path, *, seconds: float) -> None:
        self._path = path
        self._seconds = seconds
        self._lock = Lock()
        self._idle: list[sqlite3.Connection] = []
        self._file: tuple[int, int] | None = None

    @contextmanager
    def snapshot(self, *, bounded: bool = True) -> Iterator[sqlite3.Connection | None]:
        """A connection that sees one state of the store until the end; None while there is no store.

        ``bounded`` queries are interrupted after the pool's ``seconds``. Raises StoreUnavailable.
        """
        with store_errors(self._path):
            connection = self._take()
            if connection is None:
                yield None
                return
            deadline = time.monotonic() + self._seconds
            connection.set_progress_handler((lambda: time.monotonic() > deadline) if bounded else None, _STEPS)
            try:
                connection.execute("BEGIN")
                yield connection
                connection.execute("COMMIT")
            except sqlite3.Error:
                connection.close()
                raise
            except BaseException:
                connection.execute("ROLLBACK")
                self._give_back(connection)
                raise
            self._give_back(connection)

    def close(self) -> None:
        """Close the idle connections."""
        with self._lock:
            for connection in self._idle:
                connection.close()
            self._idle.clear()

    def _take(self) -> sqlite3.Connection | None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self.close()
            return None
        with self._lock:
            if self._file != (status.st_dev, status.st_ino):
                self._file = (status.st_dev, status.st_ino)
                while self._idle:
                    self._idle.pop().close()
            if self._idle:
                return self._idle.pop()
        return self._opened()

    def _opened(self) -> sqlite3.Connection | None:
        connection = open_for_reading(self._path)
        try:
            version = version_of(connection)
        except sqlite3.Error:
            connection.close()
            raise
        if version == len(MIGRATIONS):
            return connection
        connection.close()
        if version > len(MIGRATIONS):
            raise StoreUnavailable(newer(version))
        if version:
            raise StoreUnavailable("the store waits for `kliping index` (or `kliping up`) of this release to update it")
        return None

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            self._idle.append(connection)
