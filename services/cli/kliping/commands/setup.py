"""``kliping setup``: make what the services need before they start: streams, consumer groups, the store, dashboards."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated

import typer

from kliping.broker import BrokerAway, broker_client
from kliping.commands import options
from kliping.commands.output import say
from kliping.settings import SetupSettings
from kliping_shared.settings import Settings, load

_RETRY_SECONDS = 0.5

Timeout = Annotated[
    float, typer.Option("--timeout", min=0, help="Seconds to wait for each server that is not there yet.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("setup")(setup)


def setup(data: options.Data = None, timeout: Timeout = 120.0) -> None:
    """Make streams, consumer groups and the store where they are missing, and import the dashboards where
    KLIPING_DASHBOARDS_URL says. May be run again at any time."""
    settings = load(SetupSettings, data=data)
    if settings.redis_url or not settings.opensearch_url:
        asyncio.run(_topology(settings, timeout if settings.redis_url else 0.0))
        typer.echo("Streams and consumer groups are there.")
    if settings.opensearch_url:
        asyncio.run(_indices(settings, timeout))
    else:
        _embedded(settings)
    typer.echo("The store is there.")
    if settings.dashboards_url:
        from kliping.dashboards.setup import set_up_dashboards

        typer.echo(set_up_dashboards(settings, timeout))


def _embedded(settings: Settings) -> None:
    from kliping_shared.store import make_store

    asyncio.run(make_store(settings))


async def _topology(settings: Settings, seconds: float) -> None:
    from kliping_shared.bus import ensure_topology

    deadline = time.monotonic() + seconds
    while True:
        try:
            async with broker_client(settings) as client:
                return await ensure_topology(client)
        except BrokerAway:
            if time.monotonic() + _RETRY_SECONDS > deadline:
                raise
        await asyncio.sleep(_RETRY_SECONDS)


async def _indices(settings: Settings, seconds: float) -> None:
    from kliping.opensearch import opened
    from kliping_shared.store.opensearch.names import Names
    from kliping_shared.store.opensearch.setup import ensure_indices

    async with opened(settings, seconds) as client:
        state = await ensure_indices(client, Names(settings.index_prefix), settings.index_replicas)
    if state.blocked:
        say(f"{', '.join(state.blocked)}: takes no writes, a 'kliping reindex' has not ended; run it again", err=True)
    if state.outdated:
        say(f"{', '.join(state.outdated)}: made by another version of Kliping; run 'kliping reindex'", err=True)
