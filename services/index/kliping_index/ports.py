"""What index needs: a store to write to."""

from kliping_shared.store.ports import StoreWriter

__all__ = ["StoreWriter"]
