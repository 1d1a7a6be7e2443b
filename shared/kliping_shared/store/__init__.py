"""Keeping and finding documents: one protocol, several stores.

``open_writer`` and ``open_reader`` choose the store by the settings; nothing heavy is imported before they are called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kliping_shared.settings import Settings
    from kliping_shared.store.ports import StoreReader, StoreWriter

__all__ = ["open_reader", "open_writer"]


def open_writer(settings: Settings) -> StoreWriter:
    """The writer of the configured store. Raises SettingsError, StoreUnavailable.

    The embedded store is made and migrated where needed, which may block for seconds while another writer is at work.
    On OpenSearch nothing is asked yet; ``kliping setup`` makes what is needed there.
    """
    if settings.opensearch_url:
        from kliping_shared.store.opensearch.client import connect
        from kliping_shared.store.opensearch.writer import OpenSearchWriter

        return OpenSearchWriter(settings, connect(settings))
    from kliping_shared.store.embedded.writer import EmbeddedWriter

    return EmbeddedWriter(settings.store_path)


def open_reader(settings: Settings) -> StoreReader:
    """The reader of the configured store. The store need not exist yet: it is empty until it does."""
    if settings.opensearch_url:
        from kliping_shared.store.opensearch.client import connect
        from kliping_shared.store.opensearch.reader import OpenSearchReader

        return OpenSearchReader(settings, connect(settings))
    from kliping_shared.store.embedded.reader import EmbeddedReader

    return EmbeddedReader(settings.store_path)
