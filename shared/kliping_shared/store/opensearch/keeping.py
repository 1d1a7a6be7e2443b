"""From what is kept of a document to the document that OpenSearch stores, and back.

The shown fields stand at the top, what searching and sorting need beside them, the rest in ``keeping``, which is
stored and not indexed. A document that is not shown (deleted, or only patched so far) has nothing but its bookkeeping.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kliping_shared.store.documents import Kind
from kliping_shared.store.opensearch.merging import ClaimSet, ForClaims, FromArticle, Given, State, shown
from kliping_shared.store.patches import Fields
from kliping_shared.store.searchable import pieces
from kliping_shared.store.sorting import seconds

#: Fields of a stored document that are Kliping's own, none of the document models has them.
BOOKKEEPING: Final = ("live", "kept_at", "arrival", "sort", "words", "keeping")


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it was read; ``seq_no`` and ``primary_term`` are those of that very state, None for no document."""

    state: State
    arrival: int | None = None
    seq_no: int | None = None
    primary_term: int | None = None


NOTHING: Final = Kept(State())


def to_source(kind: Kind, id: str, state: State, *, arrival: int | None, now: float) -> dict[str, Any]:
    """The stored document. ``arrival``: that of the document as it is shown already; ``now``: seconds since 1970."""
    document = shown(state)
    source: dict[str, Any] = {"live": document is not None, "kept_at": int(now * 1000), "keeping": _keeping(state)}
    if document is None:
        source["arrival"] = int(now * 1_000_000)
        if state.given is not None and state.given.version > state.deleted:
            source["keeping"]["given"] = [state.given.document, state.given.body]
        return source
    source |= document
    source["arrival"] = int(now * 1_000_000) if arrival is None else arrival
    source["sort"] = {"id": id, "at": seconds(document.get("published_at"))}
    if kind in ("articles", "groups") and (words := _words(kind, document)):
        source["words"] = {"text": words}
    assert state.given is not None
    if under := _under(state.given.document, document):
        source["keeping"]["under"] = under
    return source


def _words(kind: Kind, document: Mapping[str, Any]) -> list[str]:
    """Searched stretches that are no field of their own: an article's zones, a group's other wordings."""
    if kind == "articles":
        return [piece.text for piece in pieces(kind, document) if piece.column == "text"]
    return [piece.text for piece in pieces(kind, document) if piece.field is None and piece.column == "text"]


def _under(given: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What was put where a patch shows another value: [value], or [] where nothing was."""
    return {
        name: [given[name]] if name in given else []
        for name, value in document.items()
        if name != "body" and (name not in given or given[name] is not value)
    }


def _keeping(state: State) -> dict[str, Any]:
    kept: dict[str, Any] = {"put": -1 if state.given is None else state.given.version}
    if state.deleted >= 0:
        kept["deleted"] = state.deleted
    if state.patches:
        kept["patches"] = state.patches
    if state.for_claims is not None:
        said = state.for_claims
        kept["claims"] = {
            "round": said.round,
            "fields": said.fields,
            "set": None if said.set is None else [said.set.version, said.set.ids],
            "known": sorted(said.known),
        }
    if state.heard:
        kept["heard"] = {
            name: [heard.round, heard.fields, heard.set_version, heard.is_in] for name, heard in state.heard.items()
        }
    return kept


def from_answer(answer: Mapping[str, Any]) -> Kept:
    """What one answer of a multi-get holds."""
    if not answer.get("found"):
        return NOTHING
    source: Mapping[str, Any] = answer["_source"]
    state = _state(source, source["keeping"])
    arrival = source["arrival"] if source["live"] else None
    return Kept(state, arrival, answer["_seq_no"], answer["_primary_term"])


def _state(source: Mapping[str, Any], kept: Mapping[str, Any]) -> State:
    said = kept.get("claims")
    return State(
        given=_given(source, kept),
        deleted=kept.get("deleted", -1),
        patches=_fields(kept.get("patches", {})),
        for_claims=None if said is None else _for_claims(said),
        heard={
            name: FromArticle(round_, _fields(fields), version, is_in)
            for name, (round_, fields, version, is_in) in kept.get("heard", {}).items()
        },
    )


def _given(source: Mapping[str, Any], kept: Mapping[str, Any]) -> Given | None:
    if kept["put"] < 0:
        return None
    if not source["live"]:
        document, body = kept.get("given", ({}, None))
        return Given(kept["put"], document, body)
    document = {name: value for name, value in source.items() if name not in BOOKKEEPING and name != "body"}
    for name, values in kept.get("under", {}).items():
        document.pop(name)
        document |= dict.fromkeys((name,), *values) if values else {}
    return Given(kept["put"], document, source.get("body"))


def _for_claims(said: Mapping[str, Any]) -> ForClaims:
    claims = None if said["set"] is None else ClaimSet(said["set"][0], tuple(said["set"][1]))
    return ForClaims(_fields(said["fields"]), claims, frozenset(said["known"]), said["round"])


def _fields(stored: Mapping[str, Any]) -> Fields:
    return {name: (version, value) for name, (version, value) in stored.items()}
