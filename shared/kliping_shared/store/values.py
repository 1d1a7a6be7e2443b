"""The values by which documents are filtered and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kliping_shared.analysis.tokens import WORD, fold
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import FACETS, FILTERS


def folded(value: str) -> str:
    """How values are compared: without case, accents, hyphens and punctuation, words unstemmed ("kim jong un")."""
    return " ".join(fold(word) for word in WORD.findall(value))


def names(kind: Kind) -> tuple[str, ...]:
    """The document fields that may be filtered by."""
    return FACETS[kind] + FILTERS[kind]


def values(kind: Kind, document: Mapping[str, Any], wanted: Iterable[str] | None = None) -> dict[str, tuple[str, ...]]:
    """Field -> its values as text, of all fields or the ``wanted`` ones; fields without a value are left out."""
    found = {}
    for name in names(kind) if wanted is None else wanted:
        value = document.get(name)
        several = value if isinstance(value, list | tuple) else (value,)
        given = tuple(dict.fromkeys(str(item) for item in several if item is not None and item != ""))
        if given:
            found[name] = given
    return found
