"""``kliping export``: every found document, complete and streaming, as CSV or JSON lines."""

from __future__ import annotations

import asyncio
import csv
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import aclosing, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import IO, Annotated, Any, Literal

import orjson
import typer

from kliping.commands import options
from kliping.commands.output import pointing_at, say
from kliping_shared.settings import Settings
from kliping_shared.store.documents import DOCUMENT_OF, Kind
from kliping_shared.store.ports import SearchRequest

Output = Annotated[
    Path | None, typer.Option("--output", "-o", dir_okay=False, help="File to write; stdout when not given.")
]
Format = Annotated[Literal["csv", "jsonl"], typer.Option("--format", help="CSV for spreadsheets, or JSON lines.")]
#: Nested fields that have no place in a table; JSON lines carry them.
NOT_IN_CSV = {"body", "wordings", "articles"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", context_settings=options.QUERY_CONTEXT)(export)


def export(
    query: options.Query = None,
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
    asked = options.request(
        kind, query, date_from, date_to, speaker=speaker, person=person, org=org, place=place, outlet=outlet
    )
    settings = options.data_folder(data)
    with pointing_at(asked.query), nullcontext(sys.stdout) if output is None else replacing(output) as file:
        count = asyncio.run(_export(settings, replace(asked, sort="oldest"), format, file))
    say(f"{count} {kind} exported", err=True)


@contextmanager
def replacing(output: Path) -> Iterator[IO[str]]:
    """A file that takes the place of ``output`` when all went well; otherwise an earlier export stays as it was."""
    if output.exists() and not output.is_file():
        # A pipe or a device cannot be replaced.
        with output.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    if not output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {output.parent}", param_hint="--output")
    partial = output.with_name(f"{output.name}.part")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            yield file
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


async def _export(settings: Settings, request: SearchRequest, format: str, file: IO[str]) -> int:
    from kliping_shared.store import open_reader

    reader = open_reader(settings)
    try:
        # What is left of the stream ends before its reader does, also when nobody takes the output any more.
        async with aclosing(reader.stream(request)) as documents:  # type: ignore[type-var]
            return await WRITERS[format](documents, request.kind, file)
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
