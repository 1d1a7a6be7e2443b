"""The broker loses things, goes away, is full: the worker carries on by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from kliping_shared.bus import Publisher, ensure_topology
from kliping_shared.contracts import Article, EnrichedArticle
from kliping_shared.contracts.streams import ARTICLE, ENRICHED, LINKED
from tests.support.brokers import EmbeddedServer
from tests.support.bus_bench import QUICK, Bench, article, enriched, eventually

Loss = Callable[[Bench], Awaitable[object]]

LOSSES: dict[str, Loss] = {
    "group destroyed": lambda bench: bench.client.xgroup_destroy(ARTICLE, "extract"),
    "stream deleted": lambda bench: bench.client.delete(ARTICLE),
    "everything flushed": lambda bench: bench.client.flushall(),
}


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES.keys())
async def test_worker_carries_on_after_a_loss(bench: Bench, loss: Loss) -> None:
    """A lost group or stream is made again by the running worker, and what comes afterwards is done."""
    async with bench.worker(enriched):
        await bench.publish("before")
        await eventually(lambda: _has(bench, "before"))
        await loss(bench)
        await bench.publish("after")
        await eventually(lambda: _has(bench, "after"))


async def test_message_in_hand_while_everything_is_lost_is_still_published(bench: Bench) -> None:
    """An article that was being handled when the broker lost all its data is not lost with it."""
    begun, release = asyncio.Event(), asyncio.Event()

    async def slow(message: Article) -> EnrichedArticle:
        begun.set()
        await release.wait()
        return enriched(message)

    await bench.publish("a")
    async with bench.worker(slow):
        await asyncio.wait_for(begun.wait(), 10)
        await bench.client.flushall()
        release.set()
        await eventually(lambda: _has(bench, "a"))


async def test_unread_messages_survive_the_loss_of_their_group(bench: Bench) -> None:
    """A group made again begins at 0, so what was published while it was missing is delivered."""
    await bench.publish("a")
    await bench.client.xgroup_destroy(ARTICLE, "extract")
    await bench.publish("b")
    async with bench.worker(enriched):
        await eventually(bench.settled)
    assert await bench.published() == ["a", "b"]


async def test_worker_carries_on_after_the_broker_was_killed(bench: Bench) -> None:
    """kill -9 of the broker while messages are handled: after its return all are done, nothing is dead or missing."""
    wanted = [f"n{number:02}" for number in range(30)]
    await bench.publish(*wanted[:20])
    async with Publisher(bench.settings("ingest"), policy=QUICK) as publisher:
        await publisher.durable()
        async with bench.worker(enriched) as worker:
            await eventually(bench.published)
            await asyncio.to_thread(bench.server.kill)
            await eventually(lambda: not worker.ready)
            sending = asyncio.create_task(publisher.publish(ARTICLE, [article(name) for name in wanted[20:]]))
            await asyncio.to_thread(bench.server.start)
            await asyncio.wait_for(sending, 20)
            await eventually(bench.settled, seconds=20)
            assert worker.ready
    assert set(await bench.published()) == set(wanted)
    assert await bench.letters() == []


async def test_worker_that_starts_before_its_broker_waits_for_it(tmp_path: Path) -> None:
    """Started first, a worker is alive but not ready; when the broker comes it consumes without being started again."""
    server = EmbeddedServer(tmp_path / "broker")
    bench = Bench(server)
    try:
        async with bench.worker(enriched) as worker:
            await asyncio.sleep(0)
            assert not worker.ready
            await asyncio.to_thread(server.start)
            await eventually(lambda: worker.ready)
            await bench.publish("a")
            await eventually(lambda: _has(bench, "a"))
    finally:
        await bench.client.aclose()
        server.close()


async def test_full_broker_delays_and_loses_nothing(bench: Bench) -> None:
    """Out of memory (noeviction): results wait, their messages stay pending; when there is room all goes through."""
    wanted = [f"n{number}" for number in range(6)]
    await bench.publish(*wanted)
    await ensure_topology(bench.client)
    runs: list[str] = []

    async def handler(message: Article) -> EnrichedArticle:
        runs.append(message.article_id)
        return enriched(message)

    await bench.client.config_set("maxmemory", 1)
    async with bench.worker(handler) as worker:
        await eventually(lambda: runs and not worker.ready)
        assert await bench.published() == []
        await bench.client.config_set("maxmemory", 0)
        await eventually(bench.settled)
        assert worker.ready
    assert await bench.published() == wanted
    assert runs == wanted
    assert await bench.letters() == []


async def test_publisher_waits_while_the_broker_is_full(bench: Bench) -> None:
    """Publishing into a full broker returns only when every message is in, in order, none twice."""
    await bench.client.config_set("maxmemory", 1)
    async with Publisher(bench.settings(), policy=QUICK) as publisher:
        sending = asyncio.create_task(publisher.publish(ARTICLE, [article("a"), article("b")]))
        await eventually(lambda: publisher.away)
        assert not sending.done()
        await bench.client.config_set("maxmemory", 0)
        await asyncio.wait_for(sending, 10)
    rows = await bench.client.xrange(ARTICLE)
    assert [fields[b"article_id"] for _, fields in rows] == [b"a", b"b"]


async def test_backlog_counts_the_longest_queue_of_the_chain(bench: Bench) -> None:
    """Back-pressure looks at every stage: unread and unacknowledged entries of the fullest stream."""
    async with Publisher(bench.settings(), policy=QUICK) as publisher:
        assert await publisher.backlog() == 0
        await publisher.publish(ARTICLE, [article(str(number)) for number in range(3)])
        await publisher.publish(LINKED, [article(str(number)) for number in range(7)])
        await bench.client.xreadgroup("index", "slow", {LINKED: ">"}, count=4)
        assert await publisher.backlog() == 7


async def test_trimming_removes_what_is_acknowledged_and_nothing_else(bench: Bench) -> None:
    """Streams are cut up to the first entry that some group has not acknowledged."""
    await bench.publish("a", "b", "c")
    await bench.client.xgroup_create(ARTICLE, "another", id="0")

    async with bench.worker(enriched):
        await eventually(bench.settled)
        rows = await bench.client.xreadgroup("another", "x", {ARTICLE: ">"}, count=2)
        ids = [entry_id for entry_id, _ in rows[0][1]]
        await bench.client.xack(ARTICLE, "another", ids[0])
        await eventually(lambda: _length(bench, ARTICLE, 2))
        await bench.client.xack(ARTICLE, "another", ids[1])
        await eventually(lambda: _length(bench, ARTICLE, 1))
        rows = await bench.client.xreadgroup("another", "x", {ARTICLE: ">"})
        await bench.client.xack(ARTICLE, "another", rows[0][1][0][0])
        await eventually(lambda: _length(bench, ARTICLE, 0))
    assert await bench.published() == ["a", "b", "c"]


async def test_a_worker_trims_and_makes_no_streams_of_others(bench: Bench) -> None:
    """Only what it reads and writes: the right to write elsewhere can be kept from it."""
    await bench.publish("a")
    await bench.client.xadd(LINKED, {"x": "1"})
    await bench.client.xgroup_create(LINKED, "index", id="$")

    async with bench.worker(enriched):
        await eventually(lambda: _length(bench, ARTICLE, 0))
    assert await bench.client.xlen(LINKED) == 1
    assert [info["name"] for info in await bench.client.xinfo_groups(ENRICHED)] == [b"link"]


async def _length(bench: Bench, stream: str, length: int) -> bool:
    return int(await bench.client.xlen(stream)) == length


async def _has(bench: Bench, name: str) -> bool:
    return name in await bench.published()
