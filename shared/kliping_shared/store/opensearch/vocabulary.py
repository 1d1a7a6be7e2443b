"""The terms that documents hold, by the server's term suggester."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kliping_shared.spelling import SURE, may_be_off, near
from kliping_shared.store.documents import Kind
from kliping_shared.store.opensearch.analysis import EXACT
from kliping_shared.store.opensearch.compiling import INDEXED
from kliping_shared.store.searchable import DEFAULT_COLUMNS

#: Terms that a part of the index gives of each field.
_AT_MOST: Final = 100


def asking_for_terms(kind: Kind, word: str) -> dict[str, Any]:
    """A search for nothing but terms like the word. It is looked for as it is: the fields' own analyzer would stem it."""
    fields = [name for column in DEFAULT_COLUMNS[kind] for name in INDEXED[kind][column]]
    suggest = {
        f"{off}_off_in_{name}": {"text": word, "term": _like(name, off)}
        for name in fields
        for off in range(1, may_be_off(word) + 1)
    }
    return {"size": 0, "track_total_hits": False, "suggest": suggest}


def terms_told(word: str, answer: Mapping[str, Any]) -> dict[str, int]:
    """Terms and how many documents have each in the field that most have it in."""
    counts: dict[str, int] = {}
    for several in answer.get("suggest", {}).values():
        for option in (option for entry in several for option in entry["options"]):
            counts[option["text"]] = max(option["freq"], counts.get(option["text"], 0))
    return {term: counts[term] for term in near(word, counts)}


def _like(field: str, off: int) -> dict[str, Any]:
    wanted = {"suggest_mode": "always", "max_edits": off, "prefix_length": 1 if off == 1 else SURE}
    return {"field": field, "analyzer": EXACT, "size": _AT_MOST, "shard_size": _AT_MOST, **wanted}
