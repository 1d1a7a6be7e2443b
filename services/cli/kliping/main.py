"""The command line: ``kliping …``. Commands import what they need when they run, so that each starts fast."""

from __future__ import annotations

import os
import sys

import typer

from kliping.commands import dead, doctor, export, process, search, services, setup, status, up
from kliping.known import SETTINGS
from kliping_shared.errors import KlipingError
from kliping_shared.settings import known_names, refuse_unknown

EXIT_USAGE = 2


def build() -> typer.Typer:
    """The command tree."""
    app = typer.Typer(
        name="kliping",
        help="Drop news files into a folder; search who said what, and which outlets agree.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for module in (up, process, search, export, status, doctor, setup, services):
        module.register(app)
    app.add_typer(dead.build(), name="dead")
    return app


def main() -> None:
    """Entry point: errors meant for people become one line on stderr and exit code 2."""
    try:
        refuse_unknown(os.environ, known_names(SETTINGS))
        build()()
    except KlipingError as error:
        typer.echo(f"kliping: {error}", err=True)
        sys.exit(EXIT_USAGE)
    except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
        typer.echo(f"kliping: {error.filename}: {error.strerror}", err=True)
        sys.exit(EXIT_USAGE)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; nothing is left to say.
        sys.stderr.close()
        sys.exit(0)
