"""Every message ends in exactly one way."""

from __future__ import annotations

import asyncio

import pytest

from kliping_shared.bus import Publisher, trail
from kliping_shared.contracts import Article, EnrichedArticle
from kliping_shared.contracts.streams import ARTICLE, DEAD
from kliping_shared.errors import PermanentError, StoreUnavailable, TransientError
from tests.support.bus_bench import QUICK, Bench, article, enriched, eventually, names


async def test_good_message_is_published_acknowledged_counted_and_noted(bench: Bench) -> None:
    """A good message ends as ok: its result in the next stream, nothing pending, one count, a trail."""
    await bench.publish("a")
    async with bench.worker(enriched) as worker:
        await eventually(bench.settled)
        assert await bench.published() == ["a"]
        assert worker.metrics.value("kliping_messages_total", stage="extract", outcome="ok") == 1
        stages = await trail(bench.client, "a")
        assert [(entry.stage, entry.outcome) for entry in stages] == [("ingest", "ok"), ("extract", "ok")]


async def test_messages_published_before_any_worker_came_are_delivered(bench: Bench) -> None:
    """Groups begin at 0, so a worker that comes late gets everything, in order."""
    await bench.publish("a", "b", "c")
    async with bench.worker(enriched):
        await eventually(bench.settled)
    assert await bench.published() == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"__data__": b"{not json"}, "invalid"),
        ({"__data__": b"\xff\xfe"}, "invalid"),
        ({"__data__": b'{"article_id": "x"}'}, "invalid"),
        ({"foreign": b"field"}, "invalid"),
    ],
)
@pytest.mark.parametrize("batch", [False, True])
async def test_unreadable_message_becomes_a_dead_letter_at_once(
    bench: Bench, fields: dict[str, bytes], reason: str, batch: bool
) -> None:
    """Poison is put aside at the first attempt with its raw fields; its neighbours go through."""
    await bench.publish("before")
    await bench.client.xadd(ARTICLE, fields)
    await bench.publish("after")
    seen: list[str] = []

    def single(message: Article) -> None:
        seen.append(message.article_id)

    async def several(messages: list[Article]) -> list[Exception | None]:
        seen.extend(names(messages))
        return [None] * len(messages)

    async with bench.worker(several, batch=10) if batch else bench.worker(single):
        await eventually(bench.settled)
    (letter,) = await bench.letters()
    assert (letter.reason, letter.attempts, letter.group, letter.consumer) == (reason, 1, "extract", "one")
    (raw,) = [row for _, row in await bench.client.xrange(DEAD)]
    assert {key: value for key, value in raw.items() if not key.startswith(b"x-")} == {
        key.encode(): value for key, value in fields.items()
    }
    assert seen == ["before", "after"]


async def test_permanent_error_becomes_a_dead_letter_at_once(bench: Bench) -> None:
    """A handler's PermanentError is not tried again; the letter says who, what and where."""
    runs: list[str] = []

    def handler(message: Article) -> None:
        runs.append(message.article_id)
        raise PermanentError("never: naïf")

    await bench.publish("a")
    async with bench.worker(handler) as worker:
        await eventually(bench.settled)
        assert worker.metrics.value("kliping_messages_total", stage="extract", outcome="dead") == 1
    (letter,) = await bench.letters()
    assert (letter.reason, letter.error, letter.message) == ("permanent", "PermanentError", "never: naïf")
    assert "handler" in letter.where
    assert letter.article_id == "a"
    assert runs == ["a"]


async def test_bug_in_a_handler_is_tried_a_few_times_then_put_aside(bench: Bench) -> None:
    """Any other error uses up the attempts, with pauses, and ends as a dead letter with their number."""
    runs: list[str] = []

    def handler(message: Article) -> None:
        runs.append(message.article_id)
        raise KeyError("oops")

    await bench.publish("a")
    async with bench.worker(handler) as worker:
        await eventually(bench.settled)
        assert worker.metrics.value("kliping_retries_total", stage="extract") == 3
    (letter,) = await bench.letters()
    assert (letter.reason, letter.attempts, letter.error) == ("attempts", 4, "KeyError")
    assert runs == ["a"] * 4


async def test_transient_error_then_success_is_ok_and_holds_nobody_up(bench: Bench) -> None:
    """A message that fails twice and then works is ok; those behind it did not wait for it."""
    failures = {"a": 2}

    def handler(message: Article) -> EnrichedArticle:
        if failures.get(message.article_id, 0):
            failures[message.article_id] -= 1
            raise TransientError("not yet")
        return enriched(message)

    await bench.publish("a", "b", "c")
    async with bench.worker(handler):
        await eventually(bench.settled)
    assert await bench.published() == ["b", "c", "a"]
    assert await bench.letters() == []


async def test_absent_store_uses_up_no_attempts(bench: Bench) -> None:
    """While the store is away the route waits and is not ready; afterwards everything goes through, nothing is dead."""
    away = asyncio.Event()
    runs = 0

    async def handler(message: Article) -> EnrichedArticle:
        nonlocal runs
        runs += 1
        if not away.is_set():
            raise StoreUnavailable("away")
        return enriched(message)

    await bench.publish("a", "b")
    async with bench.worker(handler) as worker:
        await eventually(lambda: runs > QUICK.max_attempts + 1)
        assert not worker.ready
        away.set()
        await eventually(bench.settled)
        assert worker.ready
    assert await bench.published() == ["a", "b"]
    assert await bench.letters() == []


async def test_message_that_came_twice_is_handled_twice_to_the_same_effect(bench: Bench) -> None:
    """A message that ingest added twice (a lost reply) ends as ok twice: ids make the effect the same downstream."""
    await bench.publish("a", "a")
    async with bench.worker(enriched) as worker:
        await eventually(bench.settled)
        assert worker.metrics.value("kliping_messages_total", stage="extract", outcome="ok") == 2
    assert await bench.published() == ["a", "a"]


async def test_message_that_another_worker_finished_is_counted_as_duplicate(bench: Bench) -> None:
    """Who comes second with the same entry counts a duplicate, not a second ok."""
    released = asyncio.Event()

    async def handler(message: Article) -> EnrichedArticle:
        await released.wait()
        return enriched(message)

    await bench.publish("a")
    async with bench.worker(handler) as worker:
        await eventually(lambda: _pending(bench, 1))
        (row,) = await bench.client.xpending_range(ARTICLE, "extract", "-", "+", 1)
        await bench.client.xack(ARTICLE, "extract", row["message_id"])
        released.set()
        await eventually(lambda: worker.metrics.value("kliping_messages_total", stage="extract", outcome="duplicate"))
        assert worker.metrics.value("kliping_messages_total", stage="extract", outcome="ok") == 0


async def test_batch_items_end_each_in_its_own_way(bench: Bench) -> None:
    """In a batch one item is done, one permanent, one transient and then done; none disturbs another."""
    failures = {"later": 1}
    done: list[str] = []

    def outcome(message: Article) -> Exception | None:
        if message.article_id == "never":
            return PermanentError("no")
        if failures.get(message.article_id, 0):
            failures[message.article_id] -= 1
            return TransientError("not yet")
        done.append(message.article_id)
        return None

    async def handler(messages: list[Article]) -> list[Exception | None]:
        return [outcome(message) for message in messages]

    await bench.publish("good", "never", "later")
    async with bench.worker(handler, batch=10):
        await eventually(bench.settled)
    assert done == ["good", "later"]
    assert [letter.article_id for letter in await bench.letters()] == ["never"]


async def test_item_that_makes_its_batch_raise_dies_alone(bench: Bench) -> None:
    """When the whole batch raises because of one item, the others are done and only that one becomes a dead letter."""
    done: set[str] = set()

    async def handler(messages: list[Article]) -> list[Exception | None]:
        if any(message.article_id == "bad" for message in messages):
            raise RuntimeError("whole batch")
        done.update(names(messages))
        return [None] * len(messages)

    await bench.publish("a", "bad", "b")
    async with bench.worker(handler, batch=10):
        await eventually(bench.settled)
    assert done == {"a", "b"}
    assert [letter.article_id for letter in await bench.letters()] == ["bad"]


async def test_replayed_letter_goes_through_once_the_cause_is_gone(bench: Bench) -> None:
    """Replaying puts the message back as it was and removes the letter; after the fix it is ok."""
    broken = True

    def handler(message: Article) -> EnrichedArticle:
        if broken:
            raise PermanentError("not supported yet")
        return enriched(message)

    await bench.publish("a")
    async with bench.worker(handler):
        await eventually(lambda: bench.letters())
        broken = False
        (letter,) = await bench.letters()
        assert Article.model_validate_json((await bench.dead.show(letter.letter_id)).data) == article("a")
        await bench.dead.replay(letter.letter_id)
        await eventually(bench.published)
    assert await bench.published() == ["a"]
    assert await bench.letters() == []


async def test_dropped_letter_is_gone_and_unknown_ids_are_errors(bench: Bench) -> None:
    """Drop removes one letter for good; an id that is not there, or is none, raises KeyError."""
    await bench.client.xadd(ARTICLE, {"__data__": b"?"})
    async with bench.worker(enriched):
        await eventually(lambda: bench.letters())
    (letter,) = await bench.letters()
    assert (await bench.stats()).dead == 1
    await bench.dead.drop(letter.letter_id)
    assert await bench.letters() == []
    assert (await bench.stats()).dead == 0
    for call in (bench.dead.drop, bench.dead.show, bench.dead.replay):
        for unknown in (letter.letter_id, "nonsense"):
            with pytest.raises(KeyError):
                await call(unknown)


async def test_published_messages_can_be_waited_for_on_disk(bench: Bench) -> None:
    """``durable`` returns once the broker has what was published in its append-only file."""
    async with Publisher(bench.settings(), policy=QUICK) as publisher:
        await publisher.publish(ARTICLE, [article(str(number)) for number in range(250)])
        await publisher.durable()
        assert await publisher.backlog() == 250


async def _pending(bench: Bench, count: int) -> bool:
    return (await bench.stats()).pending == count


async def test_what_comes_during_a_pause_is_run_together(bench: Bench) -> None:
    """A route that pauses after a run takes the next messages as one batch."""
    runs: list[list[str]] = []

    async def handler(messages: list[Article]) -> list[Exception | None]:
        runs.append(names(messages))
        return [None] * len(messages)

    await bench.publish("a")
    async with bench.worker(handler, batch=10, pause=lambda count: 1.0 if count == 1 else 0.0):
        await eventually(bench.settled)
        await bench.publish("b")
        await bench.publish("c")
        await eventually(bench.settled)
    assert runs == [["a"], ["b", "c"]]


async def test_a_pause_holds_up_no_acknowledgement_and_no_stop(bench: Bench) -> None:
    """What was run is settled before the pause, which ends when the worker is told to stop."""

    async def handler(messages: list[Article]) -> list[Exception | None]:
        return [None] * len(messages)

    await bench.publish("a")
    async with bench.worker(handler, batch=10, pause=lambda _count: 600.0):
        await eventually(bench.settled)
