"""``kliping story …``: one event as all outlets tell it."""

from __future__ import annotations

from typing import Annotated

import typer

from kliping.commands import options
from kliping.commands.output import as_json
from kliping.finding import shown

Id = Annotated[str, typer.Argument(metavar="STORY", help="Id as 'kliping search --kind stories' shows it.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object, as the API gives it.")]


def build() -> typer.Typer:
    """The sub-commands."""
    app = typer.Typer(help="Articles on one event.", no_args_is_help=True)
    app.callback()(lambda: None)
    app.command("show")(show)
    return app


def show(id: Id, json: Json = False, data: options.Data = None, url: options.Url = None) -> None:
    """Show who carries the story, and which claims outlets dispute, agree on, copy, or have alone."""
    story = shown("stories", id, url or options.data_folder(data))
    if json:
        typer.echo(as_json(story))
        return
    from kliping.story_view import story_view
    from kliping.tables import print_all

    print_all(story_view(story))
