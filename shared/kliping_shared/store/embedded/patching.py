"""Fields that are set from outside, kept beside the documents: per field the highest version wins."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, Final

import orjson

from kliping_shared.errors import PermanentError
from kliping_shared.store.embedded.schema import KIND_NUMBER

#: ``patched.target`` of a patch for all claims of an article; else it is the document's kind.
ALL_CLAIMS: Final = 0

#: Field -> version and value.
Fields = dict[str, tuple[int, Any]]


def to_json(value: object) -> bytes:
    """JSON with sorted keys, so that equal documents are equal bytes. Raises PermanentError for what is no JSON."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError as error:
        raise PermanentError(f"a document is no JSON: {error}") from error


def merged(kept: Fields, version: int, given: Mapping[str, Any]) -> Fields:
    """``kept`` with the ``given`` fields that no later patch set; of one version, the greater JSON stays."""
    now = dict(kept)
    for name, value in given.items():
        known = kept.get(name)
        if known is None or version > known[0] or (version == known[0] and to_json(value) > to_json(known[1])):
            now[name] = (version, value)
    return now


def effective(own: Fields, of_article: Fields) -> dict[str, Any]:
    """What a document's own patches and, for a claim, those of its article's claims set: its own ones at a tie."""
    if not of_article:
        return {name: value for name, (_, value) in own.items()}
    strongest = of_article | {
        name: pair for name, pair in own.items() if name not in of_article or pair[0] >= of_article[name][0]
    }
    return {name: value for name, (_, value) in strongest.items()}


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
