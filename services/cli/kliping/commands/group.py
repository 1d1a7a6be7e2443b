"""``kliping group …``: one claim as all outlets word it, and what people correct of it."""

from __future__ import annotations

from typing import Annotated

import typer

from kliping.commands import options, regroup
from kliping.commands.output import as_json
from kliping.finding import shown

Id = Annotated[str, typer.Argument(metavar="GROUP", help="Id as 'kliping search --kind groups' shows it.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object, as the API gives it.")]


def build() -> typer.Typer:
    """The sub-commands."""
    app = typer.Typer(help="Claims that say the same, across outlets.", no_args_is_help=True)
    app.command("show")(show)
    regroup.add_to(app)
    return app


def show(id: Id, json: Json = False, data: options.Data = None, url: options.Url = None) -> None:
    """Show who says it, who carries it, what differs, and the wordings with what differs marked.

    Where the output is no terminal, [-words-] are in the wording shown first only, {+words+} in this one only.
    """
    group = shown("groups", id, url or options.data_folder(data))
    if json:
        typer.echo(as_json(group))
        return
    from kliping.group_view import group_view
    from kliping.tables import print_all

    print_all(group_view(group))
