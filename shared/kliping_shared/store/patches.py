"""Fields that are set from outside, kept beside the documents: per field the highest version wins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from kliping_shared.errors import PermanentError

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
