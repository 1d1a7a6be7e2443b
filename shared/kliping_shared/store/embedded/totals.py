"""How many documents are found, in all and by day."""

from __future__ import annotations

import sqlite3

from kliping_shared.store.embedded.compiling import Plan
from kliping_shared.store.embedded.schema import KIND_NUMBER


def count(connection: sqlite3.Connection, planned: Plan) -> int:
    """How many documents are found; reads no table ``found``."""
    if planned.is_everything():
        sql, parameters = "SELECT ifnull(sum(n), 0) FROM day_counts WHERE kind = ?", (KIND_NUMBER[planned.kind],)
        return int(connection.execute(sql, parameters).fetchone()[0])
    counting = planned.counting()
    return int(connection.execute(counting.sql, counting.parameters).fetchone()[0])


def by_day(connection: sqlite3.Connection, planned: Plan) -> dict[str, int]:
    """How many of the found documents are of each day (YYYY-MM-DD); those without a day are of none."""
    if planned.is_everything():
        sql = "SELECT day, n FROM day_counts WHERE kind = ? AND day != ''"
        return dict(connection.execute(sql, (KIND_NUMBER[planned.kind],)))
    rows = planned.rows()
    sql = f"SELECT d.day, count(*) {rows.sql} AND d.day IS NOT NULL GROUP BY d.day"
    return dict(connection.execute(sql, rows.parameters))
