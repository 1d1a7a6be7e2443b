"""``kliping watch …`` over a real broker and store."""

from __future__ import annotations

import json

from kliping_shared.watching.keys import WATCHES
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


async def test_watches_are_written_out_and_restored(desk: Desk) -> None:
    """With what their webhooks are signed with, where that was written out; what is there is not begun again."""
    made = await desk.said("watch", "add", "Jembatan", "jembatan", "--webhook", "https://desk.example/hook")
    secret = next(word for word in made.split() if word.startswith("whsec_"))
    await desk.said("watch", "add", "Semua")
    written, bare = desk.settings.data / "watches.jsonl", desk.settings.data / "bare.jsonl"
    written.write_text(await desk.said("watch", "list", "--json", "--secrets"))
    bare.write_text(await desk.said("watch", "list", "--json"))
    for line in written.read_text().splitlines():
        await desk.said("watch", "remove", json.loads(line)["watch_id"])
    assert "2 watches restored, 0 were there" in await desk.said("watch", "restore", str(written))
    assert "0 watches restored, 2 were there" in await desk.said("watch", "restore", str(written))
    again = [json.loads(line) for line in (await desk.said("watch", "list", "--json", "--secrets")).splitlines()]
    assert again == [json.loads(line) for line in written.read_text().splitlines()]
    said = Said("Ratna Suherman", "Jembatan gantung selesai tahun depan")
    await desk.publish([build(Draft("y", (said,), outlet="y", lead="Laporan y"))])
    assert (await desk.said("watch", "list")).count("1 found, 1 new") == 2
    assert secret not in bare.read_text()
    await desk.said("watch", "remove", made.split()[0])
    assert f"{made.split()[0]}: its webhook's requests are signed with whsec_" in await desk.said(
        "watch", "restore", str(bare)
    )


async def test_a_file_with_a_mistake_restores_nothing(desk: Desk) -> None:
    """The line is told, or the watch that cannot be."""
    whole = {"watch_id": "w1", "name": "a", "search": {"query": "x"}, "created_at": "2023-09-13T08:00:00Z"}
    file = desk.settings.data / "watches.jsonl"
    for other, said in (
        ({"watch_id": "w2"}, "line 2: no watch"),
        (whole | {"watch_id": "w2", "name": "Salah", "search": {"query": "("}}, "Salah: "),
        (whole | {"watch_id": "desk/banjir"}, "line 2: no watch: watch_id"),
    ):
        file.write_text(f"{json.dumps(whole)}\n{json.dumps(other)}\n")
        refused = await desk.run("watch", "restore", str(file))
        assert (refused.returncode, said in refused.stderr) == (2, True), refused.stderr
        assert "No watches" in await desk.said("watch", "list")


async def test_one_that_cannot_be_read_is_listed_and_removed(desk: Desk) -> None:
    """With the reason and what to do; what is written out is restored without it."""
    await desk.client.hset(WATCHES, "w0", '{"watch_id": "w0"}')
    assert "w0  cannot be read: name: missing" in await desk.said("watch", "list")
    made = (await desk.said("watch", "add", "Semua")).split()[0]
    out = await desk.run("watch", "list", "--json", "--secrets")
    assert "w0  cannot be read: name: missing" in out.stderr
    written = desk.settings.data / "watches.jsonl"
    written.write_text(out.stdout)
    await desk.said("watch", "remove", made)
    assert "1 watches restored, 0 were there" in await desk.said("watch", "restore", str(written))
    await desk.said("watch", "remove", made)
    await desk.said("watch", "remove", "w0")
    assert "No watches" in await desk.said("watch", "list")


async def test_what_cannot_be_watched_is_told_in_a_line(desk: Desk) -> None:
    """With exit code 2, and nothing is made."""
    refused = await desk.run("watch", "add", "x", "roket", "--mail", "nobody")
    assert (refused.returncode, "no e-mail address" in refused.stderr) == (2, True)
    assert "No watches" in await desk.said("watch", "list")
