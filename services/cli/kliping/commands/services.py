"""``kliping ingest|extract|link|index|alert|search-server``: one service in the foreground (container entry points)."""

from __future__ import annotations

import importlib

import typer

#: command -> module whose ``main()`` runs it, and one line of help.
SERVICES = {
    "ingest": ("kliping_ingest.app", "Watch the inbox and publish its articles."),
    "extract": ("kliping_extract.app", "Find entities, claims and speakers."),
    "link": ("kliping_link.app", "Group claims and stories across outlets."),
    "index": ("kliping_index.app", "Write documents to the store."),
    "alert": ("kliping_alert.app", "Tell webhooks and mailboxes what watches found."),
    "search-server": ("kliping_search.app", "Serve the page and the API."),
}


def register(app: typer.Typer) -> None:
    """Add one command per service."""
    for name, (module, summary) in SERVICES.items():
        app.command(name, help=f"{summary} Runs in the foreground until SIGTERM; settings from KLIPING_* variables.")(
            _runner(module)
        )


def _runner(module: str):  # type: ignore[no-untyped-def]
    def run() -> None:
        raise typer.Exit(importlib.import_module(module).main())

    return run
