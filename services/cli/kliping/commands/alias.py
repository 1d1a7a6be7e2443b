"""``kliping alias …``: names that stand for one person, body or place."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kliping.broker import broker_client
from kliping.commands import options
from kliping.commands.output import as_json, local, say
from kliping_shared.errors import KlipingError
from kliping_shared.settings import Settings, load

if TYPE_CHECKING:
    from kliping_shared.corrections.aliases import Alias, AliasBook
    from kliping_shared.corrections.naming import Named
    from kliping_shared.names import KnownName

#: The values of EntityType; importing that would take a tenth of the time in which any command starts.
TypeName = Literal["PER", "ORG", "LOC"]

Name = Annotated[str, typer.Argument(metavar="NAME", help="What all of them are to be called.")]
Others = Annotated[list[str], typer.Argument(metavar="ALIAS...", help="Its other forms.")]
Form = Annotated[str, typer.Argument(metavar="ALIAS", help="A form, or a name with all its forms.")]
File = Annotated[str, typer.Argument(metavar="FILE", help="File of names; '-' for what comes in.")]
Type = Annotated[TypeName, typer.Option("--type", help="A person, an organisation or a place.")]
AnyType = Annotated[TypeName | None, typer.Option("--type", help="Of which type, where it is a form of several.")]
NoApply = Annotated[bool, typer.Option("--no-apply", help="Leave articles that are already read as they are.")]
Shipped = Annotated[bool, typer.Option("--shipped", help="Those that come with Kliping, not your own.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for each form.")]
Tsv = Annotated[bool, typer.Option("--tsv", help="The file that 'import' reads.")]


def build() -> typer.Typer:
    """The sub-commands."""
    app = typer.Typer(help="Names that stand for one person, body or place.", no_args_is_help=True)
    for command in (add, list_, remove, import_):
        app.command(command.__name__.rstrip("_"))(command)
    return app


def add(
    name: Name,
    aliases: Others,
    type: Type = "PER",
    reason: options.Reason = None,
    by: options.By = None,
    no_apply: NoApply = False,
    data: options.Data = None,
) -> None:
    """Say that the other forms stand for this name, from now on and in articles that name them already."""
    from kliping_shared.contracts import EntityType
    from kliping_shared.corrections import naming
    from kliping_shared.names import one_name

    try:
        rows = [_alias(known, reason, by) for known in one_name(EntityType(type), name, aliases)]
    except ValueError as error:
        raise KlipingError(str(error)) from None
    _change("added", data, lambda book: naming.add(book, rows), apply=not no_apply)


def remove(alias: Form, type: AnyType = None, no_apply: NoApply = False, data: options.Data = None) -> None:
    """Take back that a form stands for a name; a name is taken back with all its forms."""
    from kliping_shared.contracts import EntityType
    from kliping_shared.corrections import naming

    kind = EntityType(type) if type else None
    _change("removed", data, lambda book: naming.remove(book, alias, kind), apply=not no_apply)


def import_(
    file: File,
    reason: options.Reason = None,
    by: options.By = None,
    no_apply: NoApply = False,
    data: options.Data = None,
) -> None:
    """Add the names of a file, all or none.

    A line has a type (PER, ORG or LOC), a name, and its other forms with commas between, parted by tabs.
    """
    from kliping_shared.corrections import naming
    from kliping_shared.corrections.aliases import AliasConflict
    from kliping_shared.names import alias_rows

    text = options.text_of(file)
    try:
        numbered = [(number, _alias(known, reason, by)) for number, known in alias_rows(text)]
    except ValueError as error:
        raise KlipingError(f"{file}: {error}") from None
    rows = [one for _, one in numbered]
    try:
        _change("added", data, lambda book: naming.add(book, rows), apply=not no_apply)
    except AliasConflict as error:
        line = next(number for number, one in numbered if one.known == error.known)
        raise KlipingError(f"{file}: line {line}: {error}") from None


def list_(shipped: Shipped = False, json: Json = False, tsv: Tsv = False, data: options.Data = None) -> None:
    """List your own names with their other forms, or those that come with Kliping."""
    rows = _shipped() if shipped else asyncio.run(_kept(load(Settings, data=data)))
    if tsv:
        from kliping_shared.names import written

        typer.echo(written(one.known for one in rows), nl=False)
    elif json:
        for one in rows:
            say(as_json(one.model_dump(mode="json")))
    elif rows:
        _show(rows)
    else:
        say("No aliases.")


def _alias(known: KnownName, reason: str | None, by: str | None) -> Alias:
    from kliping_shared.corrections.aliases import Alias

    return Alias(
        type=known.type,
        name=known.name,
        alias=known.alias,
        reason=reason,
        by=options.author(by),
        at=datetime.now(UTC),
    )


def _shipped() -> Sequence[Alias]:
    from kliping_extract.lexicons import load_lexicon
    from kliping_shared.corrections.aliases import Alias

    return [Alias(type=one.type, name=one.name, alias=one.alias) for one in load_lexicon().known_names]


async def _kept(settings: Settings) -> Sequence[Alias]:
    from kliping_shared.corrections.alias_book import RedisAliasBook

    async with broker_client(settings) as client:
        return await RedisAliasBook(client).list()


def _change(done: str, data: options.Data, work: Callable[[AliasBook], Awaitable[Named]], *, apply: bool) -> None:
    """Do it, have the articles read anew that it is for, and tell how much that was."""
    named, count = asyncio.run(_changed(options.data_folder(data), work, apply=apply))
    forms = sum(one.alias != one.name for one in named.changed)
    what = f"{forms} {'alias' if forms == 1 else 'aliases'} {done}"
    articles = "1 article is" if count == 1 else f"{count:,} articles are"
    say(f"{what}; {articles} {'read anew' if apply else 'left as read before'}")


async def _changed(
    settings: Settings, work: Callable[[AliasBook], Awaitable[Named]], *, apply: bool
) -> tuple[Named, int]:
    from kliping.republishing import workshop
    from kliping_shared.corrections import naming
    from kliping_shared.corrections.alias_book import RedisAliasBook

    async with workshop(settings) as shop:
        named = await work(RedisAliasBook(shop.client))
        if apply:
            return named, await naming.read_anew(named, shop.reader, shop.publisher)
        return named, len(await naming.articles_of(named, shop.reader))


def _show(rows: Iterable[Alias]) -> None:
    for (kind, name), forms in groupby(rows, lambda one: (one.type, one.name)):
        say(f"{kind}  {name}")
        for one in forms:
            if one.alias != name:
                say(f"     {one.alias}{_note(one)}")


def _note(one: Alias) -> str:
    said = " by ".join(filter(None, (f"{local(one.at):%Y-%m-%d %H:%M}" if one.at else None, one.by)))
    note = ": ".join(filter(None, (said, one.reason)))
    return f"  ({note})" if note else ""
