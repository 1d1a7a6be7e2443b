"""``kliping relink``: articles of the store are linked, or extracted and linked, anew."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from kliping.commands import options
from kliping.commands.output import Pace, say
from kliping_shared.errors import KlipingError
from kliping_shared.settings import Settings
from kliping_shared.store.ports import SearchRequest

if TYPE_CHECKING:
    from kliping.relinking import Tell

All = Annotated[bool, typer.Option("--all", help="All articles of the store.")]
Extract = Annotated[bool, typer.Option("--extract", help="Extract them anew, too.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("relink", context_settings=options.QUERY_CONTEXT)(relink)


def relink(
    query: options.Query = None,
    all: All = False,
    extract: Extract = False,
    date_from: options.DateFrom = None,
    date_to: options.DateTo = None,
    data: options.Data = None,
) -> None:
    """Link articles of the store anew, the oldest first: after Redis was lost, or an upgrade that says so.

    Needs Kliping to run. Nothing is lost or doubled, and it may be interrupted and run again. Of a state that was lost
    link knows again what it was given again, so then say --all.
    """
    asked = options.request("articles", query, date_from, date_to)
    given = bool(asked.query or date_from or date_to)
    if given == all:
        raise typer.BadParameter("say what to link anew (a query, --from, --to), or --all")
    wanted = replace(asked, sort="oldest", highlight=False) if given else None
    asyncio.run(_run(options.data_folder(data), wanted, extract=extract))


async def _run(settings: Settings, request: SearchRequest | None, *, extract: bool) -> None:
    from kliping.relinking import relink as link_anew
    from kliping.republishing import workshop
    from kliping_shared.republish import Stage

    async with workshop(settings) as shop:
        done = await link_anew(shop, request, Stage.EXTRACT if extract else Stage.LINK, _lines())
    say(f"articles {'extracted and ' if extract else ''}linked anew: {done.articles:,}")
    if done.groups or done.stories:
        say(f"ended, since nothing is in them any more: {done.groups:,} of the groups, {done.stories:,} of the stories")
    if done.dead:
        raise KlipingError(f"{done.dead:,} messages went to the dead letters meanwhile: kliping dead list")


def _lines() -> Tell:
    """Tells of progress in lines, now and then."""
    pace = Pace()

    def tell(what: str, done: int, total: int) -> None:
        if pace.due(what, anyway=done == total):
            say(f"{what}: {done:,} of {total:,}" if done else f"{what}: {total:,} left", err=True)

    return tell
