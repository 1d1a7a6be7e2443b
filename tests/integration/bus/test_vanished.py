"""Workers that never come back under their name: their work goes on, their names go."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kliping_shared.bus.vanished import forget_vanished
from kliping_shared.contracts.streams import ARTICLE
from tests.support.bus_bench import QUICK, Bench, enriched, eventually


async def test_entries_of_a_vanished_consumer_are_done_and_its_name_is_removed(bench: Bench) -> None:
    """What it held goes to another after the idle limit; then nothing keeps its name."""
    await bench.publish("a", "b")
    await bench.client.xreadgroup("extract", "gone", {ARTICLE: ">"})

    async with bench.worker(enriched, policy=replace(QUICK, forget_after=1.0)):
        await eventually(bench.settled)
        await eventually(lambda: _names(bench, ["one"]))
    assert sorted(await bench.published()) == ["a", "b"]


async def test_a_consumer_that_holds_something_or_asks_now_and_then_is_kept(bench: Bench) -> None:
    """Removing a consumer drops what it holds."""
    await bench.publish("a", "b")
    await bench.client.xreadgroup("extract", "holding", {ARTICLE: ">"}, count=1)
    await bench.client.xgroup_createconsumer(ARTICLE, "extract", "reading")

    assert await forget_vanished(bench.client, ARTICLE, "extract", idle=60) == []
    assert await forget_vanished(bench.client, ARTICLE, "extract", idle=0) == ["reading"]
    assert await _names(bench, ["holding"])


async def test_what_a_consumer_reads_while_it_is_removed_stays_its_own(bench: Bench, monkeypatch: Any) -> None:
    """One that wakes up in the last moment loses nothing: the entry is pending under its name as before."""
    await bench.publish("a")
    await bench.client.xgroup_createconsumer(ARTICLE, "extract", "sleeper")
    look = type(bench.client).xinfo_consumers

    async def look_then_wake(*arguments: Any) -> Any:
        found = await look(*arguments)
        await bench.client.xreadgroup("extract", "sleeper", {ARTICLE: ">"})
        return found

    monkeypatch.setattr(type(bench.client), "xinfo_consumers", look_then_wake)
    await forget_vanished(bench.client, ARTICLE, "extract", idle=0)
    rows = await bench.client.xpending_range(ARTICLE, "extract", min="-", max="+", count=10)
    assert [row["consumer"] for row in rows] == [b"sleeper"]
    assert await bench.client.xack(ARTICLE, "extract", rows[0]["message_id"]) == 1


async def test_a_consumer_whose_name_is_no_text_is_removed_too(bench: Bench) -> None:
    """Names are whatever a program gave; one that cannot be written in a log line must not end the worker."""
    await bench.client.xadd(ARTICLE, {"x": "1"})
    await bench.client.xgroup_create(ARTICLE, "extract", id="0")
    await bench.client.xgroup_createconsumer(ARTICLE, "extract", b"\xff")
    assert await forget_vanished(bench.client, ARTICLE, "extract", idle=0) == ["\ufffd"]


async def test_a_missing_group_has_no_consumers(bench: Bench) -> None:
    """Streams and groups may be lost at any time."""
    assert await forget_vanished(bench.client, ARTICLE, "extract", idle=0) == []
    await bench.client.xadd(ARTICLE, {"x": "1"})
    assert await forget_vanished(bench.client, ARTICLE, "extract", idle=0) == []


async def _names(bench: Bench, names: list[str]) -> bool:
    found = await bench.client.xinfo_consumers(ARTICLE, "extract")
    return sorted(one["name"].decode() for one in found) == names
