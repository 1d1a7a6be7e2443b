"""Keeping and finding documents: one protocol, several stores.

``open_writer`` and ``open_reader`` choose the store by the settings; nothing heavy is imported before they are called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping_shared.errors import SettingsError

if TYPE_CHECKING:
    from kliping_shared.settings import Settings
    from kliping_shared.store.ports import StoreReader, StoreWriter

__all__ = ["open_reader", "open_writer"]


def open_writer(settings: Settings) -> StoreWriter:
    """The writer of the configured store, made and migrated where needed. Raises SettingsError, StoreUnavailable.

    Opening may block for seconds while another writer is at work.
    """
    _refuse_opensearch(settings)
    from kliping_shared.store.embedded.writer import EmbeddedWriter

    return EmbeddedWriter(settings.store_path)


def open_reader(settings: Settings) -> StoreReader:
    """The reader of the configured store. The store need not exist yet: it is empty until it does."""
    _refuse_opensearch(settings)
    from kliping_shared.store.embedded.reader import EmbeddedReader

    return EmbeddedReader(settings.store_path)


def _refuse_opensearch(settings: Settings) -> None:
    if settings.opensearch_url:
        raise SettingsError(
            "KLIPING_OPENSEARCH_URL: the OpenSearch store comes with a later release; unset it to use the embedded store"
        )
