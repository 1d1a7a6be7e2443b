"""``kliping key …``: who may use the page and the API, and for what."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kliping.commands import options
from kliping.commands.output import local, say
from kliping_shared.keys import Role, add_key, read_keys, remove_key
from kliping_shared.settings import load

Name = Annotated[str, typer.Argument(metavar="NAME", help="Whose key it is: a person, or a program.")]
RoleOption = Annotated[
    Role,
    typer.Option("--role", metavar="ROLE", help="read; correct: correct, upload and watch, too; admin: everything."),
]


def build() -> typer.Typer:
    """The sub-commands."""
    app = typer.Typer(help="Keys of people and programs for the page and the API.", no_args_is_help=True)
    for command in (add, list_, remove):
        app.command(command.__name__.rstrip("_"))(command)
    return app


def add(name: Name, role: RoleOption = "read", data: options.Data = None) -> None:
    """Make a key and show it, once. From now on everybody needs a key; one that serves already asks for it at once."""
    say(add_key(_kept(data), name, role))


def list_(data: options.Data = None) -> None:
    """List who has a key."""
    keys = read_keys(_kept(data))
    for key in keys:
        say(f"{key.name}  {key.role}  since {local(key.made_at):%Y-%m-%d %H:%M}")
    if not keys:
        say("No keys.")


def remove(name: Name, data: options.Data = None) -> None:
    """Take a key back, from now on, with all sessions that began with it."""
    remove_key(_kept(data), name)
    say(f"{name} has no key any more")


def _kept(data: Path | None) -> Path:
    # Other images than search's have this command too, and not all that the search service is made of.
    from kliping_search.settings import SearchSettings

    return load(SearchSettings, data=data).keys_path
