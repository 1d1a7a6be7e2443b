"""``kliping reindex``: exchange OpenSearch indices for new ones, while they are searched and written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from kliping.commands.output import Pace
from kliping_shared.settings import Settings, load

if TYPE_CHECKING:
    from collections.abc import Callable

    from opensearchpy import AsyncOpenSearch

    from kliping_shared.store.opensearch.names import Names
    from kliping_shared.store.opensearch.reindex import Progress

_WAIT_SECONDS = 30.0

Force = Annotated[bool, typer.Option("--force", help="Also where the index is as it should be.")]
DeleteOld = Annotated[bool, typer.Option("--delete-old", help="Only delete the indices that have been replaced.")]
Abort = Annotated[bool, typer.Option("--abort", help="Only give up a run that has not ended.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("reindex")(reindex)


def reindex(force: Force = False, delete_old: DeleteOld = False, abort: Abort = False) -> None:
    """Bring OpenSearch's indices to this version's mapping and analysis. Searching goes on, writers wait for seconds.

    May be interrupted at any point: run it again, and it goes on. Run one at a time. The replaced indices stay until
    --delete-old, so there must be room for both.
    """
    if force + delete_old + abort > 1:
        raise typer.BadParameter("--force, --delete-old and --abort exclude each other")
    settings = load(Settings)
    asyncio.run(_run(settings, force=force, delete_old=delete_old, abort=abort))


async def _run(settings: Settings, *, force: bool, delete_old: bool, abort: bool) -> None:
    from kliping.opensearch import opened
    from kliping_shared.store.opensearch.names import Names
    from kliping_shared.store.opensearch.reindex import reindex as exchange

    names = Names(settings.index_prefix)
    async with opened(settings, _WAIT_SECONDS) as client:
        if delete_old or abort:
            await _remove(client, names, abort=abort)
        else:
            await exchange(client, names, settings.index_replicas, force=force, tell=_lines())


async def _remove(client: AsyncOpenSearch, names: Names, *, abort: bool) -> None:
    from kliping_shared.store.opensearch import reindex as module

    removed = await (module.abort(client, names) if abort else module.delete_old(client, names))
    typer.echo(f"Removed: {', '.join(removed)}." if removed else "There was nothing to remove.")


def _lines() -> Callable[[Progress], None]:
    """Tells of progress in lines, now and then."""
    pace = Pace()

    def tell(progress: Progress) -> None:
        if pace.due((progress.family, progress.phase)):
            counted = f", {progress.done:,} of {progress.total:,} documents" if progress.total else ""
            typer.echo(f"{progress.family}: {progress.phase}{counted}")

    return tell
