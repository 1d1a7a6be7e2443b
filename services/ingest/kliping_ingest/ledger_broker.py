"""The ledger's broker: whose data were published to, and which files another one's loss concerns."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from kliping_ingest.ports import Kept

__all__ = ["lost", "use_broker"]

#: Files moved away that are to be published again; an index of the schema holds them.
_LOST = "state IN ('done', 'rejected') AND published_at IS NULL"


def use_broker(db: sqlite3.Connection, broker_id: str) -> int:
    """Note the broker; what was published to another counts as not published. Gives the files moved away, yet to repeat."""
    row = db.execute("SELECT id FROM broker").fetchone()
    if row != (broker_id,):
        db.execute("DELETE FROM broker")
        db.execute("INSERT INTO broker (id) VALUES (?)", (broker_id,))
    if row is not None and row != (broker_id,):
        db.execute(
            "UPDATE files SET published_at = NULL WHERE EXISTS (SELECT 1 FROM file_articles WHERE file_id = files.id)"
        )
    return int(db.execute(f"SELECT count(*) FROM files WHERE {_LOST}").fetchone()[0])  # noqa: S608 - our constant


def lost(db: sqlite3.Connection, most: int) -> list[Kept]:
    """The first ``most`` files that are to be published again, in the order in which they came."""
    rows = db.execute(
        "SELECT id, path, coalesce(kept_as, path), coalesce(sha256, ''), read_at FROM files"  # noqa: S608 - our constant
        f" WHERE {_LOST} ORDER BY id LIMIT ?",
        (most,),
    )
    return [
        Kept(file_id, path, kept_as, sha256, datetime.fromisoformat(read_at))
        for file_id, path, kept_as, sha256, read_at in rows
    ]
