"""Guards: facts of FastStream 0.7 and of the servers that the bus was built around.

When one of these fails after an upgrade, read docs/decisions/0003-reliability.md: a part of the bus may have become
unnecessary, or wrong.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from faststream import AckPolicy
from faststream._internal.endpoint.subscriber import SubscriberUsecase
from faststream.redis import RedisBroker, StreamSub
from redis.exceptions import ResponseError

from tests.support.bus_bench import Bench, eventually

STREAM, GROUP = "facts", "readers"


@contextlib.asynccontextmanager
async def subscribed(bench: Bench, handler: Any, **options: Any) -> AsyncIterator[Any]:
    """FastStream's own subscriber at work."""
    broker = RedisBroker(bench.server.url, logger=None)  # type: ignore[arg-type]
    stream = StreamSub(STREAM, group=GROUP, consumer="one", polling_interval=50)
    subscriber = broker.subscriber(stream=stream, **options)
    subscriber(handler)
    await broker.start()
    try:
        yield subscriber
    finally:
        await broker.stop()


async def test_faststream_makes_its_group_at_the_end_of_the_stream(bench: Bench) -> None:
    """So what was published before is never delivered: why the bus makes groups itself, at 0."""
    await bench.client.xadd(STREAM, {"__data__": "1"})
    seen: list[Any] = []

    async def handler(message: Any) -> None:
        seen.append(message)

    async with subscribed(bench, handler):
        await bench.client.xadd(STREAM, {"__data__": "2"})
        await eventually(lambda: seen)
    assert seen == [2]


@pytest.mark.parametrize("policy", [AckPolicy.REJECT_ON_ERROR, AckPolicy.NACK_ON_ERROR, AckPolicy.MANUAL])
async def test_failed_message_stays_pending_and_is_not_delivered_again(bench: Bench, policy: AckPolicy) -> None:
    """Nack and reject send no command: why the bus retries and takes over by itself."""
    seen: list[Any] = []

    async def handler(message: Any) -> None:
        seen.append(message)
        raise ValueError

    await bench.client.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
    async with subscribed(bench, handler, ack_policy=policy):
        await bench.client.xadd(STREAM, {"__data__": "1"})
        await bench.client.xadd(STREAM, {"__data__": "2"})
        await eventually(lambda: len(seen) == 2)
    async with subscribed(bench, handler, ack_policy=policy):
        await bench.client.xadd(STREAM, {"__data__": "3"})
        await eventually(lambda: len(seen) == 3)
    assert seen == [1, 2, 3]
    assert (await bench.client.xpending(STREAM, GROUP))["pending"] == 3


async def test_subscriber_ends_for_good_when_its_group_is_lost(bench: Bench) -> None:
    """Why the bus has a reading loop of its own."""

    async def handler(message: Any) -> None:
        return

    async with subscribed(bench, handler) as subscriber:
        await bench.client.delete(STREAM)
        await eventually(lambda: not subscriber.running)


async def test_process_message_runs_the_chain_and_raises_the_handlers_error(bench: Bench) -> None:
    """The seam under the bus: a started subscriber handles a raw message, returns the result, lets errors through."""

    async def parse(raw: Any) -> Any:
        from faststream.redis.message import FAKE_CONSUMER, RedisStreamMessage

        return RedisStreamMessage(raw_message=raw, body=b"", consumer=FAKE_CONSUMER, group=None)

    async def decode(message: Any) -> Any:
        return message.raw_message["data"]

    async def handler(message: Any) -> Any:
        if message == "bad":
            raise KeyError(message)
        return message * 2

    broker = RedisBroker(bench.server.url, logger=None, apply_types=False)  # type: ignore[arg-type]
    stream = StreamSub(STREAM, group=GROUP, consumer="one")
    subscriber = broker.subscriber(stream=stream, ack_policy=AckPolicy.MANUAL, parser=parse, decoder=decode)
    subscriber(handler)
    await broker.connect()
    await SubscriberUsecase.start(subscriber)
    raw: Any = {"type": "stream", "channel": STREAM, "message_ids": []}
    assert (await subscriber.process_message(raw | {"data": "ab"})).body == "abab"
    with pytest.raises(KeyError):
        await subscriber.process_message(raw | {"data": "bad"})
    assert not getattr(subscriber, "tasks", None), "the reading loop must not have been started"
    await broker.stop()


async def test_foreign_faststream_application_reads_our_entries(bench: Bench) -> None:
    """A plain FastStream subscriber gets the JSON of ``__data__``; other fields do not disturb it."""
    seen: list[Any] = []

    async def handler(message: dict[str, Any]) -> None:
        seen.append(message)

    await bench.client.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
    async with subscribed(bench, handler):
        await bench.client.xadd(STREAM, {"__data__": '{"article_id": "a"}', "article_id": "a"})
        await eventually(lambda: seen)
    assert seen == [{"article_id": "a"}]


async def test_claiming_with_a_given_count_does_not_raise_it(bench: Bench) -> None:
    """XCLAIM RETRYCOUNT and JUSTID set or keep the count: why reading ahead accuses nobody."""
    await bench.client.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
    entry = await bench.client.xadd(STREAM, {"__data__": "1"})
    await bench.client.xreadgroup(GROUP, "one", {STREAM: ">"})
    await bench.client.xclaim(STREAM, GROUP, "two", 0, [entry], retrycount=1)
    await bench.client.xclaim(STREAM, GROUP, "two", 0, [entry], justid=True)
    (row,) = await bench.client.xpending_range(STREAM, GROUP, "-", "+", 1)
    assert (row["consumer"], row["times_delivered"]) == (b"two", 1)


async def test_blocked_reader_is_told_when_its_stream_vanishes(bench: Bench) -> None:
    """The server answers a blocked XREADGROUP with an error that names the lost group."""
    await bench.client.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
    reading = asyncio.create_task(bench.client.xreadgroup(GROUP, "one", {STREAM: ">"}, block=4000))
    await eventually(lambda: _blocked(bench))
    await bench.client.delete(STREAM)
    with pytest.raises(ResponseError, match=r"NOGROUP|UNBLOCKED"):
        await asyncio.wait_for(reading, 10)


async def _blocked(bench: Bench) -> bool:
    return int((await bench.client.info("clients"))["blocked_clients"]) > 0
