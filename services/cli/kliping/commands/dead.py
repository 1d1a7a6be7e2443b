"""``kliping dead list|show|replay|drop``: what could not be done, and doing it again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from kliping.broker import broker_client
from kliping.commands import options
from kliping.commands.output import as_json, say
from kliping_shared.errors import KlipingError
from kliping_shared.settings import Settings, load

if TYPE_CHECKING:
    from kliping_shared.bus import DeadLetters
    from kliping_shared.contracts.dead import DeadLetter

T = TypeVar("T")
Ids = Annotated[list[str] | None, typer.Argument(help="Ids as 'dead list' shows them.", show_default=False)]
All = Annotated[bool, typer.Option("--all", help="All dead letters.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def build() -> typer.Typer:
    """The sub-commands."""
    app = typer.Typer(help="Messages that could not be processed: look, replay, drop.", no_args_is_help=True)
    for command in (list_, show, replay, drop):
        app.command(command.__name__.rstrip("_"))(command)
    return app


def list_(json: Json = False, data: options.Data = None) -> None:
    """List dead letters, the oldest first."""
    letters = _with(data, lambda dead: dead.list())
    for letter in letters:
        say(as_json(letter.model_dump(mode="json", exclude={"data", "fields"})) if json else _line(letter))
    if not letters and not json:
        say("No dead letters.")


def show(id: Annotated[str, typer.Argument(help="Id as 'dead list' shows it.")], data: options.Data = None) -> None:
    """Show one dead letter with its message."""
    letter = _with(data, lambda dead: dead.show(id))
    typer.echo(as_json(letter.model_dump(mode="json"), indent=2))


def replay(ids: Ids = None, all: All = False, data: options.Data = None) -> None:
    """Put messages back into their streams, to be tried anew."""
    say(f"{_each(data, ids, all, lambda dead, letter_id: dead.replay(letter_id))} replayed")


def drop(ids: Ids = None, all: All = False, data: options.Data = None) -> None:
    """Remove dead letters for good."""
    say(f"{_each(data, ids, all, lambda dead, letter_id: dead.drop(letter_id))} dropped")


def _each(
    data: options.Data, ids: list[str] | None, all: bool, act: Callable[[DeadLetters, str], Awaitable[None]]
) -> int:
    if bool(ids) == all:
        raise typer.BadParameter("name ids, or say --all")

    async def run(dead: DeadLetters) -> int:
        chosen = ids or [letter.letter_id for letter in await dead.list()]
        for letter_id in chosen:
            await act(dead, letter_id)
        return len(chosen)

    return _with(data, run)


def _with(data: options.Data, work: Callable[[DeadLetters], Awaitable[T]]) -> T:
    settings = load(Settings, data=data)

    async def run() -> T:
        from kliping_shared.bus import DeadLetters

        async with broker_client(settings) as client:
            return await work(DeadLetters(client))

    try:
        return asyncio.run(run())
    except KeyError as error:
        raise KlipingError(f"there is no dead letter {error.args[0]}") from error


def _line(letter: DeadLetter) -> str:
    at = letter.at.isoformat(timespec="seconds") if letter.at else "?"
    return f"{letter.letter_id}  {at}  {letter.group}  {letter.article_id or '?'}  {letter.error}: {letter.message}"
