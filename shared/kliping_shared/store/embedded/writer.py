"""Writing the embedded store: one transaction for each call, in a thread of its own."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kliping_shared.analysis import fingerprint
from kliping_shared.errors import StoreUnavailable
from kliping_shared.store.embedded.applying import apply_changes
from kliping_shared.store.embedded.connection import check_sqlite, open_for_writing, store_errors
from kliping_shared.store.embedded.numbering import ValueNumbers
from kliping_shared.store.embedded.schema import MIGRATIONS, migrate, newer, version_of
from kliping_shared.store.embedded.showing import rebuild_words
from kliping_shared.store.ports import Change


class EmbeddedWriter:
    """``StoreWriter`` on SQLite. Several may be open, in several processes; they take turns."""

    def __init__(self, path: Path) -> None:
        """Open, make or migrate the file. Raises SettingsError (no FTS5), StoreUnavailable."""
        check_sqlite()
        self._path = path
        with store_errors(path):
            self._connection = open_for_writing(path)
            try:
                migrate(self._connection)
                _follow_analysis(self._connection)
            except BaseException:
                self._connection.close()
                raise
        self._numbers = ValueNumbers()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-writer")

    async def apply(self, messages: Sequence[Sequence[Change]]) -> None:
        """Apply all changes of all messages in one transaction; on any error none of them."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._apply, messages)

    async def close(self) -> None:
        """Finish what is being written, then release the file."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._connection.close)
        self._thread.shutdown(wait=False)

    def _apply(self, messages: Sequence[Sequence[Change]]) -> None:
        with store_errors(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                if (version := version_of(self._connection)) != len(
                    MIGRATIONS
                ):  # another process has migrated the file
                    raise StoreUnavailable(newer(version))
                apply_changes(self._connection, [change for unit in messages for change in unit], self._numbers)
                self._connection.execute("COMMIT")
            except BaseException:
                self._numbers.forget()
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def _follow_analysis(connection: sqlite3.Connection) -> None:
    """Analyse all documents anew when they were analysed by another chain than this release's queries are."""
    now = fingerprint()
    kept = connection.execute("SELECT value FROM meta WHERE name = 'analysis'").fetchone()
    if kept is not None and kept[0] == now:
        return
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if kept is not None:
            rebuild_words(connection)
        connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('analysis', ?)", (now,))
