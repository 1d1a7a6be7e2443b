"""What index needs: a store to write to, and somebody who asks the watches of what was written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kliping_shared.store.ports import Change, Percolator, StoreWriter

__all__ = ["Lookout", "Percolator", "StoreWriter"]


class Lookout(Protocol):
    """Looks for what is news to a watch."""

    async def look(self, units: Sequence[Sequence[Change]]) -> None:
        """Note what the watches find among what these durable changes have changed; may be called again with the same.

        Raises StoreUnavailable, errors of Redis.
        """
        ...
