"""``kliping watch …``: saved searches that are asked of everything that arrives."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from kliping.commands import options
from kliping.commands.output import as_json, local, say

if TYPE_CHECKING:
    from kliping_shared.watching.alerts import Alert
    from kliping_shared.watching.redis import Standing, Unreadable
    from kliping_shared.watching.watchlist import Watchlist

T = TypeVar("T")
Name = Annotated[str, typer.Argument(metavar="NAME", help="What to call it.")]
Id = Annotated[str, typer.Argument(metavar="WATCH", help="Id as 'kliping watch list' shows it.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Secrets = Annotated[bool, typer.Option("--secrets", help="In JSON, with what webhooks are signed with: to 'restore'.")]
File = Annotated[str, typer.Argument(metavar="FILE", help="JSON lines; '-' for what comes in.")]
Webhook = Annotated[str | None, typer.Option("--webhook", help="Address that is sent each alert.")]
Mail = Annotated[str | None, typer.Option("--mail", help="Mailbox that is sent alerts.")]
Every = Annotated[int, typer.Option("--every", help="Minutes of which all alerts come in one mail; 0: at once.")]
Count = Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many of the latest to show.")]

#: Characters of what was said that a line shows.
SHOWN = 100


def build() -> typer.Typer:
    """The sub-commands."""
    app = typer.Typer(help="Watches: be told of what comes to be found by a search.", no_args_is_help=True)
    app.command("add", context_settings=options.QUERY_CONTEXT)(add)
    for name, command in (("list", all_), ("show", show), ("remove", remove), ("test", try_), ("resume", resume)):
        app.command(name)(command)
    app.command()(restore)
    return app


def add(
    name: Name,
    query: options.Query = None,
    kind: options.KindOption = "claims",
    webhook: Webhook = None,
    mail: Mail = None,
    every: Every = 0,
    date_from: options.DateFrom = None,
    date_to: options.DateTo = None,
    by: options.By = None,
    data: options.Data = None,
) -> None:
    """Watch a search from now on. What it finds already is no news."""
    from kliping_shared.watching.watches import Search

    fields = {
        "name": name,
        "search": Search.of(options.request(kind, query, date_from, date_to)),
        "webhook": {"url": webhook} if webhook else None,
        "mail": {"to": mail, "every_minutes": every} if mail else None,
        "by": options.author(by),
    }
    made = _with(data, lambda watchlist: watchlist.make(**fields))
    say(f"{made.watch_id} watches from now on")
    if made.webhook:
        say(f"its webhook's requests are signed with {made.webhook.secret} (not shown again)")


def all_(json: Json = False, secrets: Secrets = False, data: options.Data = None) -> None:
    """List the watches, and how much of what they found is new."""

    async def look(watchlist: Watchlist) -> tuple[list[Standing], list[Unreadable]]:
        return await watchlist.all(), await watchlist.unreadable()

    listed, unreadable = _with(data, look)
    for standing in listed:
        say(as_json(_as_json(standing, secrets=secrets)) if json else _line(standing))
    for one in unreadable:
        told = f"{one.watch_id}  cannot be read: {one.reason} ('kliping watch remove {one.watch_id}' forgets it)"
        say(told, err=json)  # all that is written out can be restored
    if not listed and not unreadable and not json:
        say("No watches.")


def show(id: Id, limit: Count = 20, json: Json = False, data: options.Data = None) -> None:
    """Show what a watch found, newest first, and how its webhook and mailbox fare."""

    async def look(watchlist: Watchlist) -> tuple[Standing, list[Alert]]:
        return await watchlist.standing(id), await watchlist.alerts(id, count=limit)

    standing, alerts = _with(data, look)
    if json:
        for alert in alerts:
            say(as_json(alert.model_dump(mode="json")))
        return
    say(_line(standing))
    for channel, fared in standing.deliveries.items():
        trouble = f"; {'stopped' if fared.stopped else 'will be tried again'}: {fared.error}" if fared.error else ""
        dropped = f", {fared.dropped} dropped (too many waited, or too long)" if fared.dropped else ""
        say(f"  {channel}: {fared.sent} sent, {fared.waiting} waiting{dropped}{trouble}")
    for alert in alerts:
        found = alert.found
        told = ": ".join(part for part in (", ".join(found.speaker), found.text or found.title) if part)
        at = local(alert.at).isoformat(sep=" ", timespec="minutes")
        say(f"{at}  {found.id}  {', '.join(found.outlet)}  {_short(told)}")


def remove(id: Id, data: options.Data = None) -> None:
    """Forget a watch and what it found."""
    _with(data, lambda watchlist: watchlist.remove(id))
    say(f"{id} removed")


def try_(id: Id, data: options.Data = None) -> None:
    """Send a test to a watch's webhook and mailbox; 'show' tells how it went."""
    _with(data, lambda watchlist: watchlist.test(id))
    say(f"a test is on its way; 'kliping watch show {id}' tells how it went")


def resume(id: Id, data: options.Data = None) -> None:
    """Try a webhook or mailbox again that stopped: what waited is delivered."""
    _with(data, lambda watchlist: watchlist.resume(id))
    say(f"what waits for {id} is sent again")


def restore(file: File, data: options.Data = None) -> None:
    """Begin watches anew that 'list --json' wrote out; what is there already stays as it is."""
    from kliping_shared.watching.watches import WrittenOut

    wanted = options.written_out(file, WrittenOut, "watch")
    made = _with(data, lambda watchlist: watchlist.restore([one.watch() for one in wanted]))
    say(f"{len(made)} watches restored, {len(wanted) - len(made)} were there")
    active = {one.watch_id for one in wanted if one.active}
    for watch in made:
        if not watch.active and watch.watch_id in active:
            say(f"{watch.watch_id}  {watch.name}: rests, since its search finds too much by now to be watched")
    kept = {one.webhook.secret for one in wanted if one.webhook and "secret" in one.webhook.model_fields_set}
    for watch in made:
        if watch.webhook and watch.webhook.secret not in kept:
            say(f"{watch.watch_id}: its webhook's requests are signed with {watch.webhook.secret} (not shown again)")


def _with(data: options.Data, work: Callable[[Watchlist], Awaitable[T]]) -> T:
    settings = options.data_folder(data)

    async def run() -> T:
        from kliping.broker import broker_client
        from kliping_shared.store import open_reader
        from kliping_shared.watching.redis import Watches
        from kliping_shared.watching.watchlist import Watchlist

        async with broker_client(settings) as client:
            reader = open_reader(settings)
            try:
                return await work(Watchlist(Watches(client), reader))
            finally:
                await reader.close()

    return asyncio.run(run())


def _line(standing: Standing) -> str:
    watch = standing.watch
    rests = "" if watch.active else ", rests"
    stopped = "".join(f", {channel} stopped" for channel, fared in standing.deliveries.items() if fared.stopped)
    counts = f"{standing.total} found, {standing.unread} new{rests}{stopped}"
    return f"{watch.watch_id}  {watch.name}  {watch.search.kind}: {watch.search.query or 'everything'}  ({counts})"


def _as_json(standing: Standing, *, secrets: bool) -> dict[str, Any]:
    watch = standing.watch.model_dump(mode="json", exclude=None if secrets else {"webhook": {"secret"}})
    fared = {channel: vars(deliveries) for channel, deliveries in standing.deliveries.items()}
    return {**watch, "total": standing.total, "unread": standing.unread, "deliveries": fared}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN].rstrip()} …"
