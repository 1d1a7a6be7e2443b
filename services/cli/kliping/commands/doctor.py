"""``kliping doctor``: is everything there that Kliping needs?"""

from __future__ import annotations

import typer

from kliping.commands import options
from kliping.commands.output import say, visible
from kliping.settings import UpSettings
from kliping_shared.settings import load

MARKS = {"ok": ("ok  ", typer.colors.GREEN), "warn": ("warn", typer.colors.YELLOW), "fail": ("FAIL", typer.colors.RED)}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)


def doctor(data: options.Data = None, inbox: options.Inbox = None) -> None:
    """Check this machine and the settings, and say what to do. Exit code 1 if something must be mended."""
    from kliping.checks import findings

    failed = False
    for finding in findings(load(UpSettings, data=data, inbox=inbox)):
        mark, colour = MARKS[finding.state]
        typer.echo(f"{typer.style(mark, fg=colour)}  {finding.check:<9} {visible(finding.found)}")
        if finding.hint:
            say(f"                -> {finding.hint}")
        failed |= finding.state == "fail"
    raise typer.Exit(int(failed))
