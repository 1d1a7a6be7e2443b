"""The values by which documents are filtered and counted."""

from __future__ import annotations

import re
from typing import Final

from kliping_shared.analysis.tokens import MAX_TERM, WORD, fold
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import FACETS, FILTERS, SearchRequest

_PLAIN: Final = re.compile("[a-z]+|[0-9]+")


def folded(value: str) -> str:
    """How values are compared: without case, accents, hyphens and punctuation, words unstemmed ("kim jong un")."""
    if len(value) <= MAX_TERM and value.isascii() and value.isalnum():
        return " ".join(_PLAIN.findall(value.lower()))  # an id, mostly: a row of short words that have nothing to fold
    return " ".join(fold(word) for word in WORD.findall(value))


def begun(words: str) -> str:
    """What a value's folded form, with a blank at both ends, holds where it has these words, the last perhaps begun."""
    return f" {folded(words)}".rstrip()


def names(kind: Kind) -> tuple[str, ...]:
    """The document fields that may be filtered by."""
    return FACETS[kind] + FILTERS[kind]


def filtered_by(request: SearchRequest) -> tuple[str, ...]:
    """The fields that the request has filters on: values that are wanted, or not."""
    both = (*request.filters.items(), *request.excluded.items())
    return tuple(dict.fromkeys(name for name, several in both if several))


def as_values(value: object) -> tuple[str, ...]:
    """A field's values as text, each once; none for an empty field."""
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple):
        return tuple(dict.fromkeys(str(item) for item in value if item is not None and item != ""))
    return (str(value),)
