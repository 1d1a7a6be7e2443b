"""``kliping status [FILE]``: how far everything is, or where one article is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kliping.broker import BrokerAway, broker_client
from kliping.commands import options
from kliping.commands.output import as_json, local, say
from kliping_shared.errors import KlipingError
from kliping_shared.settings import Settings, load

if TYPE_CHECKING:
    from kliping_shared.bus import TrailEntry

File = Annotated[str | None, typer.Argument(help="A file's name, or its path below the inbox.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]


_SEARCHABLE: Final = {
    True: "searchable",
    False: "not searchable yet",
    None: "whether it is searchable is not known: the store does not answer",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("status")(status)


def status(file: File = None, data: options.Data = None, inbox: options.Inbox = None, json: Json = False) -> None:
    """Show files by state, the queues and the store; with FILE, each stage it went through with its time."""
    settings = options.there(load(Settings, data=data, inbox=inbox))
    report = asyncio.run(_one(settings, file) if file else _all(settings))
    if json:
        typer.echo(as_json(report))
    elif file:
        _show_one(report)
    else:
        _show_all(report)


async def _all(settings: Settings) -> dict[str, Any]:
    from kliping_shared.bus import stream_stats
    from kliping_shared.inbox.ledger import file_counts, latest_files
    from kliping_shared.store import open_reader

    reader = open_reader(settings)
    report: dict[str, Any] = {
        "files": asdict(file_counts(settings.ledger_path)),
        "rejected": [asdict(file) for file in latest_files(settings.ledger_path, ("rejected",), limit=10)],
        "store": dict(await reader.counts()),
    }
    await reader.close()
    try:
        async with broker_client(settings) as client:
            report["streams"] = [asdict(row) for row in await stream_stats(client)]
    except BrokerAway as error:
        report["streams"], report["broker"] = None, str(error)
    return report


async def _one(settings: Settings, wanted: str) -> dict[str, Any]:
    from kliping_shared.inbox.ledger import find_files
    from kliping_shared.inbox.whereabouts import articles_at, stage_of
    from kliping_shared.store import open_reader

    stays = find_files(settings.ledger_path, _below(settings.inbox, wanted))
    if not stays:
        there = (settings.inbox / _below(settings.inbox, wanted)).exists()
        reason = "waits in the inbox; is 'kliping up' running?" if there else "was never seen in the inbox"
        raise KlipingError(f"{wanted} {reason}")
    file = stays[0]
    reader = open_reader(settings)
    articles = await articles_at(reader, await _trails(settings, file.article_ids), file.article_ids)
    await reader.close()
    return {
        "file": asdict(file),
        "stage": stage_of(file, articles),
        "articles": [asdict(article) for article in articles],
    }


async def _trails(settings: Settings, articles: Sequence[str]) -> Mapping[str, tuple[TrailEntry, ...]]:
    """Each article's trail; none when nobody answers at the broker."""
    from kliping_shared.bus import trails

    try:
        async with broker_client(settings) as client:
            return await trails(client, articles)
    except BrokerAway:
        return {}


def _below(inbox: Path, name: str) -> str:
    try:
        return str(Path(name).absolute().relative_to(inbox.absolute()))
    except ValueError:
        return name


def _show_all(report: dict[str, Any]) -> None:
    files, store = report["files"], report["store"]
    say(
        f"files     {files['waiting']} waiting, {files['in_work']} in work, {files['done']} done"
        f" ({files['duplicate']} duplicates), {files['rejected']} rejected"
    )
    for row in report["streams"] or ():
        if row["group"]:
            age = max(row["oldest_pending"] or 0, row["oldest_unread"] or 0)
            say(
                f"{row['group']:<9} {row['lag']} waiting, {row['pending']} in work"
                f"{f', oldest {age:.0f} s' if age else ''}, {row['dead']} dead   {row['stream']}"
            )
        else:
            say(f"dead      {row['length']}{'   see kliping dead list' if row['length'] else ''}")
    if report["streams"] is None:
        say(f"queues    {report['broker']}")
    say("store     " + ", ".join(f"{count} {kind}" for kind, count in store.items()))
    for file in report["rejected"]:
        say(f"rejected  {file['path']}: {file['message'].removeprefix(file['path']).lstrip()}")


def _show_one(report: dict[str, Any]) -> None:
    file = report["file"]
    say(f"{file['path']}: {file['state']} {file['outcome'] or ''}".rstrip())
    for label, name in (
        ("seen", "seen_at"),
        ("read", "read_at"),
        ("published", "published_at"),
        ("moved", "finished_at"),
    ):
        if file[name]:
            kept = file["kept_as"] if name == "finished_at" else ""
            say(f"  {label:<10} {_local(file[name])}   {kept}".rstrip())
    if file["code"]:
        say(f"  rejected   {file['code']}: {file['message']}")
        say(f"             {file['hint']}")
    for article in report["articles"]:
        say(f"article {article['article_id']}  {article['title'] or ''}")
        for stage in article["stages"]:
            say(f"  {stage['stage']:<10} {_local(stage['at'])}   {stage['outcome']}")
        if article["searchable"]:
            reader = "nobody" if article["extractor"].startswith("none ") else article["extractor"]
            say(f"  {'language':<10} {article['language'] or 'could not be told'}, read by {reader}")
        say(f"  {_SEARCHABLE[article['searchable']]}")


def _local(at: datetime | str) -> str:
    """A time of the ledger (text) or of a trail in our time zone, to the millisecond."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return local(moment).isoformat(timespec="milliseconds")
