"""What the file keeps of the documents that one transaction is about: read in bulk, changed in memory, written in bulk.

One statement for many rows costs a fraction of many statements, and most of what a batch says twice is never written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from kliping_shared.store.embedded.packing import packed, packed_body, unpacked
from kliping_shared.store.embedded.patching import ALL_CLAIMS, fields_from
from kliping_shared.store.embedded.schema import KIND_NUMBER
from kliping_shared.store.embedded.tallying import Tallies
from kliping_shared.store.patches import Fields, effective, to_json
from kliping_shared.store.sorting import SortKeys

_CLAIMS = KIND_NUMBER["claims"]
_COLUMNS = (
    "d.doc, d.kind, d.id, d.put_version, d.delete_version, d.article_id, d.live, d.vals,"
    " d.at, d.day, d.outlets, d.origins"
)
_NO_KEYS: SortKeys = (None, None, 0, 0)


@dataclass(slots=True)
class Row:
    """One document: what is kept of it now, and (``was_``) before this transaction.

    ``source`` is what was put, as JSON, ``body`` its body as it is kept, ``is_put``: by this transaction. ``vals`` are the numbers of the values that it
    is counted by, with commas between.
    """

    doc: int
    kind: int
    id: str
    put_version: int = -1
    delete_version: int = -1
    article_id: str | None = None
    live: bool = False
    keys: SortKeys = _NO_KEYS
    vals: str | None = None
    is_new: bool = False
    is_put: bool = False
    source: bytes | None = None
    body: bytes | None = None
    was_source: bytes | None = None
    was_article_id: str | None = None
    was_live: bool = False
    was_keys: SortKeys = _NO_KEYS
    was_vals: str | None = None
    was_versions: tuple[int, int] = (-1, -1)

    def document(self) -> bytes:
        """What was put, as JSON; nothing when nothing was."""
        return self.source or b""

    def versions(self) -> tuple[int, int]:
        """Of the latest put and of the latest deletion; -1 for none."""
        return self.put_version, self.delete_version

    def put(self, version: int, document: bytes, body: object, article_id: str | None) -> None:
        """Keep a newer document; one that says the same, without a body of its own, only moves the version."""
        self.put_version, self.article_id = version, article_id
        if document != self.source or body is not None:
            self.is_put = True
            self.source, self.body = document, packed_body(to_json(body), document) if body else None


@dataclass(slots=True)
class ClaimSet:
    """The claims that an article makes, as of ``version``; ``ids`` is their sorted JSON."""

    version: int
    ids: bytes
    members: frozenset[str]

    @classmethod
    def of(cls, version: int, ids: Iterable[str]) -> ClaimSet:
        """The set of these ids."""
        members = frozenset(ids)
        return cls(version, to_json(sorted(members)), members)


class Kept:
    """Rows, patches and claim sets by their keys. ``need_…`` reads those that are not read yet, before they are asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: dict[tuple[int, str], Row] = {}
        self._sourced: set[int] = set()
        self._patches_before: dict[tuple[int, str], Fields] = {}
        self._patches: dict[tuple[int, str], Fields] = {}
        self._sets: dict[str, ClaimSet | None] = {}
        self._new_sets: set[str] = set()
        (last,) = connection.execute(
            "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'docs'), 0)"
        ).fetchone()
        self._last = int(last)

    def need_rows(self, kind: int, ids: Collection[str]) -> None:
        """Read documents by id; for each kind once, before any is made."""
        sql = f"SELECT {_COLUMNS} FROM json_each(?) j CROSS JOIN docs d ON d.kind = ? AND d.id = j.value"  # noqa: S608
        self._read_rows(sql, (_array(ids), kind))

    def claims_of(self, article_ids: Collection[str]) -> list[Row]:
        """Every claim that is, or was before this transaction, one of these articles."""
        if not article_ids:
            return []
        sql = f"SELECT {_COLUMNS} FROM json_each(?) j CROSS JOIN docs d ON d.article_id = j.value"  # noqa: S608
        self._read_rows(sql, (_array(article_ids),))
        return [
            row for row in self._rows.values() if row.article_id in article_ids or row.was_article_id in article_ids
        ]

    def _read_rows(self, sql: str, parameters: tuple[object, ...]) -> None:
        for doc, kind, name, put, delete, article_id, live, vals, *keys in self._connection.execute(sql, parameters):
            if (kind, name) not in self._rows:
                sort_keys: SortKeys = tuple(keys)
                self._rows[kind, name] = Row(
                    doc, kind, name, put, delete, article_id, bool(live), sort_keys, vals, was_vals=vals,
                    was_article_id=article_id, was_live=bool(live), was_keys=sort_keys, was_versions=(put, delete),
                )  # fmt: skip

    def row(self, kind: int, id: str) -> Row | None:
        """The document, None for an id that nobody put or deleted."""
        return self._rows.get((kind, id))

    def row_to_be(self, kind: int, id: str) -> Row:
        """The document, made when there is none; numbered in the order of making."""
        row = self._rows.get((kind, id))
        if row is None:
            self._last += 1
            row = self._rows[kind, id] = Row(self._last, kind, id, is_new=True)
        return row

    def need_sources(self, rows: Iterable[Row]) -> None:
        """Read what was put of these documents, where they are not new and not put by this transaction."""
        found = {row.doc: row for row in rows if not row.is_new and row.doc not in self._sourced}
        self._sourced |= found.keys()
        sql = "SELECT s.doc, s.document FROM json_each(?) j CROSS JOIN contents s ON s.doc = j.value"
        for doc, source in self._connection.execute(sql, (_array(found),)) if found else ():
            row = found[doc]
            row.source = row.was_source = unpacked(source)

    def need_patches(self, target: int, ids: Iterable[str]) -> None:
        """Read the patches of these documents (or, of ALL_CLAIMS, these articles' claims)."""
        new = {name for name in ids if (target, name) not in self._patches_before}
        if not new:
            return
        self._patches_before |= {(target, name): {} for name in new}
        sql = "SELECT p.id, p.fields FROM json_each(?) j CROSS JOIN patched p ON p.target = ? AND p.id = j.value"
        for name, fields in self._connection.execute(sql, (_array(new), target)):
            self._patches_before[target, name] = fields_from(fields)

    def patches(self, target: int, id: str) -> Fields:
        """The patches that were read, with this transaction's."""
        return self._patches.get((target, id)) or self._patches_before.get((target, id), {})

    def patches_before(self, target: int, id: str) -> Fields:
        """The patches that were read, without this transaction's."""
        return self._patches_before.get((target, id), {})

    def set_patches(self, target: int, id: str, fields: Fields) -> None:
        """Keep other patches."""
        self._patches[target, id] = fields

    def need_claim_sets(self, article_ids: Iterable[str]) -> None:
        """Read the claim sets of these articles."""
        new = {name for name in article_ids if name not in self._sets}
        if not new:
            return
        self._sets |= dict.fromkeys(new)
        sql = "SELECT c.article_id, c.version, c.claim_ids FROM json_each(?) j CROSS JOIN claim_sets c ON c.article_id = j.value"
        for name, version, ids in self._connection.execute(sql, (_array(new),)):
            self._sets[name] = ClaimSet.of(version, orjson.loads(ids))

    def claim_set(self, article_id: str) -> ClaimSet | None:
        """The claims that the article makes, None when that is not known (yet)."""
        return self._sets[article_id]

    def replace_claim_set(self, article_id: str, claims: ClaimSet) -> None:
        """Keep another claim set."""
        self._sets[article_id] = claims
        self._new_sets.add(article_id)

    def need_looks(self, rows: Collection[Row]) -> None:
        """Read everything that decides what is shown of these documents."""
        self.need_sources(rows)
        for kind in set(KIND_NUMBER.values()):
            self.need_patches(kind, [row.id for row in rows if row.kind == kind])
        articles = {
            name for row in rows if row.kind == _CLAIMS for name in (row.article_id, row.was_article_id) if name
        }
        self.need_patches(ALL_CLAIMS, articles)
        self.need_claim_sets(articles)

    def is_shown(self, row: Row) -> bool:
        """Whether the document is there for readers: put, not deleted since, and still one of its article's claims."""
        if row.source is None or row.put_version <= row.delete_version:
            return False
        claims = self._sets[row.article_id] if row.article_id is not None else None
        return claims is None or claims.version < row.put_version or row.id in claims.members

    def set_fields(self, row: Row) -> dict[str, Any]:
        """The fields that patches set of the document."""
        return effective(self.patches(row.kind, row.id), self._of_article(row.article_id, self.patches))

    def fields_set_before(self, row: Row) -> dict[str, Any]:
        """The fields that patches set of the document before this transaction."""
        before = self.patches_before
        return effective(before(row.kind, row.id), self._of_article(row.was_article_id, before))

    @staticmethod
    def _of_article(article_id: str | None, patches: Any) -> Fields:
        found: Fields = patches(ALL_CLAIMS, article_id) if article_id is not None else {}
        return found

    def write(self, touched: Collection[Row]) -> None:
        """Write what is other than before; ``touched`` are the rows that may be."""
        run = self._connection.executemany
        _tally_days(touched).write(self._connection)
        run(
            "INSERT INTO docs (doc, kind, id, put_version, delete_version, article_id, live, vals,"
            " at, day, outlets, origins) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (row.doc, row.kind, row.id, *row.versions(), row.article_id, row.live, row.vals, *row.keys)
                for row in touched
                if row.is_new
            ],
        )
        self._write_old([row for row in touched if not row.is_new])
        run(
            "INSERT OR REPLACE INTO contents (doc, document, body) VALUES (?, ?, ?)",
            [(row.doc, packed(row.document()), row.body) for row in touched if row.is_put],
        )
        run(
            "INSERT OR REPLACE INTO patched (target, id, fields) VALUES (?, ?, ?)",
            [(*key, to_json(self._patches[key])) for key in sorted(self._patches)],
        )
        run(
            "INSERT OR REPLACE INTO claim_sets (article_id, version, claim_ids) VALUES (?, ?, ?)",
            [
                (name, claims.version, claims.ids.decode())
                for name in sorted(self._new_sets)
                if (claims := self._sets[name]) is not None
            ],
        )

    def _write_old(self, rows: list[Row]) -> None:
        """A row's versions stand in no index; its look stands in most of them, and is written only when it is another."""
        self._connection.executemany(
            "UPDATE docs SET put_version = ?, delete_version = ? WHERE doc = ?",
            [(*row.versions(), row.doc) for row in rows if row.versions() != row.was_versions],
        )
        self._connection.executemany(
            "UPDATE docs SET article_id = ?, live = ?, vals = ?, at = ?, day = ?, outlets = ?, origins = ? WHERE doc = ?",
            [
                (row.article_id, row.live, row.vals, *row.keys, row.doc)
                for row in rows
                if (row.article_id, row.live, row.vals, row.keys)
                != (row.was_article_id, row.was_live, row.was_vals, row.was_keys)
            ],
        )


def _tally_days(rows: Collection[Row]) -> Tallies:
    """The days of documents that have come or gone, or are of another day than before."""
    tallies = Tallies()
    for row in rows:
        before, now = (row.was_live, row.was_keys[1]), (row.live, row.keys[1])
        if before != now:
            for (is_there, day), by in ((before, -1), (now, 1)):
                if is_there:
                    tallies.day(row.kind, day, by)
    return tallies


def _array(values: Iterable[object]) -> str:
    return to_json(list(values)).decode()
