"""``kliping setup``: make what the services need before they start: streams, consumer groups, the store."""

from __future__ import annotations

import asyncio

import typer

from kliping.broker import broker_client
from kliping.commands import options
from kliping_shared.settings import Settings, load


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("setup")(setup)


def setup(data: options.Data = None) -> None:
    """Make streams, consumer groups and the store where they are missing. May be run again at any time."""
    from kliping_shared.store import open_writer

    settings = load(Settings, data=data)
    asyncio.run(_topology(settings))
    asyncio.run(open_writer(settings).close())
    typer.echo("Streams, consumer groups and the store are there.")


async def _topology(settings: Settings) -> None:
    from kliping_shared.bus import ensure_topology

    async with broker_client(settings) as client:
        await ensure_topology(client)
