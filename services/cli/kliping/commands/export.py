"""``kliping export``: every found document, complete and streaming, as CSV or JSON lines."""

from __future__ import annotations

import asyncio
import csv
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import IO, Annotated, Any

import orjson
import typer

from kliping.commands import options
from kliping_shared.settings import Settings
from kliping_shared.store.documents import DOCUMENT_OF, Kind
from kliping_shared.store.ports import SearchRequest

Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write; stdout when not given.")]
Format = Annotated[str, typer.Option("--format", help="csv or jsonl.")]
#: Nested fields that have no place in a table; JSON lines carry them.
NOT_IN_CSV = {"body", "wordings", "articles"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", context_settings={"ignore_unknown_options": True})(export)


def export(
    query: options.Query = "",
    speaker: options.Speaker = None,
    person: options.Person = None,
    org: options.Org = None,
    place: options.Place = None,
    outlet: options.Outlet = None,
    date_from: options.DateFrom = None,
    date_to: options.DateTo = None,
    kind: options.KindOption = "claims",
    format: Format = "csv",
    output: Output = None,
    data: options.Data = None,
) -> None:
    """Write everything that a search finds, with its sources; nothing is cut off."""
    fields = {"speaker": speaker, "person": person, "org": org, "place": place, "outlet": outlet}
    request = SearchRequest(
        kind=options.kind(kind),
        query=options.with_fields(query, fields),
        date_from=options.day(date_from, "--from"),
        date_to=options.day(date_to, "--to"),
        sort="oldest",
    )
    if format not in WRITERS:
        raise typer.BadParameter("choose csv or jsonl", param_hint="--format")
    settings = options.data_folder(data)
    if output is None:
        count = asyncio.run(_export(settings, request, format, sys.stdout))
    else:
        # An earlier export stays until this one is complete.
        partial = output.with_name(f"{output.name}.part")
        with partial.open("w", encoding="utf-8", newline="") as file:
            count = asyncio.run(_export(settings, request, format, file))
        partial.replace(output)
    typer.echo(f"{count} {kind} exported", err=True)


async def _export(settings: Settings, request: SearchRequest, format: str, file: IO[str]) -> int:
    from kliping_shared.store import open_reader

    reader = open_reader(settings)
    try:
        return await WRITERS[format](reader.stream(request), request.kind, file)
    finally:
        await reader.close()


async def write_csv(documents: AsyncIterator[Mapping[str, Any]], kind: Kind, file: IO[str]) -> int:
    """One line per document under a header; lists are joined by '; '. Returns the number of documents."""
    names = [name for name in DOCUMENT_OF[kind].model_fields if name not in NOT_IN_CSV]
    writer = csv.DictWriter(file, names, extrasaction="ignore")
    writer.writeheader()
    count = 0
    async for document in documents:
        writer.writerow({name: _cell(document.get(name)) for name in names})
        count += 1
    return count


async def write_jsonl(documents: AsyncIterator[Mapping[str, Any]], _kind: Kind, file: IO[str]) -> int:
    """One JSON object per line. Returns the number of documents."""
    count = 0
    async for document in documents:
        file.write(orjson.dumps(dict(document)).decode() + "\n")
        count += 1
    return count


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = "; ".join(str(item) for item in value)
    # A cell that starts like a formula would be run by a spreadsheet; a leading quote makes it text.
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


WRITERS: dict[str, Callable[[AsyncIterator[Mapping[str, Any]], Kind, IO[str]], Awaitable[int]]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
}
