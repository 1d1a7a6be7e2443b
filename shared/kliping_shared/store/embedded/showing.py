"""From what is kept of a document to what readers find of it: its words, values and sort keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
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
_CLAIMS: Final = KIND_NUMBER["claims"]
_KIND: Final[Mapping[int, Kind]] = {number: kind for kind, number in KIND_NUMBER.items()}


def patches_of(connection: sqlite3.Connection, kind: int, id: str, article_id: str | None) -> dict[str, Any]:
    """The fields that patches set of a document; ``article_id`` of a claim, whose article's patches count as well."""
    rows = connection.execute(
        "SELECT field, value FROM patches WHERE (target = ?1 AND id = ?2) OR (target = 0 AND id = ?3)"
        " ORDER BY version, target",
        (kind, id, article_id),
    )
    return {field: orjson.loads(value) for field, value in rows}


def show(connection: sqlite3.Connection, doc: int, *, changed: Collection[str] | None = None) -> None:
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
    if not was_live or changed is None or not _NO_WORDS.issuperset(changed):
        _write_words(connection, kind, doc, document)
        changed = None
    _write_values(connection, kind, doc, document, changed if was_live else None)
    connection.execute(
        "UPDATE docs SET live = 1, at = ?, day = ?, outlets = ?, origins = ? WHERE doc = ?",
        (
            seconds(document.get("published_at")),
            document.get("published_on"),
            int(document.get("outlet_count") or 0),
            int(document.get("origin_count") or 0),
            doc,
        ),
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
    _forget_values(connection, kind, doc, names(kind))
    connection.execute("UPDATE docs SET live = 0 WHERE doc = ?", (doc,))


def _write_words(connection: sqlite3.Connection, kind: Kind, doc: int, document: Mapping[str, Any]) -> None:
    texts: dict[str, list[str]] = {column: [] for column in COLUMNS}
    for piece in pieces(kind, document):
        texts[piece.column].append(" ".join(terms(piece.text)))
    connection.execute(f"DELETE FROM words_{kind} WHERE rowid = ?", (doc,))  # noqa: S608
    connection.execute(
        f"INSERT INTO words_{kind} (rowid, title, text, who) VALUES (?, ?, ?, ?)",  # noqa: S608
        (doc, *(BOUNDARY.join(texts[column]) for column in COLUMNS)),
    )


def _write_values(
    connection: sqlite3.Connection, kind: Kind, doc: int, document: Mapping[str, Any], changed: Collection[str] | None
) -> None:
    wanted = names(kind) if changed is None else tuple(name for name in names(kind) if name in changed)
    if not wanted:
        return
    _forget_values(connection, kind, doc, wanted)
    for name, several in values(kind, document).items():
        if name in wanted:
            number = FIELD_NUMBER[name]
            rows = [(KIND_NUMBER[kind], number, value_number(connection, number, value), doc) for value in several]
            connection.executemany("INSERT INTO facets (kind, name, val, doc) VALUES (?, ?, ?, ?)", rows)


def _forget_values(connection: sqlite3.Connection, kind: Kind, doc: int, wanted: Sequence[str]) -> None:
    numbers = {FIELD_NUMBER[name] for name in wanted}
    found = connection.execute("SELECT name, val FROM facets WHERE doc = ?", (doc,)).fetchall()
    rows = [(KIND_NUMBER[kind], name, val, doc) for name, val in found if name in numbers]
    connection.executemany("DELETE FROM facets WHERE kind = ? AND name = ? AND val = ? AND doc = ?", rows)


def value_number(connection: sqlite3.Connection, name: int, value: str) -> int:
    """The number of a value of a field; made when there is none."""
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
        _write_words(connection, _KIND[number], doc, document)
