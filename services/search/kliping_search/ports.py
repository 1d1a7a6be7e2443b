"""What the search service needs: the reading half of a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import SearchPage, SearchRequest, StoreReader


class Finder(Protocol):
    """As much of a reader as showing one document with its surroundings takes; ``StoreReader`` says the rest."""

    async def search(self, request: SearchRequest) -> SearchPage:
        """One page."""
        ...

    async def get(self, kind: Kind, id: str) -> Mapping[str, Any] | None:
        """The document, None when there is none."""
        ...

    async def get_many(self, kind: Kind, ids: Sequence[str]) -> list[Mapping[str, Any]]:
        """Those documents that exist, in the order of ``ids``."""
        ...


__all__ = ["Finder", "StoreReader"]
