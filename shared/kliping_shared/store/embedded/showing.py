"""From what is kept of a document to what readers find of it: its words, values and sort keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from kliping_shared.analysis import terms
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.embedded.schema import FIELD_NUMBER, KIND_NUMBER
from kliping_shared.store.searchable import COLUMNS, pieces
from kliping_shared.store.values import folded, names, values

#: Stands between two pieces of a column, so that no phrase reaches across. No term can be it: terms are letters, digits.
BOUNDARY: Final = " ¶ "
#: Patched fields that change nothing but the document itself and its values: the words need not be written again.
_NO_WORDS: Final = frozenset(("story_id", "group_id", "copy_of", "outlet_count", "origin_count", "story_title"))
#: Values whose numbers a writer remembers; some 20 MB.
_REMEMBERED: Final = 100_000
_KIND: Final[Mapping[int, Kind]] = {number: kind for kind, number in KIND_NUMBER.items()}


class Touched:
    """Documents whose look is to be brought up to date, each once however often it was touched."""

    def __init__(self) -> None:
        self._fields: dict[int, set[str] | None] = {}

    def all_of(self, doc: int) -> None:
        """Everything of the document may be another now."""
        self._fields[doc] = None

    def fields_of(self, doc: int, fields: Iterable[str]) -> None:
        """At most these fields of it are."""
        known = self._fields.setdefault(doc, set())
        if known is not None:
            known.update(fields)

    def show(self, connection: sqlite3.Connection, numbers: ValueNumbers) -> None:
        """Bring all of them up to date."""
        for doc, fields in self._fields.items():
            show(connection, numbers, doc, fields)


def patches_of(connection: sqlite3.Connection, kind: int, id: str, article_id: str | None) -> dict[str, Any]:
    """The fields that patches set of a document; ``article_id`` of a claim, whose article's patches count as well."""
    rows = connection.execute(
        "SELECT field, value FROM patches WHERE (target = ?1 AND id = ?2) OR (target = 0 AND id = ?3)"
        " ORDER BY version, target",
        (kind, id, article_id),
    )
    return {field: orjson.loads(value) for field, value in rows}


def show(connection: sqlite3.Connection, numbers: ValueNumbers, doc: int, changed: Collection[str] | None) -> None:
    """Bring words, values and sort keys of a document up to what is kept of it; ``changed`` are the only new fields."""
    row = connection.execute(
        "SELECT d.kind, d.id, d.put_version, d.delete_version, d.article_id, d.live, s.document"
        " FROM docs d LEFT JOIN sources s USING (doc) WHERE doc = ?",
        (doc,),
    ).fetchone()
    number, name, put_version, delete_version, article_id, was_live, source = row
    kind = _KIND[number]
    if source is None or put_version <= delete_version or _left_out(connection, name, put_version, article_id):
        if was_live:
            _hide(connection, kind, doc)
        return
    document = orjson.loads(source) | patches_of(connection, number, name, article_id)
    if not was_live:
        changed = None
    if changed is None or not _NO_WORDS.issuperset(changed):
        _write_words(connection, kind, doc, document, was_live=was_live)
    _write_values(connection, numbers, doc, _numbered_values(kind, document, changed), was_live=was_live)
    keys = (seconds(document.get("published_at")), document.get("published_on"))
    counts = (int(document.get("outlet_count") or 0), int(document.get("origin_count") or 0))
    connection.execute(
        "UPDATE docs SET live = 1, at = ?, day = ?, outlets = ?, origins = ? WHERE doc = ?", (*keys, *counts, doc)
    )


def _left_out(connection: sqlite3.Connection, id: str, version: int, article_id: str | None) -> bool:
    """Whether a claim is none of its article's any more."""
    if article_id is None:
        return False
    kept = connection.execute(
        "SELECT version, claim_ids FROM claim_sets WHERE article_id = ?", (article_id,)
    ).fetchone()
    return kept is not None and kept[0] >= version and id not in orjson.loads(kept[1])


def _hide(connection: sqlite3.Connection, kind: Kind, doc: int) -> None:
    connection.execute(f"DELETE FROM words_{kind} WHERE rowid = ?", (doc,))  # noqa: S608 - one of four kinds
    _forget(connection, doc, connection.execute("SELECT name, val, kind FROM facets WHERE doc = ?", (doc,)).fetchall())
    connection.execute("UPDATE docs SET live = 0 WHERE doc = ?", (doc,))


def _write_words(
    connection: sqlite3.Connection, kind: Kind, doc: int, document: Mapping[str, Any], *, was_live: bool
) -> None:
    texts: dict[str, list[str]] = {column: [] for column in COLUMNS}
    for piece in pieces(kind, document):
        texts[piece.column].append(" ".join(terms(piece.text)))
    if was_live:
        connection.execute(f"DELETE FROM words_{kind} WHERE rowid = ?", (doc,))  # noqa: S608
    connection.execute(
        f"INSERT INTO words_{kind} (rowid, title, text, who) VALUES (?, ?, ?, ?)",  # noqa: S608
        (doc, *(BOUNDARY.join(texts[column]) for column in COLUMNS)),
    )


@dataclass(frozen=True)
class _Values:
    """Values of some fields of a document, by the fields' numbers."""

    kind: int
    fields: frozenset[int]
    pairs: tuple[tuple[int, str], ...]


def _numbered_values(kind: Kind, document: Mapping[str, Any], changed: Collection[str] | None) -> _Values:
    fields = [name for name in names(kind) if changed is None or name in changed]
    pairs = tuple(
        (FIELD_NUMBER[name], value) for name, several in values(kind, document, fields).items() for value in several
    )
    return _Values(KIND_NUMBER[kind], frozenset(FIELD_NUMBER[name] for name in fields), pairs)


def _write_values(
    connection: sqlite3.Connection, numbers: ValueNumbers, doc: int, new: _Values, *, was_live: bool
) -> None:
    """Make the document's rows in ``facets`` for these fields what they should be, writing only what differs."""
    wanted = {(name, numbers.of(connection, name, value), new.kind) for name, value in new.pairs}
    if was_live and new.fields:
        rows = connection.execute("SELECT name, val, kind FROM facets WHERE doc = ?", (doc,)).fetchall()
        kept = {row for row in rows if row[0] in new.fields}
        _forget(connection, doc, kept - wanted)
        wanted -= kept
    rows = [(kind, name, val, doc) for name, val, kind in wanted]
    connection.executemany("INSERT INTO facets (kind, name, val, doc) VALUES (?, ?, ?, ?)", rows)


def _forget(connection: sqlite3.Connection, doc: int, rows: Iterable[tuple[int, int, int]]) -> None:
    keys = [(kind, name, val, doc) for name, val, kind in rows]
    connection.executemany("DELETE FROM facets WHERE kind = ? AND name = ? AND val = ? AND doc = ?", keys)


class ValueNumbers:
    """The numbers of values. They never change, so a writer remembers them; ``forget`` after a rollback."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], int] = {}

    def of(self, connection: sqlite3.Connection, name: int, value: str) -> int:
        """The number of a value of the field with this number; made when there is none."""
        known = self._known.get((name, value))
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[name, value] = _value_number(connection, name, value)
        return known

    def forget(self) -> None:
        """Some of the remembered numbers may not be in the file."""
        self._known.clear()


def _value_number(connection: sqlite3.Connection, name: int, value: str) -> int:
    found = connection.execute("SELECT val FROM vals WHERE name = ? AND value = ?", (name, value)).fetchone()
    if found is not None:
        return int(found[0])
    made = connection.execute(
        "INSERT INTO vals (name, value, folded) VALUES (?, ?, ?)", (name, value, f" {folded(value)} ")
    ).lastrowid
    assert made is not None
    return made


def seconds(published_at: str | None) -> int | None:
    """Seconds since 1970 of an ISO 8601 time; None for none, and for what is no time (it sorts as undated)."""
    try:
        return int(datetime.fromisoformat(published_at).timestamp()) if published_at else None
    except (ValueError, OverflowError):
        return None


def rebuild_words(connection: sqlite3.Connection) -> None:
    """Write the words of every document anew, after the analysis chain has changed."""
    for kind in KINDS:
        connection.execute(f"DELETE FROM words_{kind}")  # noqa: S608
    rows = connection.execute("SELECT doc, kind, id, article_id FROM docs WHERE live = 1").fetchall()
    for doc, number, name, article_id in rows:
        (source,) = connection.execute("SELECT document FROM sources WHERE doc = ?", (doc,)).fetchone()
        document = orjson.loads(source) | patches_of(connection, number, name, article_id)
        _write_words(connection, _KIND[number], doc, document, was_live=False)
