"""How many documents are found, in all and by day; and how many have to be looked at to count anything else of them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from kliping_shared.store.embedded.compiling import Plan
from kliping_shared.store.embedded.conditions import Condition
from kliping_shared.store.embedded.schema import KIND_NUMBER


def sized(connection: sqlite3.Connection, planned: Plan) -> Plan:
    """The plan with what the store says of its parts: how many documents each may find at most."""
    sizes = {name: int(_row(connection, one.most)[0]) for name, one in planned.filters.items() if one.most is not None}
    matching = _number(connection, planned.holding(planned.words)) if planned.by_words and planned.words else 0
    return replace(planned, sizes=sizes, matching=matching)


def count(connection: sqlite3.Connection, planned: Plan) -> int:
    """How many documents are found; reads no table ``found``."""
    if not planned.filters and not planned.has_query:
        return _of_days(connection, planned)
    if not planned.days.parameters and planned.by_words and not planned.filters:
        return planned.matching
    kept = _under_one(connection, planned) if len(planned.filters) == 1 and not planned.has_query else None
    return _number(connection, planned.counting()) if kept is None else kept


def _under_one(connection: sqlite3.Connection, planned: Plan) -> int | None:
    """How many documents the only filter lets through, where that is kept: of one value, wanted or not."""
    (one,) = planned.filters.values()
    asked = one.most or one.fewer
    if asked is None or (one.most and one.fewer) or planned.days.parameters:
        return None
    number, values = _row(connection, asked)
    if values != 1:
        return None
    return int(number) if one.most else _of_days(connection, planned) - int(number)


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
    bounds = [size for name, size in planned.sizes.items() if name != without]
    if planned.has_query:
        bounds.append(planned.matching)
    return min([*bounds, _of_days(connection, planned)])


def telling(connection: sqlite3.Connection, planned: Plan, enough: int) -> str | None:
    """Of words of which any is asked for, the rarest, up to ``enough`` documents; None where they are not of that kind.

    What holds several of the words holds a rare one of them, mostly.
    """
    chosen: list[str] = []
    held = 0
    for number, words in sorted((_number(connection, planned.holding(words)), words) for words in planned.either):
        held += number
        if chosen and held > enough:
            break
        chosen.append(words)
    return " OR ".join(chosen) or None


def _of_days(connection: sqlite3.Connection, planned: Plan) -> int:
    """How many documents of the kind are of the plan's days, which is kept."""
    dated = "AND d.day != ''" if planned.days.parameters else ""
    sql = f"SELECT ifnull(sum(d.n), 0) FROM day_counts d WHERE d.kind = ? {dated} AND {planned.days.sql}"  # noqa: S608
    return _number(connection, Condition(sql, (KIND_NUMBER[planned.kind], *planned.days.parameters)))


def _number(connection: sqlite3.Connection, condition: Condition) -> int:
    return int(_row(connection, condition)[0])


def _row(connection: sqlite3.Connection, condition: Condition) -> tuple[int, ...]:
    row: tuple[int, ...] = connection.execute(condition.sql, condition.parameters).fetchone()
    return row
