"""The ledger's articles: reads what lineage needs to know and writes down what it decided."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from pydantic import TypeAdapter

from kliping_ingest.domain.facts import Facts, facts_of
from kliping_ingest.domain.lineage import Arrival, Decision, Known, decide, stamped
from kliping_ingest.domain.similarity import Sketch, sketch
from kliping_shared.contracts import Article

__all__ = ["place", "placed_before"]

_DECISION = TypeAdapter(Decision)
_FACTS = TypeAdapter(Facts)
#: Of a name used for ever new texts (latest.txt) only the newest few can be continued by the next.
_LATEST_AT_PATH = 20


def place(db: sqlite3.Connection, file_id: int, article: Article, *, grown: bool) -> tuple[Article, Decision]:
    """Decide an article's lineage and note it, or repeat what was decided when this very file was read before."""
    if earlier := placed_before(db, file_id, article):
        return earlier
    key = article.document_key
    arrival = Arrival(
        article.article_id,
        article.path,
        strong_key=key if key.startswith(("url:", "id:")) else None,
        sketch=sketch(article.text),
        unique=not key.startswith("id::"),
        grown=grown,
    )
    at_path = _at_path(db, article.path)
    related = _related(db, arrival, at_path)
    decision = decide(arrival, related, at_path)
    known = next((one for one in related if one.article_id == article.article_id), None)
    placed = stamped(article, decision, known)
    _note(db, file_id, arrival, decision, facts_of(placed))
    return placed, decision


def placed_before(db: sqlite3.Connection, file_id: int, article: Article) -> tuple[Article, Decision] | None:
    """What was decided for an article of this very file; None when it had none such."""
    earlier = db.execute(
        "SELECT decision FROM file_articles WHERE file_id = ? AND article_id = ?", (file_id, article.article_id)
    ).fetchone()
    if earlier is None:
        return None
    decision = _DECISION.validate_json(earlier[0])
    return stamped(article, decision, _one(db, article.article_id)), decision


def _at_path(db: sqlite3.Connection, path: str) -> list[str]:
    rows = db.execute(
        "SELECT article_id FROM article_paths WHERE path = ? ORDER BY drop_id DESC LIMIT ?", (path, _LATEST_AT_PATH)
    )
    return [article_id for (article_id,) in rows]


def _related(db: sqlite3.Connection, arrival: Arrival, at_path: Sequence[str]) -> list[Known]:
    """All versions of the documents that have this text, this key, or a text dropped under this path."""
    ids = (arrival.article_id, *at_path)
    keys = {
        key
        for (key,) in db.execute(
            f"SELECT document_key FROM articles WHERE article_id IN ({_marks(ids)})"  # noqa: S608 - only marks
            " UNION SELECT document_key FROM articles WHERE strong_key = ? OR document_key = ?",
            (*ids, arrival.strong_key, arrival.strong_key),
        )
    }
    return _known(db, f"document_key IN ({_marks(keys)})", tuple(keys)) if keys else []


def _one(db: sqlite3.Connection, article_id: str) -> Known | None:
    return next(iter(_known(db, "article_id = ?", (article_id,))), None)


def _known(db: sqlite3.Connection, where: str, values: tuple[str, ...]) -> list[Known]:
    rows = db.execute(  # the condition is one of two constants of this file
        "SELECT article_id, document_key, strong_key, revision, superseded_by IS NULL, supersedes, sketch, facts,"  # noqa: S608
        " (SELECT json_group_array(path) FROM (SELECT path FROM article_paths"
        "   WHERE article_paths.article_id = articles.article_id ORDER BY drop_id))"
        f" FROM articles WHERE {where} ORDER BY revision",
        values,
    )
    return [
        Known(
            article_id=row[0],
            document_key=row[1],
            strong_key=row[2],
            revision=row[3],
            current=bool(row[4]),
            paths=tuple(json.loads(row[8])),
            supersedes=tuple(json.loads(row[5])),
            sketch=Sketch.unpack(row[6]),
            facts=_FACTS.validate_json(row[7]),
        )
        for row in rows
    ]


def _note(db: sqlite3.Connection, file_id: int, arrival: Arrival, decision: Decision, facts: Facts) -> None:
    db.execute(
        "INSERT INTO articles (article_id, document_key, strong_key, revision, supersedes, sketch, facts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (article_id) DO UPDATE SET document_key = excluded.document_key,"
        " strong_key = coalesce(articles.strong_key, excluded.strong_key), revision = excluded.revision,"
        " supersedes = excluded.supersedes, superseded_by = NULL, facts = excluded.facts",
        (
            arrival.article_id,
            decision.document_key,
            arrival.strong_key,
            decision.revision,
            json.dumps(decision.supersedes),
            arrival.sketch.pack(),
            _FACTS.dump_json(facts).decode(),
        ),
    )
    db.executemany(
        "UPDATE articles SET superseded_by = ? WHERE article_id = ?",
        [(arrival.article_id, replaced) for replaced in decision.replaced],
    )
    # A path seen again counts as dropped now: the latest text under a name is the one that the next may continue.
    db.execute(
        "INSERT OR REPLACE INTO article_paths (drop_id, article_id, path) VALUES"
        " ((SELECT coalesce(max(drop_id), 0) + 1 FROM article_paths), ?, ?)",
        (arrival.article_id, arrival.path),
    )
    db.execute(
        "INSERT INTO file_articles (file_id, article_id, decision) VALUES (?, ?, ?)",
        (file_id, arrival.article_id, _DECISION.dump_json(decision).decode()),
    )


def _marks(values: Iterable[str]) -> str:
    return ", ".join("?" for _ in values)
