"""What each change does to the tables. Runs inside the writer's transaction.

Everything that decides what is shown is kept as "the highest version wins", per document, per patched field and per
article's set of claims; what is shown follows from these alone. So the order in which changes come does not matter,
nor does their number.
"""

from __future__ import annotations

import sqlite3
import zlib
from typing import Final

import orjson

from kliping_shared.errors import PermanentError
from kliping_shared.store.documents import KINDS
from kliping_shared.store.embedded.schema import KIND_NUMBER
from kliping_shared.store.embedded.showing import Touched
from kliping_shared.store.ports import Change, Delete, Patch, PatchClaims, Put, ReplaceClaims

#: ``patches.target`` of a patch for all claims of an article.
ALL_CLAIMS: Final = 0


def apply_change(connection: sqlite3.Connection, change: Change, touched: Touched) -> None:
    """Keep one change, and note whose look it touches, for ``show`` to bring up to date before the commit.

    Raises PermanentError for a document that cannot be kept (no JSON, an unknown kind).
    """
    if not isinstance(change, ReplaceClaims | PatchClaims) and change.kind not in KINDS:
        raise PermanentError(f"unknown kind of document: {change.kind!r}")
    match change:
        case Put():
            _put(connection, change, touched)
        case Patch():
            _patch(connection, KIND_NUMBER[change.kind], change, touched)
        case PatchClaims():
            _patch(connection, ALL_CLAIMS, change, touched)
        case Delete():
            _delete(connection, change, touched)
        case ReplaceClaims():
            _replace_claims(connection, change, touched)


def _json(value: object) -> bytes:
    """JSON with sorted keys, so that equal documents are equal bytes."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError as error:
        raise PermanentError(f"a document is no JSON: {error}") from error


def row_of(connection: sqlite3.Connection, kind: int, id: str) -> tuple[int, int]:
    """The number of a document and the version it was put with; made when there is none."""
    found = connection.execute("SELECT doc, put_version FROM docs WHERE kind = ? AND id = ?", (kind, id)).fetchone()
    if found is None:
        doc = connection.execute("INSERT INTO docs (kind, id) VALUES (?, ?)", (kind, id)).lastrowid
        assert doc is not None
        return doc, -1
    return int(found[0]), int(found[1])


def _put(connection: sqlite3.Connection, put: Put, touched: Touched) -> None:
    kind = KIND_NUMBER[put.kind]
    doc, version = row_of(connection, kind, put.id)
    if version > put.version:
        return
    body = put.document.get("body")
    packed = zlib.compress(_json(body), 1) if body else None
    document = _json({name: value for name, value in put.document.items() if name != "body"})
    if version == put.version and not _comes_after(connection, doc, document):
        return
    article_id = put.document.get("article_id") if put.kind == "claims" else None
    connection.execute("UPDATE docs SET put_version = ?, article_id = ? WHERE doc = ?", (put.version, article_id, doc))
    connection.execute("INSERT OR REPLACE INTO sources (doc, document, body) VALUES (?, ?, ?)", (doc, document, packed))
    touched.all_of(doc)


def _comes_after(connection: sqlite3.Connection, doc: int, document: bytes) -> bool:
    """Whether ``document`` replaces what was put with the same version: any rule does that is the same in every order."""
    kept = connection.execute("SELECT document FROM sources WHERE doc = ?", (doc,)).fetchone()
    return kept is None or document > bytes(kept[0])


def _patch(connection: sqlite3.Connection, target: int, patch: Patch | PatchClaims, touched: Touched) -> None:
    changed = _patched_fields(connection, target, patch)
    if not changed:
        return
    if target == ALL_CLAIMS:
        docs = connection.execute("SELECT doc FROM docs WHERE article_id = ?", (patch.id,)).fetchall()
    else:
        docs = connection.execute("SELECT doc FROM docs WHERE kind = ? AND id = ?", (target, patch.id)).fetchall()
    for (doc,) in docs:
        touched.fields_of(doc, changed)


def _patched_fields(connection: sqlite3.Connection, target: int, patch: Patch | PatchClaims) -> list[str]:
    """Keep the fields that no later patch set; those whose value may be another now."""
    rows = connection.execute(
        "SELECT field, version, value FROM patches WHERE target = ? AND id = ?", (target, patch.id)
    )
    kept = {field: (version, value) for field, version, value in rows}
    given = {name: (patch.version, _json(value).decode()) for name, value in patch.fields.items()}
    newer = {name: pair for name, pair in given.items() if name not in kept or pair > kept[name]}
    connection.executemany(
        "INSERT OR REPLACE INTO patches (target, id, field, version, value) VALUES (?, ?, ?, ?, ?)",
        [(target, patch.id, name, *pair) for name, pair in newer.items()],
    )
    return [
        name
        for name, (_, value) in newer.items()
        if name not in kept or kept[name][1] != value or _has_rival(connection, target, patch.id, name)
    ]


def _has_rival(connection: sqlite3.Connection, target: int, id: str, name: str) -> bool:
    """Whether a claim's own patch and its article's set the same field, so that a new version may decide anew."""
    if target == ALL_CLAIMS:
        of_claims = "SELECT 1 FROM docs d JOIN patches p ON p.target = ?2 AND p.id = d.id WHERE d.article_id = ?1"
        return bool(connection.execute(f"{of_claims} AND p.field = ?3", (id, KIND_NUMBER["claims"], name)).fetchone())
    if target == KIND_NUMBER["claims"]:
        of_article = "SELECT 1 FROM docs d JOIN patches p ON p.target = 0 AND p.id = d.article_id WHERE d.kind = ?2"
        return bool(connection.execute(f"{of_article} AND d.id = ?1 AND p.field = ?3", (id, target, name)).fetchone())
    return False


def _delete(connection: sqlite3.Connection, delete: Delete, touched: Touched) -> None:
    doc, _ = row_of(connection, KIND_NUMBER[delete.kind], delete.id)
    connection.execute("UPDATE docs SET delete_version = max(delete_version, ?) WHERE doc = ?", (delete.version, doc))
    touched.all_of(doc)


def _replace_claims(connection: sqlite3.Connection, change: ReplaceClaims, touched: Touched) -> None:
    claim_ids = _json(sorted(set(change.claim_ids))).decode()
    kept = connection.execute("SELECT version, claim_ids FROM claim_sets WHERE article_id = ?", (change.id,)).fetchone()
    if kept is not None and (kept[0], kept[1]) >= (change.version, claim_ids):
        return
    connection.execute(
        "INSERT OR REPLACE INTO claim_sets (article_id, version, claim_ids) VALUES (?, ?, ?)",
        (change.id, change.version, claim_ids),
    )
    for (doc,) in connection.execute("SELECT doc FROM docs WHERE article_id = ?", (change.id,)).fetchall():
        touched.all_of(doc)
