"""What the search service needs: the reading half of a store."""

from kliping_shared.store.ports import StoreReader

__all__ = ["StoreReader"]
