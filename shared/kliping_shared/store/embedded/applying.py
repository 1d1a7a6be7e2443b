"""What the changes of one transaction do to what is kept.

Everything that decides what is shown is kept as "the highest version wins", per document, per patched field and per
article's set of claims; what is shown follows from these alone. So the order in which changes come does not matter,
nor does their number, and of a batch only what wins is looked at: by kind of change, not message by message.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

from kliping_shared.errors import PermanentError
from kliping_shared.store.documents import KINDS
from kliping_shared.store.embedded.keeping import ClaimSet, Kept, Row
from kliping_shared.store.embedded.numbering import ValueNumbers
from kliping_shared.store.embedded.patching import ALL_CLAIMS
from kliping_shared.store.embedded.schema import KIND_NUMBER
from kliping_shared.store.embedded.showing import show
from kliping_shared.store.patches import Fields, merged, to_json
from kliping_shared.store.ports import Change, Delete, Patch, PatchClaims, Put, ReplaceClaims

_CLAIMS: Final = KIND_NUMBER["claims"]

#: Kind's number (of patches also ALL_CLAIMS) and id.
Key = tuple[int, str]


def apply_changes(connection: sqlite3.Connection, changes: Sequence[Change], numbers: ValueNumbers) -> None:
    """Keep the changes and bring what readers find up to date, inside the caller's transaction.

    Raises PermanentError for a document that cannot be kept (no JSON, an unknown kind).
    """
    _check_kinds(changes)
    kept = Kept(connection)
    _need_rows(kept, changes)
    touched: dict[Key, Row] = {}
    _put(kept, [change for change in changes if isinstance(change, Put)], touched)
    _delete(kept, [change for change in changes if isinstance(change, Delete)], touched)
    articles = _replace_claims(kept, [change for change in changes if isinstance(change, ReplaceClaims)])
    articles |= _patch_claims(connection, kept, [change for change in changes if isinstance(change, PatchClaims)])
    _touch(kept.claims_of(articles), touched)
    _patch(kept, [change for change in changes if isinstance(change, Patch)], touched)
    show(connection, kept, numbers, list(touched.values()))
    kept.write(list(touched.values()))


def _check_kinds(changes: Iterable[Change]) -> None:
    for change in changes:
        if not isinstance(change, ReplaceClaims | PatchClaims) and change.kind not in KINDS:
            raise PermanentError(f"unknown kind of document: {change.kind!r}")


def _need_rows(kept: Kept, changes: Iterable[Change]) -> None:
    ids: dict[int, set[str]] = {}
    for change in changes:
        if not isinstance(change, ReplaceClaims | PatchClaims):
            ids.setdefault(KIND_NUMBER[change.kind], set()).add(change.id)
    for kind, wanted in ids.items():
        kept.need_rows(kind, wanted)


def _touch(rows: Iterable[Row], touched: dict[Key, Row]) -> None:
    for row in rows:
        touched[row.kind, row.id] = row


def _put(kept: Kept, puts: Iterable[Put], touched: dict[Key, Row]) -> None:
    latest: dict[Key, Put] = {}
    for put in puts:
        key = KIND_NUMBER[put.kind], put.id
        rival = latest.get(key)
        if rival is None or _comes_after(put, rival.version, partial(_document, rival)):
            latest[key] = put
    kept.need_sources(row for key in latest if (row := kept.row(*key)) is not None)
    for key, put in latest.items():
        row = kept.row_to_be(*key)
        if _comes_after(put, row.put_version, row.document):
            article_id = put.document.get("article_id") if put.kind == "claims" else None
            row.put(put.version, _document(put), put.document.get("body"), article_id)
            touched[key] = row


def _comes_after(put: Put, version: int, document: Callable[[], bytes]) -> bool:
    """Whether the put replaces another one; of the same version: any rule does that is the same in every order."""
    return put.version > version or (put.version == version and _document(put) > document())


def _document(put: Put) -> bytes:
    if "body" not in put.document:
        return to_json(dict(put.document))
    return to_json({name: value for name, value in put.document.items() if name != "body"})


def _delete(kept: Kept, deletes: Iterable[Delete], touched: dict[Key, Row]) -> None:
    for delete in deletes:
        key = KIND_NUMBER[delete.kind], delete.id
        row = kept.row_to_be(*key)
        if row.is_new or delete.version > row.delete_version:
            row.delete_version = max(row.delete_version, delete.version)
            touched[key] = row


def _replace_claims(kept: Kept, replacements: Sequence[ReplaceClaims]) -> set[str]:
    """The articles whose claims may be others now."""
    kept.need_claim_sets(change.id for change in replacements)
    found = set()
    for change in replacements:
        known, new = kept.claim_set(change.id), ClaimSet.of(change.version, change.claim_ids)
        if known is None or (new.version, new.ids) > (known.version, known.ids):
            kept.replace_claim_set(change.id, new)
            found.add(change.id)
    return found


def _merge(kept: Kept, target: int, patches: Sequence[Patch | PatchClaims]) -> dict[str, tuple[Fields, Fields]]:
    """Keep these patches of one target; id -> the fields before and now, where they differ."""
    kept.need_patches(target, {patch.id for patch in patches})
    for patch in patches:
        known = kept.patches(target, patch.id)
        now = merged(known, patch.version, patch.fields)
        if now != known:
            kept.set_patches(target, patch.id, now)
    pairs = {patch.id: (kept.patches_before(target, patch.id), kept.patches(target, patch.id)) for patch in patches}
    return {id: (before, now) for id, (before, now) in pairs.items() if before != now}  # noqa: A001


def _set(before: Fields, now: Fields) -> bool:
    """Whether a field has another value, not only a higher version."""
    return any(name not in before or before[name][1] != value for name, (_, value) in now.items())


def _patch_claims(connection: sqlite3.Connection, kept: Kept, patches: Sequence[PatchClaims]) -> set[str]:
    """The articles whose claims may look otherwise now.

    A higher version of the same value matters only where a claim's own patch sets that field too.
    """
    found: set[str] = set()
    moved: dict[str, list[str]] = {}
    for id, (before, now) in _merge(kept, ALL_CLAIMS, patches).items():  # noqa: A001
        if _set(before, now):
            found.add(id)
        for name in now:
            moved.setdefault(name, []).append(id)
    rivals = (
        "SELECT DISTINCT j.value FROM json_each(?1) j CROSS JOIN docs d ON d.article_id = j.value"
        " CROSS JOIN patched p ON p.target = ?2 AND p.id = d.id WHERE instr(p.fields, ?3)"
    )
    for name, ids in moved.items():
        wanted = to_json([id for id in ids if id not in found]).decode()  # noqa: A001
        key = to_json(name) + b":["
        found.update(id for (id,) in connection.execute(rivals, (wanted, _CLAIMS, key)))  # noqa: A001
    return found


def _patch(kept: Kept, patches: Sequence[Patch], touched: dict[Key, Row]) -> None:
    for kind, target in KIND_NUMBER.items():
        changed = _merge(kept, target, [patch for patch in patches if patch.kind == kind])
        rows = [(row, *pair) for id, pair in changed.items() if (row := kept.row(target, id)) is not None]  # noqa: A001
        if target == _CLAIMS:
            kept.need_patches(ALL_CLAIMS, {row.article_id for row, _, _ in rows if row.article_id is not None})
        _touch((row for row, before, now in rows if _set(before, now) or _has_rival(kept, row, now)), touched)


def _has_rival(kept: Kept, row: Row, fields: Fields) -> bool:
    """Whether a claim's article sets one of the same fields for all its claims, so that a version may decide anew."""
    if row.article_id is None:
        return False
    return not kept.patches(ALL_CLAIMS, row.article_id).keys().isdisjoint(fields)
