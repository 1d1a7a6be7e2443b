"""The command line: ``kliping …``. Commands import what they need when they run, so that each starts fast."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

import typer
from typer.core import TyperGroup

from kliping.commands import (
    alias,
    claim,
    dead,
    doctor,
    export,
    group,
    key,
    process,
    reindex,
    relink,
    search,
    secrets,
    services,
    setup,
    status,
    story,
    up,
    watch,
)
from kliping.commands.output import EXIT_USAGE, say
from kliping.known import SETTINGS
from kliping_shared.errors import KlipingError
from kliping_shared.settings import known_names, refuse_unknown


class ReaderGone(Exception):
    """Whoever read our output (head, less) has gone; nothing is left to say."""


class Commands(TyperGroup):
    """Says all it has to say before it ends; a reader that has gone is no error (typer would make it one)."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Raises ReaderGone."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError as error:
            raise ReaderGone from error


def build() -> typer.Typer:
    """The command tree."""
    app = typer.Typer(
        name="kliping",
        cls=Commands,
        help="Drop news files into a folder; search who said what, and which outlets agree.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for module in (up, process, search, export, status, doctor, setup, reindex, relink, secrets, services):
        module.register(app)
    for name, commands in (
        ("group", group),
        ("claim", claim),
        ("story", story),
        ("alias", alias),
        ("watch", watch),
        ("dead", dead),
        ("key", key),
    ):
        app.add_typer(commands.build(), name=name)
    return app


def main() -> None:
    """Entry point: errors meant for people become one line on stderr and exit code 2."""
    try:
        refuse_unknown(os.environ, known_names(SETTINGS))
        build()()
    except KlipingError as error:
        _fail(str(error))
    except ReaderGone:
        _drop_output()
    except OSError as error:
        _drop_output()
        _fail(f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error))


def _fail(reason: str) -> None:
    say(f"kliping: {reason}", err=True)
    sys.exit(EXIT_USAGE)


def _drop_output() -> None:
    """What still waits to be written goes nowhere, or the interpreter would fail over it when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
