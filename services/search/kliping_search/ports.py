"""What the search service needs: the reading half of a store."""

from kliping_shared.store.ports import Finder, StoreReader

__all__ = ["Finder", "StoreReader"]
