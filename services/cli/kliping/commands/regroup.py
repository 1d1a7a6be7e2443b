"""``kliping group merge|split|corrections|undo``: what a person says of groups."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from kliping.commands import options
from kliping.commands.output import as_json, local, say
from kliping.republishing import in_workshop

if TYPE_CHECKING:
    from kliping_shared.corrections.correcting import Correcting, Standing
    from kliping_shared.corrections.groups import Anchor, GroupCorrection

T = TypeVar("T")
Groups = Annotated[list[str], typer.Argument(metavar="GROUP...", help="Ids of two groups or more.")]
Group = Annotated[str, typer.Argument(metavar="GROUP", help="Id of the group.")]
Claims = Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Ids as 'kliping group show GROUP' shows them.")]
Id = Annotated[str, typer.Argument(metavar="CORRECTION", help="Id as 'kliping group corrections' shows it.")]
File = Annotated[str, typer.Argument(metavar="FILE", help="JSON lines; '-' for what comes in.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]

#: Groups of the claims that are together, and of those that are apart from them.
Sides = tuple[frozenset[str], frozenset[str]]

#: Seconds to wait until a correction is seen, between two looks, and before its articles are linked anew once more.
PATIENCE_S, POLL_S, AGAIN_S = 20.0, 0.1, 5.0
#: Characters of a wording that a line of the list shows.
SHOWN = 90


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (merge, split, corrections, undo, restore):
        app.command(command.__name__)(command)


def merge(groups: Groups, reason: options.Reason = None, by: options.By = None, data: options.Data = None) -> None:
    """Say that these groups are one claim: all that is in them, and what will join any of them later.

    Holds when articles are read or linked anew, until 'undo' or a newer 'split'.
    """
    _make(data, lambda correcting: correcting.merge(groups, options.note(reason, by)))


def split(
    group: Group, claims: Claims, reason: options.Reason = None, by: options.By = None, data: options.Data = None
) -> None:
    """Say that these claims do not say what the others of the group say. They leave it and stay together.

    Holds when articles are read or linked anew, until 'undo' or a newer 'merge'.
    """
    _make(data, lambda correcting: correcting.split(group, claims, options.note(reason, by)))


def corrections(json: Json = False, data: options.Data = None) -> None:
    """List what people corrected, from old to new."""
    listed = _with(data, lambda correcting: correcting.standing())
    for standing in listed:
        if json:
            say(as_json(standing.as_json()))
        else:
            _show(standing)
    if not listed and not json:
        say("No corrections.")


def restore(file: File, data: options.Data = None) -> None:
    """Make corrections anew that 'corrections --json' wrote out, all or none; what is there already stays as it is."""
    from kliping_shared.corrections.groups import GroupCorrection

    wanted = options.written_out(file, GroupCorrection)
    made = _with(data, lambda correcting: correcting.restore(wanted))
    say(f"{made} corrections restored, {len(wanted) - made} were there")


def undo(id: Id, data: options.Data = None) -> None:
    """Take a correction back: its claims are grouped as if it had never been."""
    undone = _with(data, lambda correcting: correcting.undo(id))
    say(f"{undone.correction_id} taken back; its {len(undone.anchors)} claims are grouped anew")


def _with(data: options.Data, work: Callable[[Correcting], Awaitable[T]]) -> T:
    from kliping_shared.corrections.correcting import Correcting
    from kliping_shared.corrections.redis import GroupCorrections

    return in_workshop(
        options.data_folder(data),
        lambda shop: work(Correcting(shop.reader, GroupCorrections(shop.client), shop.publisher)),
    )


def _make(data: options.Data, work: Callable[[Correcting], Awaitable[GroupCorrection]]) -> None:
    """Make a correction, and tell what became of the groups."""

    async def run(correcting: Correcting) -> tuple[GroupCorrection, Sides | None]:
        made = await work(correcting)
        return made, await _effect(correcting, made)

    made, sides = _with(data, run)
    if sides is None:
        say(f"{made.correction_id}: is seen as soon as link and index get to it (kliping status)")
    for claims, groups in zip((made.together, made.apart), sides or (), strict=False):
        if claims:
            say(f"{len(claims)} claims are in {', '.join(sorted(groups))}")
    say(f"To take it back: kliping group undo {made.correction_id}")


async def _effect(correcting: Correcting, made: GroupCorrection) -> Sides | None:
    """The groups of both sides as soon as the store shows what was said; None where that takes too long.

    An article may have come in a new version that had passed link, but was not in the store yet: so now and then all that
    is there now is linked anew.
    """
    began = time.monotonic()
    until, again = began + PATIENCE_S, began + AGAIN_S
    while (now := time.monotonic()) < until:
        together, apart = await correcting.groups(made.together), await correcting.groups(made.apart)
        if len(together) == 1 and together.isdisjoint(apart):
            return together, apart
        if now > again:
            again = now + AGAIN_S
            await correcting.link_anew(made)
        await asyncio.sleep(POLL_S)
    return None


def _show(standing: Standing) -> None:
    made = standing.correction
    by, reason = f" by {made.by}" if made.by else "", f": {made.reason}" if made.reason else ""
    at = local(made.at).isoformat(sep=" ", timespec="minutes")
    say(f"{made.correction_id}  {made.kind}  {at}{by}{reason}")
    for sign, anchors in (("+", made.together), ("-", made.apart)):
        for anchor in anchors:
            say(f"  {sign} {_line(anchor)}{'  (not there now: rests)' if anchor in standing.resting else ''}")


def _line(anchor: Anchor) -> str:
    text = anchor.text if len(anchor.text) <= SHOWN else f"{anchor.text[:SHOWN].rstrip()} …"
    return f"{anchor.claim_id}  {anchor.outlet or anchor.article_id}  {anchor.speaker}: {' '.join(text.split())}"
