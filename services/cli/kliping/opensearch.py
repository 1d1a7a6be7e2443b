"""Talking to OpenSearch from a command."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from kliping_shared.errors import SettingsError
from kliping_shared.settings import Settings

if TYPE_CHECKING:
    from opensearchpy import AsyncOpenSearch


@asynccontextmanager
async def opened(settings: Settings, seconds: float) -> AsyncIterator[AsyncOpenSearch]:
    """A client of a server that answers, which may take so many ``seconds``; errors become Kliping's, in one line.

    Raises SettingsError, StoreUnavailable, PermanentError.
    """
    if not settings.opensearch_url:
        raise SettingsError("KLIPING_OPENSEARCH_URL is not set: the embedded store needs no such command")
    if find_spec("opensearchpy") is None:
        raise SettingsError("OpenSearch's client is not installed; install kliping[setup]")
    from kliping_shared.store.opensearch import setup

    async with setup.opened(settings, seconds) as client:
        yield client
