"""Which document a text is a version of, and what it replaces: pure decisions over what the ledger knows.

A text met before is the same article under one more path (``duplicate``). Else it is a new version of a document when
it has that document's URL or id, or was dropped under the same path with largely the same text. Else it is a document
of its own, whatever its file's name was used for before. The last drop counts: an old version dropped again after a
newer one replaces that one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kliping_ingest.domain.facts import Facts, facts_of
from kliping_ingest.domain.similarity import Sketch, largely_same
from kliping_shared.contracts import Article

__all__ = ["Arrival", "Decision", "Known", "decide", "own_key", "stamped"]


@dataclass(frozen=True, slots=True)
class Known:
    """An article in the ledger. ``current`` is false once another version of its document replaced it."""

    article_id: str
    document_key: str
    strong_key: str | None
    revision: int
    current: bool
    paths: tuple[str, ...]
    supersedes: tuple[str, ...]
    sketch: Sketch
    facts: Facts


@dataclass(frozen=True, slots=True)
class Decision:
    """What to publish an article as.

    ``paths`` begin with the first one. ``replaced`` are the ids that stop being current.
    """

    outcome: Literal["ok", "duplicate"]
    document_key: str
    revision: int
    supersedes: tuple[str, ...]
    paths: tuple[str, ...]
    replaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A text as it came in. ``strong_key`` is its URL or id as a document key, None where it has neither.

    ``unique``: the key is nobody else's, as URLs and ids within a named outlet are. ``grown``: the file that was read
    before is this file, with more written at its end since.
    """

    article_id: str
    path: str
    strong_key: str | None
    sketch: Sketch
    unique: bool = True
    grown: bool = False


def own_key(path: str, article_id: str) -> str:
    """The key of a document that has neither URL nor id: where it was first dropped, and as what."""
    return f"path:{path}:{article_id[:16]}"


def decide(arrival: Arrival, related: Sequence[Known], at_path: Sequence[str]) -> Decision:
    """Place one article.

    ``related`` are all versions of every document that has this text, this strong key, or a version dropped under this
    path; ``at_path`` the ids dropped under this path, the latest first.
    """
    same = next((known for known in related if known.article_id == arrival.article_id), None)
    earlier_paths = same.paths if same else ()
    paths = tuple(dict.fromkeys((*earlier_paths, arrival.path)))
    key = _document_key(arrival, same, related, at_path)
    if same is not None and same.current and key == same.document_key:
        return Decision("duplicate", key, same.revision + 1, _still_replaced(same, related), paths, ())
    family = [known for known in related if known.document_key == key]
    earlier = tuple(known.article_id for known in family if known.article_id != arrival.article_id)
    replaced = tuple(known.article_id for known in family if known.current)
    # Above all of the document that it leaves, too: there it may have been replaced at a higher revision than its own.
    keys = {key, same.document_key} if same else {key}
    revision = 1 + max((known.revision for known in related if known.document_key in keys), default=0)
    return Decision("ok", key, revision, earlier, paths, replaced)


def _still_replaced(same: Known, related: Sequence[Known]) -> tuple[str, ...]:
    """What ``same`` replaces and has not since become another document's text."""
    old = {known.article_id for known in related if known.document_key == same.document_key and not known.current}
    return tuple(article_id for article_id in same.supersedes if article_id in old)


def _document_key(arrival: Arrival, same: Known | None, related: Sequence[Known], at_path: Sequence[str]) -> str:
    if arrival.strong_key is not None:
        by_key = (k for k in related if arrival.strong_key in {k.strong_key, k.document_key})
        if found := next((known for known in by_key if _same_document(arrival, known)), None):
            return found.document_key
    if same is not None:
        return same.document_key
    by_id = {known.article_id: known for known in related}
    for known in (by_id[article_id] for article_id in at_path if article_id in by_id):
        if known.current and _continues(arrival, known):
            return known.document_key
    taken = any(known.document_key == arrival.strong_key for known in related)
    if arrival.strong_key is not None and arrival.unique and not taken:
        return arrival.strong_key
    return own_key(arrival.path, arrival.article_id)


def _same_document(arrival: Arrival, known: Known) -> bool:
    """Whether an equal key means the same document.

    A bare id (``1``, ``a-17``) may be another program's count: then the texts must be alike, too. So must they within
    one file: an export that gives all its articles the address of their section is met.
    """
    if arrival.unique and not any(file_of(path) == file_of(arrival.path) for path in known.paths):
        return True
    alone = file_of(arrival.path) == arrival.path
    return (arrival.unique and alone) or largely_same(known.sketch, arrival.sketch)


def file_of(path: str) -> str:
    """The file's part of a record's path: ``a.zip/b.jsonl#3`` lies in ``a.zip/b.jsonl``."""
    file, mark, record = path.rpartition("#")
    return file if mark and record.isdecimal() else path


def _continues(arrival: Arrival, known: Known) -> bool:
    """Whether an arrival under a known article's name is a version of it: two URLs are two documents."""
    if arrival.unique and arrival.strong_key is not None and known.strong_key is not None:
        return False
    return arrival.grown or largely_same(known.sketch, arrival.sketch)


def stamped(article: Article, decision: Decision, known: Known | None) -> Article:
    """The article as it is to be published: its document, revision, what it replaces, and all its paths.

    What an earlier drop of the same text said of it is kept, and only completed by the later one: a copy without
    metadata must not take away the outlet, nor its drop time the date.
    """
    update: dict[str, object] = {
        "document_key": decision.document_key,
        "revision": decision.revision,
        "supersedes": decision.supersedes,
        "path": decision.paths[0],
        "also_at": decision.paths[1:],
    }
    if known is not None:
        update |= known.facts.completed_by(facts_of(article)).fields()
    return article.model_copy(update=update)
