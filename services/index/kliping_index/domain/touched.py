"""Which documents changes may show otherwise than before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import Change, Patch, PatchClaims, Put


@dataclass(frozen=True)
class Touched:
    """Ids of documents by kind, and articles all of whose claims are meant."""

    documents: dict[Kind, tuple[str, ...]]
    claims_of: tuple[str, ...]


def touched(units: Iterable[Sequence[Change]]) -> Touched:
    """What may be found by other searches now. What was removed is not: it is found by none."""
    documents: dict[Kind, dict[str, None]] = {}
    claims_of: dict[str, None] = {}
    for change in (change for unit in units for change in unit):
        if isinstance(change, Put | Patch):
            documents.setdefault(change.kind, {})[change.id] = None
        elif isinstance(change, PatchClaims):
            claims_of[change.id] = None
    return Touched({kind: tuple(ids) for kind, ids in documents.items()}, tuple(claims_of))
