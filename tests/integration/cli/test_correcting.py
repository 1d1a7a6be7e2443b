"""Correcting groups and linking anew, as commands."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from kliping_shared.contracts import streams
from kliping_shared.store import open_reader
from tests.integration.cli.conftest import ARTICLES, BRIDGE, MADE, MARKET, RICE, Desk
from tests.support.running import kliping
from tests.unit.link.building import Draft, Said, build


async def test_merged_and_taken_back(desk: Desk) -> None:
    """Two groups become one, in the store as in link; afterwards the store is what it was."""
    before, groups = await desk.everything(), await desk.groups()
    said = await desk.said("group", "merge", groups["b-1",], groups["c-1",], "--reason", "sama", "--by", "Sari")
    assert await desk.grouped() == [["a-0", "b-0", "c-0"], ["b-1", "c-1"]]
    assert (await desk.groups())["b-1", "c-1"] in said
    (listed,) = [json.loads(line) for line in (await desk.said("group", "corrections", "--json")).splitlines()]
    assert listed["correction_id"] in said
    told = {name: listed[name] for name in ("kind", "reason", "by", "resting")}
    assert told == {"kind": "merge", "reason": "sama", "by": "Sari", "resting": []}
    await desk.said("group", "undo", listed["correction_id"])
    assert await desk.everything() == before
    assert "No corrections" in await desk.said("group", "corrections")


async def test_split_and_merged_again(desk: Desk) -> None:
    """The named claim leaves; a later merge of both groups holds against the split."""
    (whole,) = [group for members, group in (await desk.groups()).items() if len(members) == 3]
    await desk.said("group", "split", whole, "b-0")
    assert await desk.grouped() == [["a-0", "c-0"], ["b-0"], ["b-1"], ["c-1"]]
    groups = await desk.groups()
    await desk.said("group", "merge", groups["a-0", "c-0"], groups["b-0",])
    assert await desk.grouped() == MADE
    shown = await desk.said("group", "corrections")
    assert [word in shown for word in ("merge", "split", BRIDGE)] == [True, True, True]


async def test_a_correction_outlives_a_new_reading_and_a_new_version(desk: Desk) -> None:
    """The claim has other borders in the one article, and comes in a new version of the other; then it is gone."""
    groups = await desk.groups()
    await desk.said("group", "merge", groups["b-1",], groups["c-1",])
    _, b, c = ARTICLES
    shorter = b.claims[1].spans[0].model_copy(update={"start": b.claims[1].spans[0].start + 6})
    claim = b.claims[1].model_copy(update={"claim_id": "b-9", "spans": (shorter,), "text": MARKET[6:]})
    later = c.extracted_at.replace(year=2027)
    again = b.model_copy(update={"claims": (b.claims[0], claim), "extracted_at": later})
    newer = build(Draft("c2", (Said("Ratna Suherman", RICE),), document_key="path:c", revision=2, supersedes=("c",)))
    await desk.publish([again, newer])
    assert ["b-9", "c2-0"] in await desk.grouped()
    gone = newer.model_copy(update={"claims": (), "extracted_at": later})
    await desk.publish([gone])
    assert ["b-9"] in await desk.grouped()
    (listed,) = (await desk.said("group", "corrections", "--json")).splitlines()
    assert json.loads(listed)["resting"] == ["c-1"]
    assert "rests" in await desk.said("group", "corrections")


async def test_written_out_and_restored(desk: Desk, tmp_path: Path) -> None:
    """Lost with Redis, they hold again with their dates and reasons; restoring twice is restoring once."""
    groups = await desk.groups()
    await desk.said("group", "merge", groups["b-1",], groups["c-1",], "--reason", "sama")
    written = await desk.said("group", "corrections", "--json")
    await desk.said("group", "undo", json.loads(written)["correction_id"])
    assert await desk.grouped() == MADE
    file = tmp_path / "corrections.jsonl"
    file.write_text(written)
    for counted in ("1 corrections restored, 0", "0 corrections restored, 1"):
        assert counted in await desk.said("group", "restore", str(file))
        assert ["b-1", "c-1"] in await desk.grouped()
    assert await desk.said("group", "corrections", "--json") == written
    file.write_text(f'{written}{{"at": 1}}\n')
    refused = await desk.run("group", "restore", str(file))
    assert (refused.returncode, "line 2" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("merge", "{b-1}"), "two groups"),
        (("merge", "{b-1}", "gone"), "no group gone"),
        (("split", "{b-1}", "c-1"), "has no claim c-1"),
        (("split", "{b-1}", "b-1"), "not all"),
        (("undo", "k0"), "no correction k0"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
async def test_mistakes_are_told_and_change_nothing(desk: Desk, command: tuple[str, ...], said: str) -> None:
    """Exit code 2, and one line."""
    group = (await desk.groups())["b-1",]
    done = await desk.run("group", *(word.replace("{b-1}", group) for word in command))
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert await desk.grouped() == MADE


async def test_relink_makes_the_same_of_a_lost_state(desk: Desk) -> None:
    """Same groups, stories and documents, corrections included; every version above the old ones; nothing doubled."""
    groups = await desk.groups()
    await desk.said("group", "merge", groups["b-1",], groups["c-1",])
    before, versions = await desk.everything(), await _versions(desk)
    await _lose_state(desk)
    assert "linked anew: 3" in await desk.said("relink", "--all")
    assert await desk.everything() == before
    after = await _versions(desk)
    assert min(after) > max(versions)


async def test_relink_ends_groups_that_no_claim_is_in_any_more(desk: Desk) -> None:
    """The state was lost, and what is linked now comes out otherwise: no group of before stays beside the new ones."""
    groups = await desk.groups()
    made = await desk.said("group", "split", groups["a-0", "b-0", "c-0"], "a-0")
    assert ["a-0"] in await desk.grouped()
    await _lose_state(desk)
    await desk.client.delete(*await desk.client.keys("kliping:corrections:*"))
    said = await desk.said("relink", "--all")
    assert await desk.grouped() == MADE, made
    assert "1 of the groups, 0 of the stories" in said


async def test_relink_of_some_leaves_the_others(desk: Desk) -> None:
    """What a query finds is linked anew, into the groups that are there."""
    before = await desk.everything()
    assert "linked anew: 1" in await desk.said("relink", "outlet:b")
    assert await desk.everything() == before


async def test_relink_tells_of_dead_letters(desk: Desk) -> None:
    """Messages that cannot be handled while it works are not counted as done: exit code 2, and where to look."""
    working = asyncio.create_task(desk.run("relink", "--all"))
    while not working.done():
        await desk.client.xadd(streams.ENRICHED, {"payload": b"no article"})
        await asyncio.sleep(0.02)
    done = await working
    assert (done.returncode, "kliping dead list" in done.stderr) == (2, True)


@pytest.mark.parametrize("arguments", [(), ("outlet:b", "--all")], ids=["nothing", "both"])
async def test_relink_wants_to_be_told_what(desk: Desk, arguments: tuple[str, ...]) -> None:
    """A usage error, without a traceback."""
    done = await desk.run("relink", *arguments)
    assert done.returncode == 2
    assert "--all" in done.stderr
    assert "Traceback" not in done.stderr


async def test_nobody_at_work_is_told(tmp_path: Path) -> None:
    """Without a broker a correction is refused, with what to do."""
    done = await asyncio.to_thread(kliping, "group", "corrections", "--data", tmp_path)
    assert done.returncode == 2
    assert "kliping up" in done.stderr


async def _lose_state(desk: Desk) -> None:
    await desk.client.delete(*await desk.client.keys("kliping:link:*"))


async def _versions(desk: Desk) -> list[int]:
    """Of the articles, as link told them."""
    reader = open_reader(desk.settings)
    documents = await reader.get_many("articles", [article.article_id for article in ARTICLES])
    await reader.close()
    return [document["body"]["version"] for document in documents]
