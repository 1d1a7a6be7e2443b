"""Keeping and finding documents: one protocol, several stores.

``open_writer`` and ``open_reader`` choose the store by the settings; nothing heavy is imported before they are called.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from kliping_shared.errors import SettingsError

if TYPE_CHECKING:
    from kliping_shared.settings import Settings
    from kliping_shared.store.ports import Percolator, StoreReader, StoreWriter

__all__ = ["make_store", "open_percolator", "open_reader", "open_writer"]


def open_writer(settings: Settings) -> StoreWriter:
    """The writer of the configured store. Raises SettingsError, StoreUnavailable.

    The embedded store is made and migrated where needed, which may block for seconds while another writer is at work.
    On OpenSearch nothing is asked yet; ``kliping setup`` makes what is needed there.
    """
    if settings.opensearch_url:
        _need_client()
        from kliping_shared.store.opensearch.client import connect
        from kliping_shared.store.opensearch.writer import OpenSearchWriter

        return OpenSearchWriter(settings, connect(settings))
    from kliping_shared.store.embedded.writer import EmbeddedWriter

    return EmbeddedWriter(settings.store_path)


def open_reader(settings: Settings) -> StoreReader:
    """The reader of the configured store. The store need not exist yet: it is empty until it does."""
    if settings.opensearch_url:
        _need_client()
        from kliping_shared.store.opensearch.client import connect
        from kliping_shared.store.opensearch.reader import OpenSearchReader

        return OpenSearchReader(settings, connect(settings))
    from kliping_shared.store.embedded.reader import EmbeddedReader

    return EmbeddedReader(settings.store_path)


def open_percolator(settings: Settings) -> Percolator:
    """Tells which searches find what was just written to the configured store. Nothing is asked yet."""
    if settings.opensearch_url:
        _need_client()
        from kliping_shared.store.opensearch.client import connect
        from kliping_shared.store.opensearch.percolating import OpenSearchPercolator

        return OpenSearchPercolator(settings, connect(settings))
    from kliping_shared.store.embedded.percolating import EmbeddedPercolator

    return EmbeddedPercolator(settings.store_path)


async def make_store(settings: Settings, *, seconds: float = 30.0) -> None:
    """Make what the store needs and has not: the embedded store's file, OpenSearch's templates and indices.

    Waits up to ``seconds`` for an OpenSearch that is starting. Raises SettingsError, StoreUnavailable.
    """
    if not settings.opensearch_url:
        await open_writer(settings).close()
        return
    _need_client()
    from kliping_shared.store.opensearch.names import Names
    from kliping_shared.store.opensearch.setup import ensure_indices, opened

    async with opened(settings, seconds) as client:
        await ensure_indices(client, Names(settings.index_prefix), settings.index_replicas)


def _need_client() -> None:
    if find_spec("opensearchpy") is None:
        raise SettingsError(
            "KLIPING_OPENSEARCH_URL is set, but OpenSearch's client is not installed: pip install 'kliping[index]'"
        )
