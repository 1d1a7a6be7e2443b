"""``kliping watch …`` over a real broker and store."""

from __future__ import annotations

import json

from tests.integration.cli.conftest import Desk
from tests.unit.link.building import Draft, Said, build


async def test_a_watch_from_its_making_to_its_end(desk: Desk) -> None:
    """What arrives is shown; the secret is told once; changes by the commands are those of the page."""
    made = await desk.said("watch", "add", "Jembatan", "jembatan", "-pasar", "--webhook", "https://desk.example/hook")
    watch_id = made.split()[0]
    assert "whsec_" in made
    said = Said("Ratna Suherman", "Jembatan gantung selesai tahun depan")
    await desk.publish([build(Draft("z", (said,), outlet="z", lead="Laporan z"))])
    await desk.said("watch", "test", watch_id)
    (line,) = (await desk.said("watch", "list", "--json")).splitlines()
    told = json.loads(line)
    assert (told["unread"], told["deliveries"]["webhook"]["waiting"], "secret" in told["webhook"]) == (1, 2, False)
    shown = await desk.said("watch", "show", watch_id)
    assert "1 found, 1 new" in shown
    assert "Jembatan gantung selesai" in shown
    assert "removed" in await desk.said("watch", "remove", watch_id)
    refused = await desk.run("watch", "show", watch_id)
    assert (refused.returncode, f"There is no watch {watch_id}" in refused.stderr) == (2, True)


async def test_what_cannot_be_watched_is_told_in_a_line(desk: Desk) -> None:
    """With exit code 2, and nothing is made."""
    refused = await desk.run("watch", "add", "x", "roket", "--mail", "nobody")
    assert (refused.returncode, "no e-mail address" in refused.stderr) == (2, True)
    assert "No watches" in await desk.said("watch", "list")
