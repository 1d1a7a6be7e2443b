"""Numbers of the values by which documents are filtered and counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from typing import Final

import orjson

from kliping_shared.store.embedded.schema import FIELDS_AT_MOST
from kliping_shared.store.values import folded

#: Values whose numbers a writer remembers; some 20 MB.
_REMEMBERED: Final = 100_000

#: A field's number and the value as text.
Value = tuple[int, str]


class ValueNumbers:
    """The numbers of values; each says its field. They never change, so a writer remembers them; ``forget`` after a
    rollback.
    """

    def __init__(self) -> None:
        self._known: dict[Value, int] = {}

    def of(self, connection: sqlite3.Connection, wanted: Collection[Value]) -> Mapping[Value, int]:
        """The number of each value; made where there is none."""
        unknown = [value for value in wanted if value not in self._known]
        if unknown:
            if len(self._known) + len(unknown) > _REMEMBERED:
                self._known.clear()
                unknown = list(wanted)
            self._read(connection, unknown)
            self._make(connection, sorted(value for value in unknown if value not in self._known))
        return self._known

    def _read(self, connection: sqlite3.Connection, values: Collection[Value]) -> None:
        sql = (
            "SELECT v.name, v.value, v.val FROM json_each(?) j CROSS JOIN vals v"
            " ON v.name = json_extract(j.value, '$[0]') AND v.value = json_extract(j.value, '$[1]')"
        )
        rows = connection.execute(sql, (orjson.dumps(list(values)).decode(),))
        self._known.update({(name, value): number for name, value, number in rows})

    def _make(self, connection: sqlite3.Connection, values: Collection[Value]) -> None:
        (last,) = connection.execute("SELECT ifnull(max(val), 0) FROM vals").fetchone()
        first = last // FIELDS_AT_MOST + 1
        made = {value: number * FIELDS_AT_MOST + value[0] for number, value in enumerate(values, start=first)}
        connection.executemany(
            "INSERT INTO vals (val, name, value, folded) VALUES (?, ?, ?, ?)",
            [(number, name, value, f" {folded(value)} ") for (name, value), number in made.items()],
        )
        self._known.update(made)

    def forget(self) -> None:
        """Some of the remembered numbers may not be in the file."""
        self._known.clear()
