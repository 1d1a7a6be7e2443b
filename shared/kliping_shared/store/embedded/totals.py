"""How many documents are found, in all and by day; and how many have to be looked at to count anything else of them."""

from __future__ import annotations

import sqlite3

from kliping_shared.store.embedded.compiling import Condition, Plan
from kliping_shared.store.embedded.schema import KIND_NUMBER


def count(connection: sqlite3.Connection, planned: Plan) -> int:
    """How many documents are found; reads no table ``found``."""
    if not planned.has_query and not planned.filters:
        return _of_days(connection, planned)
    return _number(connection, planned.counting())


def by_day(connection: sqlite3.Connection, planned: Plan) -> dict[str, int]:
    """How many of the found documents are of each day (YYYY-MM-DD); those without a day are of none."""
    if not planned.has_query and not planned.filters:
        sql = f"SELECT d.day, d.n FROM day_counts d WHERE d.kind = ? AND d.day != '' AND {planned.days.sql}"  # noqa: S608
        return dict(connection.execute(sql, (KIND_NUMBER[planned.kind], *planned.days.parameters)))
    rows = planned.rows()
    sql = f"SELECT d.day, count(*) {rows.sql} AND d.day IS NOT NULL GROUP BY d.day"
    return dict(connection.execute(sql, rows.parameters))


def looked_at(connection: sqlite3.Connection, planned: Plan, without: str | None = None) -> int:
    """How many documents, at most, have to be looked at for what is found where that filter is left out."""
    if planned.is_everything(without):
        return 0  # what all documents have is kept
    if planned.has_query:
        return _number(connection, Condition("SELECT count(*) FROM temp.found"))
    bounds = [_number(connection, most) for name, most in planned.most.items() if name != without]
    return min([*bounds, _of_days(connection, planned)])


def _of_days(connection: sqlite3.Connection, planned: Plan) -> int:
    """How many documents of the kind are of the plan's days, which is kept."""
    dated = "AND d.day != ''" if planned.days.parameters else ""
    sql = f"SELECT ifnull(sum(d.n), 0) FROM day_counts d WHERE d.kind = ? {dated} AND {planned.days.sql}"  # noqa: S608
    return _number(connection, Condition(sql, (KIND_NUMBER[planned.kind], *planned.days.parameters)))


def _number(connection: sqlite3.Connection, condition: Condition) -> int:
    return int(connection.execute(condition.sql, condition.parameters).fetchone()[0])
