"""``kliping claim correct|reject|corrections|undo|restore``: what a person says of single claims."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from kliping.commands import options
from kliping.commands.output import as_json, local, say
from kliping.republishing import in_workshop

if TYPE_CHECKING:
    from kliping_shared.corrections.claims import ClaimCorrection
    from kliping_shared.corrections.correcting_claims import CorrectingClaims

T = TypeVar("T")
Id = Annotated[str, typer.Argument(metavar="CLAIM", help="Id as 'kliping search --json' and the page show it.")]
Speaker = Annotated[str, typer.Argument(metavar="SPEAKER", help="Name of who says it.")]
Role = Annotated[str | None, typer.Option("--role", help="Office or description of that speaker.")]
Made = Annotated[str, typer.Argument(metavar="CORRECTION", help="Id as 'kliping claim corrections' shows it.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
File = Annotated[str, typer.Argument(metavar="FILE", help="JSON lines; '-' for what comes in.")]

#: Characters of a claim that a line of the list shows.
SHOWN = 90


def build() -> typer.Typer:
    """The sub-commands."""
    app = typer.Typer(help="Single claims: who really says it, and what is none.", no_args_is_help=True)
    for command in (correct, reject, corrections, undo, restore):
        app.command(command.__name__)(command)
    return app


def correct(
    claim: Id,
    speaker: Speaker,
    role: Role = None,
    reason: options.Reason = None,
    by: options.By = None,
    data: options.Data = None,
) -> None:
    """Say who says a claim. Holds when its article is read anew, until 'undo' or another correction of it."""
    _make(data, lambda correcting: correcting.said_by(claim, speaker, options.note(reason, by), role))


def reject(claim: Id, reason: options.Reason = None, by: options.By = None, data: options.Data = None) -> None:
    """Say that it is no claim. Holds when its article is read anew, until 'undo' or another correction of it."""
    _make(data, lambda correcting: correcting.reject(claim, options.note(reason, by)))


def corrections(json: Json = False, data: options.Data = None) -> None:
    """List what people corrected, from old to new."""
    listed = _with(data, lambda correcting: correcting.list())
    for made in listed:
        if json:
            say(as_json(made.model_dump(mode="json")))
        else:
            _show(made)
    if not listed and not json:
        say("No corrections.")


def undo(id: Made, data: options.Data = None) -> None:
    """Take a correction back: the claim is as machines find it."""
    undone = _with(data, lambda correcting: correcting.undo(id))
    say(f"{undone.correction_id} taken back; the article is read anew (kliping status)")


def restore(file: File, data: options.Data = None) -> None:
    """Make corrections anew that 'corrections --json' wrote out; what is there already stays as it is."""
    from kliping_shared.corrections.claims import ClaimCorrection

    wanted = options.written_out(file, ClaimCorrection)
    made = _with(data, lambda correcting: correcting.restore(wanted))
    say(f"{made} corrections restored, {len(wanted) - made} were there")


def _with(data: options.Data, work: Callable[[CorrectingClaims], Awaitable[T]]) -> T:
    from kliping_shared.corrections.claim_book import ClaimCorrections
    from kliping_shared.corrections.correcting_claims import CorrectingClaims

    return in_workshop(
        options.data_folder(data),
        lambda shop: work(CorrectingClaims(shop.reader, ClaimCorrections(shop.client), shop.publisher)),
    )


def _make(data: options.Data, work: Callable[[CorrectingClaims], Awaitable[ClaimCorrection]]) -> None:
    made = _with(data, work)
    _show(made)
    say(f"Its article is read anew (kliping status). To take it back: kliping claim undo {made.correction_id}")


def _show(made: ClaimCorrection) -> None:
    said = f"said by {made.speaker}, not {made.claim.speaker}" if made.speaker else "no claim"
    by = f" by {made.by}" if made.by else ""
    reason = f": {made.reason}" if made.reason else ""
    text = made.claim.text if len(made.claim.text) <= SHOWN else f"{made.claim.text[:SHOWN]}…"
    at = local(made.at).isoformat(sep=" ", timespec="minutes")
    say(f"{made.correction_id}  {said}  {at}{by}{reason}")
    say(f"    {made.claim.claim_id}  {text}")
