"""The ledger's broker: whose data were published to, and which files another one's loss concerns."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from itertools import accumulate

from kliping_ingest.domain.limits import MIB
from kliping_ingest.ports import Kept

__all__ = ["lost", "use_broker"]

#: Files moved away that are to be published again; an index of the schema holds them.
_LOST = "state IN ('done', 'rejected') AND published_at IS NULL"
#: Where a file is that was moved away; its shelf where the service was killed before it could note that.
_KEPT_AS = "coalesce(kept_as, iif(state = 'rejected', '.rejected/', '.done/') || path)"
#: Bytes read at once, so that many large files do not lie in memory together.
_BATCH_BYTES = 16 * MIB


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


def lost(db: sqlite3.Connection, most: int, after: int) -> list[Kept]:
    """Files that are to be published again, in the order in which they came: see the port."""
    rows = db.execute(
        f"SELECT id, path, {_KEPT_AS}, coalesce(sha256, ''), read_at, coalesce(size, 0) FROM files"  # noqa: S608 - our constants
        f" WHERE {_LOST} AND id > ? ORDER BY id LIMIT ?",
        (after, most),
    ).fetchall()
    sizes = accumulate((row[-1] for row in rows), initial=0)
    return [
        Kept(file_id, path, kept_as, sha256, datetime.fromisoformat(read_at))
        for (file_id, path, kept_as, sha256, read_at, _), before in zip(rows, sizes, strict=False)
        if before < _BATCH_BYTES
    ]
