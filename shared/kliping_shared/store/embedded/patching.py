"""Patched fields in the file: read by target."""

from __future__ import annotations

import sqlite3
from typing import Any, Final

import orjson

from kliping_shared.store.embedded.schema import KIND_NUMBER
from kliping_shared.store.patches import Fields, effective

#: ``patched.target`` of a patch for all claims of an article; else it is the document's kind.
ALL_CLAIMS: Final = 0


def fields_from(stored: bytes | None) -> Fields:
    """What ``fields`` of a row holds; nothing for no row."""
    return {name: (version, value) for name, (version, value) in orjson.loads(stored).items()} if stored else {}


def patches_of(connection: sqlite3.Connection, kind: int, id: str, article_id: str | None) -> dict[str, Any]:
    """The fields that patches set of a document; ``article_id`` of a claim, whose article's patches count as well."""
    rows = connection.execute(
        "SELECT target, fields FROM patched WHERE (target = ?1 AND id = ?2) OR (target = 0 AND id = ?3)",
        (kind, id, article_id if kind == KIND_NUMBER["claims"] else None),
    )
    found = {target: fields_from(fields) for target, fields in rows}
    return effective(found.get(kind, {}), found.get(ALL_CLAIMS, {}))
