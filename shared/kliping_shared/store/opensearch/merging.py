"""What is kept of a document, and how what is asked of it is merged in: pure, the same in every order.

Everything is "the highest version wins", per document, per patched field and per article's set of claims, so merging
commutes and may be repeated. What is said of all claims of an article is kept with the article (``ForClaims``), in
rounds: each claim keeps what its article said in the latest round that it has heard of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from kliping_shared.errors import PermanentError
from kliping_shared.store.documents import KINDS, Kind
from kliping_shared.store.patches import Fields, effective, merged, to_json
from kliping_shared.store.ports import Change, Delete, Patch, PatchClaims, Put, ReplaceClaims

#: A document among all kinds.
Key = tuple[Kind, str]
_NO_FIELDS: Final[Fields] = {}
#: The server refuses longer ids, and the whole request with them.
_LONGEST_ID: Final = 512


@dataclass(frozen=True, slots=True)
class Given:
    """What was put; an article's ``body`` apart."""

    version: int
    document: Mapping[str, Any]
    body: Any = None


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """The claims that an article makes as of ``version``; ``ids`` sorted."""

    version: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForClaims:
    """What an article says of all its claims. ``round`` grows with every change of ``fields`` and ``set``; ``known``
    are the claims that were ever put for it.
    """

    fields: Fields = field(default_factory=dict)
    set: ClaimSet | None = None
    known: frozenset[str] = frozenset()
    round: int = 0


@dataclass(frozen=True, slots=True)
class FromArticle:
    """What a claim has heard from an article: the fields set of all its claims, and whether it is (still) one of them."""

    round: int = 0
    fields: Fields = field(default_factory=dict)
    set_version: int = -1
    is_in: bool = True


_UNHEARD: Final = FromArticle()


@dataclass(frozen=True, slots=True)
class State:
    """All that is kept of one document. ``heard``: of a claim, by article."""

    given: Given | None = None
    deleted: int = -1
    patches: Fields = field(default_factory=dict)
    for_claims: ForClaims | None = None
    heard: Mapping[str, FromArticle] = field(default_factory=dict)

    @property
    def article_id(self) -> str | None:
        """The article that the document, a claim, is of."""
        return None if self.given is None else self.given.document.get("article_id")


def asked_of(changes: Iterable[Change]) -> dict[Key, State]:
    """What the changes ask of each document; every claim that is put is made known to its article.

    Raises PermanentError for an unknown kind, for claims and patches that are no JSON, and for ids that cannot be one.
    """
    asked: dict[Key, State] = {}
    for change in changes:
        for key, state in _asked(change):
            known = asked.get(key)
            if known is None:
                _check_id(key)
            asked[key] = state if known is None else joined(known, state)
    return asked


def _check_id(key: Key) -> None:
    if not 0 < len(key[1].encode("utf-8", "surrogatepass")) <= _LONGEST_ID:
        raise PermanentError(f"{key[0]}/{key[1][:60]}: an id has 1 to {_LONGEST_ID} bytes")


def _asked(change: Change) -> Iterable[tuple[Key, State]]:
    if isinstance(change, ReplaceClaims):
        new = ClaimSet(change.version, tuple(sorted(set(change.claim_ids))))
        return ((("articles", change.id), State(for_claims=ForClaims(set=new))),)
    if isinstance(change, PatchClaims):
        fields = _fields(change.version, change.fields)
        return ((("articles", change.id), State(for_claims=ForClaims(fields=fields))),)
    if change.kind not in KINDS:
        raise PermanentError(f"unknown kind of document: {change.kind!r}")
    key = (change.kind, change.id)
    if isinstance(change, Delete):
        return ((key, State(deleted=change.version)),)
    if isinstance(change, Patch):
        return ((key, State(patches=_fields(change.version, change.fields))),)
    return _put(key, change)


def _fields(version: int, fields: Mapping[str, Any]) -> Fields:
    to_json(dict(fields))
    return {name: (version, value) for name, value in fields.items()}


def _put(key: Key, put: Put) -> Iterable[tuple[Key, State]]:
    document = {name: value for name, value in put.document.items() if name != "body"}
    state = State(given=Given(put.version, document, put.document.get("body") or None))
    if put.kind != "claims":
        return ((key, state),)
    to_json(document)  # an article is encoded before anything is written; its claims only after it was
    article_id = document.get("article_id")
    if article_id is None:
        return ((key, state),)
    return ((key, state), (("articles", article_id), State(for_claims=ForClaims(known=frozenset((put.id,))))))


def joined(kept: State, asked: State) -> State:
    """Both accounts of a document as one. What articles say reaches a claim by ``told``, not by this."""
    return State(
        given=_later(kept.given, asked.given),
        deleted=max(kept.deleted, asked.deleted),
        patches=_both(kept.patches, asked.patches),
        for_claims=_for_claims(kept.for_claims, asked.for_claims),
        heard=kept.heard,
    )


def _later(kept: Given | None, asked: Given | None) -> Given | None:
    if kept is None or asked is None:
        return kept or asked
    if asked.version != kept.version:
        return asked if asked.version > kept.version else kept
    if asked.document != kept.document:
        return asked if to_json(asked.document) > to_json(kept.document) else kept
    return asked if asked.body != kept.body and to_json(asked.body) > to_json(kept.body) else kept


def _both(kept: Fields, asked: Fields) -> Fields:
    if not kept or not asked:
        return kept or asked
    now = kept
    for name, (version, value) in asked.items():
        now = merged(now, version, {name: value})
    return now


def _for_claims(kept: ForClaims | None, asked: ForClaims | None) -> ForClaims | None:
    if kept is None or asked is None:
        return kept if asked is None else replace(asked, round=int(asked.set is not None or bool(asked.fields)))
    fields = _both(kept.fields, asked.fields)
    latest = kept.set
    if asked.set is not None and (latest is None or _rank(asked.set) > _rank(latest)):
        latest = asked.set
    changed = fields != kept.fields or latest != kept.set
    return ForClaims(fields, latest, kept.known | asked.known, kept.round + changed)


def _rank(claims: ClaimSet) -> tuple[int, bytes]:
    return claims.version, to_json(claims.ids)


def told(state: State, claim_id: str, article_id: str, said: ForClaims | None) -> State:
    """The claim's state after it has heard what its article says.

    A round that changes nothing for the claim, and cannot change how later changes are decided, is not taken down: each
    new article of a story says the same of all claims of all its articles once more.
    """
    before = state.heard.get(article_id, _UNHEARD)
    if said is None or said.round <= before.round:
        return state
    version, is_in = (-1, True) if said.set is None else (said.set.version, claim_id in said.set.ids)
    now = FromArticle(said.round, said.fields, version, is_in)
    if before.is_in and now.is_in and _values(before) == _values(now) and not _overlap(state, now):
        return state
    return replace(state, heard={**state.heard, article_id: now})


def _values(heard: FromArticle) -> dict[str, Any]:
    return {name: value for name, (_, value) in heard.fields.items()}


def _overlap(state: State, heard: FromArticle) -> bool:
    return not state.patches.keys().isdisjoint(heard.fields)


def is_delicate(state: State) -> bool:
    """Whether a version that the claim's article says, and the claim may not have heard, can decide what is shown."""
    heard = state.heard.get(state.article_id or "")
    return heard is not None and (not heard.is_in or _overlap(state, heard))


def shown(state: State) -> dict[str, Any] | None:
    """The document as readers find it; None when it is not there for them."""
    given = state.given
    if given is None or given.version <= state.deleted:
        return None
    heard = state.heard.get(given.document.get("article_id") or "", _UNHEARD)
    if not heard.is_in and heard.set_version >= given.version:
        return None
    document = {**given.document, **effective(state.patches, heard.fields or _NO_FIELDS)}
    return document if given.body is None else {**document, "body": given.body}
