"""The terms that documents hold, by FTS5's own list of them."""

from __future__ import annotations

import sqlite3
from typing import Final

from kliping_shared.spelling import SURE, may_be_off, near, one_off
from kliping_shared.store.documents import Kind
from kliping_shared.store.patches import to_json

#: The list counts the documents of every term that it passes: few are to be passed.
_THESE: Final = "SELECT v.term, v.doc FROM json_each(?) j CROSS JOIN temp.{name} v ON v.term = j.value"
_BETWEEN: Final = "SELECT term, doc FROM temp.{name} WHERE term >= ? AND term < ?"


def terms_near(connection: sqlite3.Connection, kind: Kind, word: str) -> dict[str, int]:
    """Terms that the word may be a misspelling of, and how many documents have each."""
    name = f"terms_{kind}"
    connection.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name} USING fts5vocab(main, words_{kind}, row)")
    off = may_be_off(word)
    counts = dict(connection.execute(_THESE.format(name=name), (to_json(sorted(one_off(word))).decode(),)))
    if off > 1:
        begins = word[:SURE]
        bounds = begins, begins[:-1] + chr(ord(begins[-1]) + 1)
        counts |= dict(connection.execute(_BETWEEN.format(name=name), bounds))
    return {term: counts[term] for term in near(word, counts)} if off else {}
