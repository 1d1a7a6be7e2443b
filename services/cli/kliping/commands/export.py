"""``kliping export``: every found document, complete and streaming, with its sources, in a file for other programs."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import Iterator
from contextlib import aclosing, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from kliping.commands import options
from kliping.commands.output import pointing_at, say
from kliping_shared.export import FORMATS, FormatName, Tally, encoded
from kliping_shared.export.formats import Encoder
from kliping_shared.settings import Settings
from kliping_shared.store.ports import SearchRequest, SortBy

Output = Annotated[
    Path | None, typer.Option("--output", "-o", dir_okay=False, help="File to write; stdout when not given.")
]
FormatOption = Annotated[FormatName, typer.Option("--format", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV with the mark by which Excel knows UTF-8.")]
Sort = Annotated[SortBy, typer.Option("--sort", metavar="ORDER", help="oldest, newest, relevance or outlets.")]


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
    format: FormatOption = "csv",
    bom: Bom = False,
    sort: Sort = "oldest",
    output: Output = None,
    data: options.Data = None,
) -> None:
    """Write everything that a search finds, with its sources; nothing is cut off."""
    asked = options.request(
        kind, query, date_from, date_to, speaker=speaker, person=person, org=org, place=place, outlet=outlet
    )
    settings = options.data_folder(data)
    if kind not in FORMATS[format].kinds:
        raise typer.BadParameter(f"there are no {kind} in {FORMATS[format].name}", param_hint="--format")
    encoder = FORMATS[format].encoder(kind, bom)
    with pointing_at(asked.query), nullcontext(sys.stdout.buffer) if output is None else replacing(output) as file:
        count = asyncio.run(_export(settings, replace(asked, sort=sort), encoder, file))
    say(f"{count} {kind} exported", err=True)


@contextmanager
def replacing(output: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of ``output`` when all went well; otherwise an earlier export stays as it was."""
    if output.exists() and not output.is_file():
        # A pipe or a device cannot be replaced.
        with output.open("wb") as file:
            yield file
        return
    if not output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {output.parent}", param_hint="--output")
    # Of its own, so that two exports to one file do not write into each other; the later one holds.
    partial = output.with_name(f"{output.name}.{secrets.token_hex(4)}.part")
    try:
        with partial.open("xb") as file:
            yield file
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


async def _export(settings: Settings, request: SearchRequest, encoder: Encoder, file: BinaryIO) -> int:
    from kliping_shared.store import open_reader

    reader, tally = open_reader(settings), Tally()
    try:
        # What is left of the stream ends before its reader does, also when nobody takes the output any more.
        async with aclosing(encoded(reader, request, encoder, tally)) as parts:
            async for part in parts:
                file.write(part)
    finally:
        await reader.close()
    file.flush()
    return tally.documents
