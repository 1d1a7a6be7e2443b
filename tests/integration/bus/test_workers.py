"""Workers that are slow, die, share, and stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from kliping_shared.bus import HandlerStuck, Route, Worker
from kliping_shared.contracts import Article, EnrichedArticle
from kliping_shared.contracts.streams import ARTICLE
from tests.support.bus_bench import QUICK, Bench, enriched, eventually


@contextlib.asynccontextmanager
async def process(bench: Bench, consumer: str, mode: str, *lives: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker in a process of its own."""
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.bus_worker",
        bench.server.url,
        consumer,
        mode,
        *lives,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.communicate()


async def line(started: asyncio.subprocess.Process) -> str:
    """The next article that the process begins."""
    assert started.stdout is not None
    return (await asyncio.wait_for(started.stdout.readline(), 20)).decode().strip()


async def test_slow_message_is_handled_once_though_others_look_for_work(bench: Bench) -> None:
    """A plain handler that runs longer than the idle limit keeps its message by heartbeats: one run, one result."""
    runs: list[str] = []

    def slow(message: Article) -> EnrichedArticle:
        runs.append(message.article_id)
        time.sleep(QUICK.min_idle * 2.5)
        return enriched(message)

    await bench.publish("a", "b")
    async with bench.worker(slow, consumer="one"):
        await eventually(lambda: runs)
        async with bench.worker(slow, consumer="two"):
            await eventually(bench.settled)
    assert sorted(runs) == ["a", "b"]
    assert sorted(await bench.published()) == ["a", "b"]


async def test_messages_of_a_killed_worker_go_to_another(bench: Bench) -> None:
    """After kill -9 all that the worker held, begun or only read ahead, is done by another after the idle limit."""
    await bench.publish("a", "b", "c")
    async with process(bench, "dead", "hang") as started:
        assert await line(started) == "a"
        started.kill()
        await started.wait()
    assert (await bench.stats()).pending == 3
    async with bench.worker(enriched, consumer="other"):
        await eventually(bench.settled)
    assert sorted(await bench.published()) == ["a", "b", "c"]
    assert await bench.letters() == []


async def test_worker_that_comes_back_takes_its_own_messages_at_once(bench: Bench) -> None:
    """Under the same name it does not wait for the idle limit, and does the older messages first."""
    await bench.publish("a", "b")
    async with process(bench, "same", "hang") as started:
        assert await line(started) == "a"
        started.kill()
        await started.wait()
    await bench.publish("c")
    patient = replace(QUICK, min_idle=3600.0)
    async with bench.worker(enriched, consumer="same", policy=patient):
        await eventually(bench.settled)
    assert await bench.published() == ["a", "b", "c"]


async def test_message_that_kills_its_workers_dies_and_the_others_do_not(bench: Bench) -> None:
    """A message that kills every process that runs it becomes a dead letter; those read ahead with it are all done."""
    await bench.publish("killer", "x", "y", "z")
    async with process(bench, "same", "die", str(QUICK.max_attempts)) as started:
        await asyncio.wait_for(started.wait(), 25)
    async with bench.worker(enriched, consumer="same") as worker:
        await eventually(bench.settled)
        assert worker.metrics.value("kliping_messages_total", stage="extract", outcome="ok") == 3
    (letter,) = await bench.letters()
    assert (letter.article_id, letter.reason) == ("killer", "crashed")
    assert sorted(await bench.published()) == ["x", "y", "z"]


async def test_two_workers_share_a_queue_without_overlap(bench: Bench) -> None:
    """Each message goes to one of the two, both get some, all are done."""
    runs: dict[str, list[str]] = {"one": [], "two": []}

    def working(name: str) -> object:
        def handler(message: Article) -> EnrichedArticle:
            runs[name].append(message.article_id)
            time.sleep(0.005)
            return enriched(message)

        return handler

    wanted = [f"n{number:02}" for number in range(40)]
    async with bench.worker(working("one"), consumer="one"), bench.worker(working("two"), consumer="two"):  # type: ignore[arg-type]
        await bench.publish(*wanted)
        await eventually(bench.settled)
    assert runs["one"]
    assert runs["two"]
    assert sorted(runs["one"] + runs["two"]) == wanted
    assert sorted(await bench.published()) == wanted


async def test_message_taken_over_out_of_order_is_done_all_the_same(bench: Bench) -> None:
    """Newer messages may be done before an older one that was left by a dead worker; none is missed."""
    await bench.publish("old")
    await bench.client.xreadgroup("extract", "ghost", {ARTICLE: ">"})
    await bench.publish("new")
    async with bench.worker(enriched):
        await eventually(bench.settled)
    assert await bench.published() == ["new", "old"]


async def test_stop_finishes_what_is_in_hand_and_gives_back_the_rest(bench: Bench) -> None:
    """SIGTERM: the running article is finished and published, those read ahead are taken by another at once."""
    await bench.publish("a", "b", "c")
    patient = replace(QUICK, min_idle=3600.0)
    release = asyncio.Event()
    begun: list[str] = []

    async def slow(message: Article) -> EnrichedArticle:
        begun.append(message.article_id)
        await release.wait()
        return enriched(message)

    async with bench.worker(slow, consumer="one", policy=patient) as worker:
        await eventually(lambda: begun)
        worker.stop()
        release.set()
    assert begun == ["a"]
    assert await bench.published() == ["a"]
    assert (await bench.stats()).waiting == 2
    async with bench.worker(enriched, consumer="two", policy=patient):
        await eventually(bench.settled)
    assert await bench.published() == ["a", "b", "c"]


async def test_sigterm_ends_the_process_in_order_with_code_zero(bench: Bench) -> None:
    """A real SIGTERM during a CPU-bound article lets it finish (it is published) and ends with exit code 0."""
    await bench.publish("a")
    async with process(bench, "one", "late") as started:
        assert await line(started) == "a"
        started.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(started.wait(), 20) == 0
    assert await bench.published() == ["a"]
    assert await bench.settled()


async def test_work_that_outlives_the_grace_time_stays_for_others(bench: Bench) -> None:
    """When the article in hand takes longer than the grace time the worker ends and the article is still pending."""
    begun = asyncio.Event()

    async def endless(message: Article) -> None:
        begun.set()
        await asyncio.sleep(3600)

    await bench.publish("a")
    async with bench.worker(endless, policy=replace(QUICK, grace=0.1)):
        await asyncio.wait_for(begun.wait(), 10)
    assert (await bench.stats()).pending == 1
    async with bench.worker(enriched, consumer="two"):
        await eventually(bench.settled)
    assert await bench.published() == ["a"]


async def test_hung_handler_ends_the_worker(bench: Bench) -> None:
    """A plain handler that exceeds the limit cannot be stopped from inside, so run() raises for a restart."""
    hang = threading.Event()

    def endless(message: Article) -> None:
        hang.wait(30)

    await bench.publish("a")
    route = Route(consumes=ARTICLE, group="extract", model=Article, handler=endless)
    worker = Worker([route], bench.settings(), policy=replace(QUICK, handler_limit=0.2))
    with pytest.raises(HandlerStuck):
        await asyncio.wait_for(worker.run(signals=False), 10)
    hang.set()


async def test_event_loop_stays_free_while_a_plain_handler_uses_the_cpu(bench: Bench) -> None:
    """Health is answered while a CPU-bound article is running."""
    running = threading.Event()
    finish = threading.Event()

    def busy(message: Article) -> None:
        running.set()
        while not finish.is_set():
            sum(range(1000))

    await bench.publish("a")
    async with bench.worker(busy) as worker:
        await eventually(running.is_set)
        assert worker.ready
        finish.set()
        await eventually(bench.settled)
