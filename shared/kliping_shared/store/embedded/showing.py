"""From what is kept of a document to what readers find of it: its words, values and sort keys."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import orjson

from kliping_shared.analysis import terms
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.embedded.keeping import Kept, Row
from kliping_shared.store.embedded.numbering import Value, ValueNumbers
from kliping_shared.store.embedded.packing import unpacked
from kliping_shared.store.embedded.patching import patches_of
from kliping_shared.store.embedded.schema import FIELD_NUMBER, KIND_NUMBER
from kliping_shared.store.embedded.tallying import Tallies
from kliping_shared.store.ports import FACETS, FILTERS
from kliping_shared.store.searchable import COLUMNS, pieces
from kliping_shared.store.sorting import sort_keys
from kliping_shared.store.values import as_values, names

#: Stands between two pieces of a column, so that no phrase reaches across. No term can be it: terms are letters, digits.
BOUNDARY: Final = " ¶ "
#: Patched fields that change nothing but the document itself and its values: the words need not be written again.
_NO_WORDS: Final = frozenset((
    "story_id", "group_id", "copy_of", "outlet_count", "origin_count", "story_title", "agreement", "differs",
    "differing_numbers",
))  # fmt: skip
#: Texts whose terms a writer remembers (a claim's text is its group's too, its title its article's), and up to which
#: length; some 10 MB.
_REMEMBERED_TEXTS: Final = 8_192
_REMEMBERED_LENGTH: Final = 600
_KIND: Final[Mapping[int, Kind]] = {number: kind for kind, number in KIND_NUMBER.items()}
#: The fields whose values documents of a kind are counted by, and those that they can only be filtered by, with numbers.
_COUNTED: Final = {kind: tuple((name, FIELD_NUMBER[name]) for name in FACETS[kind]) for kind in KINDS}
_FIELDS_COUNTED: Final = {KIND_NUMBER[kind]: frozenset(number for _, number in _COUNTED[kind]) for kind in KINDS}
_NOT_COUNTED: Final = {kind: tuple((name, FIELD_NUMBER[name]) for name in FILTERS[kind]) for kind in KINDS}

Document = Mapping[str, Any]


def show(connection: sqlite3.Connection, kept: Kept, numbers: ValueNumbers, rows: Sequence[Row]) -> None:
    """Bring words, values and sort keys of these documents up to what is kept of them, writing only what differs."""
    kept.need_looks(rows)
    looks = _Looks(connection, numbers)
    for row in rows:
        row.live = kept.is_shown(row)
        set_before = kept.fields_set_before(row) if row.was_live else {}
        set_now = kept.set_fields(row) if row.live else {}
        if row.live and row.was_live and not row.is_put and set_before == set_now:
            continue
        before = orjson.loads(row.was_source or b"{}") | set_before if row.was_live else None
        after = orjson.loads(row.source or b"{}") | set_now if row.live else None
        if after is not None:
            row.keys = sort_keys(after)
        if before is not None or after is not None:
            looks.change(row, before, after)
    looks.write()


@dataclass(slots=True)
class _Values:
    """What a document is counted by now, and what it is found by otherwise than before."""

    row: Row
    counted: list[Value]
    gone: list[Value]
    new: list[Value]


class _Looks:
    """Words and values to be written. What is in the file is not asked: it follows from the document as it was."""

    def __init__(self, connection: sqlite3.Connection, numbers: ValueNumbers) -> None:
        self._connection = connection
        self._numbers = numbers
        self._words_gone: dict[Kind, list[tuple[int]]] = defaultdict(list)
        self._words_new: dict[Kind, list[tuple[object, ...]]] = defaultdict(list)
        self._values: list[_Values] = []

    def change(self, row: Row, before: Document | None, after: Document | None) -> None:
        """The document looks otherwise; None stands for not being there."""
        kind = _KIND[row.kind]
        if before is None or after is None or _words_differ(kind, before, after):
            if before is not None:
                self._words_gone[kind].append((row.doc,))
            if after is not None:
                self._words_new[kind].append((row.doc, *_words(kind, after)))
        if (
            before is not None
            and after is not None
            and all(before.get(name) == after.get(name) for name in names(kind))
        ):
            return
        counted, others = _values(_COUNTED[kind], after), _values(_NOT_COUNTED[kind], after)
        if before is None:
            self._values.append(_Values(row, counted, [], counted + others))
            return
        had = dict.fromkeys(_values(_COUNTED[kind], before) + _values(_NOT_COUNTED[kind], before))
        has = dict.fromkeys(counted + others)
        if had != has:
            gone, new = [value for value in had if value not in has], [value for value in has if value not in had]
            self._values.append(_Values(row, counted, gone, new))

    def write(self) -> None:
        """Write all of it, in the tables' own order; what the rows are counted by is left for their own writing."""
        run = self._connection.executemany
        for kind, docs in self._words_gone.items():
            run(f"DELETE FROM words_{kind} WHERE rowid = ?", docs)  # noqa: S608 - one of four kinds
        for kind, words in self._words_new.items():
            _insert_words(self._connection, kind, words)
        wanted = {value for look in self._values for values in (look.counted, look.gone, look.new) for value in values}
        numbers = self._numbers.of(self._connection, wanted)
        gone: list[tuple[int, int, int]] = []
        new: list[tuple[int, int, int]] = []
        tallies = Tallies()
        for look in self._values:
            number, doc = look.row.kind, look.row.doc
            look.row.vals = ",".join([str(numbers[value]) for value in look.counted]) or None
            gone += [(number, numbers[value], doc) for value in look.gone]
            new += [(number, numbers[value], doc) for value in look.new]
            tallies.values(number, [numbers[value] for value in look.gone if value[0] in _FIELDS_COUNTED[number]], -1)
            tallies.values(number, [numbers[value] for value in look.new if value[0] in _FIELDS_COUNTED[number]], 1)
        tallies.write(self._connection)
        run("DELETE FROM facets WHERE kind = ? AND val = ? AND doc = ?", sorted(gone))
        run("INSERT OR IGNORE INTO facets (kind, val, doc) VALUES (?, ?, ?)", sorted(new))


def _values(fields: Sequence[tuple[str, int]], document: Document | None) -> list[Value]:
    """The document's values of these fields."""
    found: list[Value] = []
    if document is None:
        return found
    for name, number in fields:
        value = document.get(name)
        if type(value) is str:  # most values are, and most lists are empty
            if value:
                found.append((number, value))
        elif value is not None and value != []:
            found += [(number, text) for text in as_values(value)]
    return found


def _words_differ(kind: Kind, before: Document, after: Document) -> bool:
    changed = {name for name, value in after.items() if name not in before or before[name] != value}
    return not _NO_WORDS.issuperset(changed) and pieces(kind, before) != pieces(kind, after)


def _words(kind: Kind, document: Document) -> tuple[str, ...]:
    """Terms by column, as FTS5 gets them."""
    texts: dict[str, list[str]] = {column: [] for column in COLUMNS}
    for piece in pieces(kind, document):
        texts[piece.column].append(_terms(piece.text))
    return tuple(BOUNDARY.join(texts[column]) for column in COLUMNS)


def _terms(text: str) -> str:
    return _remembered_terms(text) if len(text) <= _REMEMBERED_LENGTH else " ".join(terms(text))


@lru_cache(maxsize=_REMEMBERED_TEXTS)
def _remembered_terms(text: str) -> str:
    return " ".join(terms(text))


def _insert_words(connection: sqlite3.Connection, kind: Kind, rows: Sequence[tuple[object, ...]]) -> None:
    sql = f"INSERT INTO words_{kind} (rowid, title, text, who) VALUES (?, ?, ?, ?)"  # noqa: S608 - one of four kinds
    connection.executemany(sql, rows)


def rebuild_words(connection: sqlite3.Connection) -> None:
    """Write the words of every document anew, after the analysis chain has changed."""
    for kind in KINDS:
        connection.execute(f"DELETE FROM words_{kind}")  # noqa: S608
    rows = connection.execute("SELECT doc, kind, id, article_id FROM docs WHERE live = 1").fetchall()
    for doc, number, name, article_id in rows:
        (source,) = connection.execute("SELECT document FROM contents WHERE doc = ?", (doc,)).fetchone()
        document = orjson.loads(unpacked(source)) | patches_of(connection, number, name, article_id)
        _insert_words(connection, _KIND[number], [(doc, *_words(_KIND[number], document))])
