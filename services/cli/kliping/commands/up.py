"""``kliping up``: the whole of Kliping on this machine, with nothing to install but Python packages."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from kliping.commands import options
from kliping.settings import UpSettings
from kliping_shared.settings import load

Host = Annotated[str | None, typer.Option("--host", help="Address of the page (127.0.0.1).")]
Port = Annotated[
    int | None, typer.Option("--port", min=0, max=65535, help="Port of the page (8080); 0 takes a free one.")
]
Workers = Annotated[int | None, typer.Option("--workers", min=1, max=64, help="Extract workers (one per core).")]
Once = Annotated[bool, typer.Option("--once", help="Process what is there, wait until it is searchable, stop.")]
Demo = Annotated[bool, typer.Option("--demo", help="Show the demo articles, in a folder of their own.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("up")(up)


def up(
    inbox: options.Inbox = None,
    data: options.Data = None,
    host: Host = None,
    port: Port = None,
    workers: Workers = None,
    once: Once = False,
    demo: Demo = False,
) -> None:
    """Run all of Kliping here: folder, broker, extraction, links, store, page. Ctrl-C stops it; nothing is lost.

    With --once: exit code 0 when all is searchable, 1 when a file was rejected.
    """
    from kliping.up import demo as demonstration
    from kliping.up.forking import start_fork_server

    start_fork_server()
    from kliping.up.run import run

    if demo:
        inbox, data = inbox or options.DEMO_ROOT / "inbox", data or options.DEMO_ROOT / "data"
    settings = load(UpSettings, inbox=inbox, data=data, host=host, port=port, workers=workers)
    if demo:
        demonstration.fill(settings.inbox)
    raise typer.Exit(asyncio.run(run(settings, once=once)))
