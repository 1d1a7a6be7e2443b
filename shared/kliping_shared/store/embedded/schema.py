"""Tables of the embedded store, by version. A migration is only ever added."""

from __future__ import annotations

import sqlite3
import zlib
from typing import Final

from kliping_shared.errors import StoreUnavailable
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.embedded.packing import packed, packed_body

#: Numbers that are stored: append, never reorder.
KIND_NUMBER: Final[dict[Kind, int]] = {"articles": 1, "claims": 2, "groups": 3, "stories": 4}
FIELD_NAMES: Final[tuple[str, ...]] = (
    "outlet", "origin", "speaker", "person", "org", "place", "published_month", "published_on", "story_title",
    "language", "role", "kind", "stance", "cue", "outlet_count", "origin_count", "story_id", "copy_of",
    "document_key", "article_id", "group_id", "speaker_id", "via", "modality", "negated", "public",
    "agreement", "differs",
)  # fmt: skip
FIELD_NUMBER: Final[dict[str, int]] = {name: number for number, name in enumerate(FIELD_NAMES, start=1)}
#: A value's number leaves its field's number when divided by this.
FIELDS_AT_MOST: Final = 32

# Terms come folded and stemmed, joined by blanks, so the tokenizer must part at blanks only: `ascii` takes every
# non-ASCII character as part of a word, and the point is added for decimal numbers.
_FTS: Final = "CREATE VIRTUAL TABLE words_{kind} USING fts5(title, text, who, tokenize=\"ascii tokenchars '.'\");"

_VERSION_1: Final = """
-- One row per document id that was ever named. `live`: shown to readers. `doc` grows, so the largest one at a time
-- bounds what was there at that time.
CREATE TABLE docs (
    doc INTEGER PRIMARY KEY AUTOINCREMENT,
    kind INTEGER NOT NULL,
    id TEXT NOT NULL,
    put_version INTEGER NOT NULL DEFAULT -1,
    delete_version INTEGER NOT NULL DEFAULT -1,
    article_id TEXT,                       -- of a claim: whose it is
    live INTEGER NOT NULL DEFAULT 0,
    at INTEGER,                            -- published_at, seconds since 1970
    day TEXT,                              -- published_on
    outlets INTEGER NOT NULL DEFAULT 0,
    origins INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, id)
);
CREATE INDEX docs_by_time ON docs (kind, live, at, id, doc);
CREATE INDEX docs_by_day ON docs (kind, live, day, doc);
CREATE INDEX docs_by_outlets ON docs (kind, live, outlets, origins, at, id, doc);
CREATE INDEX docs_by_article ON docs (article_id, doc) WHERE article_id IS NOT NULL;
-- What was put, as JSON; `body` compressed, apart, because only the reading view wants it.
CREATE TABLE sources (doc INTEGER PRIMARY KEY, document BLOB NOT NULL, body BLOB);
-- Fields set from outside; `target` is a kind's number, or 0 for all claims of article `id`.
CREATE TABLE patches (
    target INTEGER NOT NULL,
    id TEXT NOT NULL,
    field TEXT NOT NULL,
    version INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (target, id, field)
) WITHOUT ROWID;
CREATE TABLE claim_sets (article_id TEXT PRIMARY KEY, version INTEGER NOT NULL, claim_ids TEXT NOT NULL) WITHOUT ROWID;
-- Values to filter by and to count; `folded` has a blank at both ends, so that whole words are found in it.
CREATE TABLE vals (
    val INTEGER PRIMARY KEY, name INTEGER NOT NULL, value TEXT NOT NULL, folded TEXT NOT NULL, UNIQUE (name, value)
);
CREATE INDEX vals_by_folded ON vals (name, folded);
CREATE TABLE facets (
    kind INTEGER NOT NULL, name INTEGER NOT NULL, val INTEGER NOT NULL, doc INTEGER NOT NULL,
    PRIMARY KEY (kind, name, val, doc)
) WITHOUT ROWID;
CREATE INDEX facets_by_doc ON facets (doc, name, val);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

# Patches of one target come and go together: a row for each target, `fields` is {field: [version, value]}.
_VERSION_2: Final = """
CREATE TABLE patched (
    target INTEGER NOT NULL, id TEXT NOT NULL, fields BLOB NOT NULL, PRIMARY KEY (target, id)
) WITHOUT ROWID;
INSERT INTO patched (target, id, fields)
    SELECT target, id, CAST(json_group_object(field, json_array(version, json(value))) AS BLOB)
    FROM patches GROUP BY target, id;
DROP TABLE patches;
"""

# A value's number says its field: `val % 32`. What a document is counted by stands in its own row, `docs.vals`, numbers
# with commas between; `facets` is there to filter by. Nothing is read in the order of `docs_by_time`.
_VERSION_3: Final = """
ALTER TABLE docs ADD COLUMN vals TEXT;
UPDATE docs SET vals = (
    SELECT group_concat(f.val * 32 + f.name) FROM facets f
    WHERE f.doc = docs.doc AND (f.name < 17 OR (f.name = 17 AND f.kind = 2))
) WHERE live = 1;
DROP INDEX docs_by_time;
DROP INDEX docs_by_outlets;
CREATE INDEX docs_by_outlets ON docs (kind, live, outlets, origins);
CREATE TABLE facets_3 (
    kind INTEGER NOT NULL, val INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (kind, val, doc)
) WITHOUT ROWID;
INSERT INTO facets_3 (kind, val, doc) SELECT kind, val * 32 + name, doc FROM facets ORDER BY 1, 2, 3;
DROP TABLE facets;
ALTER TABLE facets_3 RENAME TO facets;
CREATE TABLE vals_3 (
    val INTEGER PRIMARY KEY, name INTEGER NOT NULL, value TEXT NOT NULL, folded TEXT NOT NULL, UNIQUE (name, value)
);
INSERT INTO vals_3 (val, name, value, folded) SELECT val * 32 + name, name, value, folded FROM vals ORDER BY 1;
DROP TABLE vals;
ALTER TABLE vals_3 RENAME TO vals;
CREATE INDEX vals_by_folded ON vals (name, folded);
"""

# What is asked of all documents of a kind is kept: how many have a value (of those that `docs.vals` counts), and how many
# are of a day ('' for none). A list of them all is read in its order.
_VERSION_4: Final = """
CREATE TABLE value_counts (
    kind INTEGER NOT NULL, field INTEGER NOT NULL, val INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (kind, val)
) WITHOUT ROWID;
CREATE TABLE day_counts (kind INTEGER NOT NULL, day TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (kind, day)) WITHOUT ROWID;
INSERT INTO value_counts (kind, field, val, n)
    SELECT kind, val % 32, val, count(*) FROM facets
    WHERE val % 32 NOT IN (17, 18, 19, 20, 21, 22, 23) OR (val % 32 = 17 AND kind = 2) GROUP BY kind, val;
INSERT INTO day_counts (kind, day, n)
    SELECT kind, ifnull(day, ''), count(*) FROM docs WHERE live = 1 GROUP BY 1, 2;
CREATE INDEX value_counts_by_n ON value_counts (kind, field, n, val);
CREATE INDEX docs_by_newest ON docs (kind, live, -ifnull(at, -99999999999), id, doc);
"""

# Documents are compressed, bodies with what their documents have already. Copied into a table of another name, which no
# release from before that still runs writes into, and whose pages are full; those of the old one are taken for what is
# written next. Lists of all documents are read in each of the orders.
_VERSION_5: Final = """
CREATE TABLE contents (doc INTEGER PRIMARY KEY, document BLOB NOT NULL, body BLOB);
INSERT INTO contents (doc, document, body) SELECT doc, packed(document), repacked(body, document) FROM sources ORDER BY doc;
DROP TABLE sources;
DROP INDEX docs_by_outlets;
CREATE INDEX docs_by_oldest ON docs (kind, live, ifnull(at, 99999999999), id, doc);
CREATE INDEX docs_by_reach ON docs (kind, live, -outlets, -origins, -ifnull(at, -99999999999), id, doc);
"""

MIGRATIONS: Final[tuple[str, ...]] = (
    _VERSION_1 + "\n".join(_FTS.format(kind=kind) for kind in KINDS),
    _VERSION_2,
    _VERSION_3,
    _VERSION_4,
    _VERSION_5,
)


def version_of(connection: sqlite3.Connection) -> int:
    """The number of migrations that the file has seen; 0 for one without tables."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to this release's tables, all or nothing. Raises StoreUnavailable for a newer release's file."""
    connection.create_function("packed", 1, packed)
    connection.create_function("repacked", 2, _repacked)
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        version = version_of(connection)
        if version > len(MIGRATIONS):
            raise StoreUnavailable(newer(version))
        for script in MIGRATIONS[version:]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _repacked(body: bytes | None, document: bytes) -> bytes | None:
    """A body that was compressed by itself."""
    return None if body is None else packed_body(zlib.decompress(body), document)


def newer(version: int) -> str:
    """The message for a file that a newer release has written."""
    return f"the store is of version {version}, this Kliping knows {len(MIGRATIONS)}: update Kliping"


def _statements(script: str) -> list[str]:
    """``executescript`` would commit the open transaction, so statements are run one by one."""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    return statements
