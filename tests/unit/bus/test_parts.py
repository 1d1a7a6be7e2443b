"""The bus's parts that need no server."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import OutOfMemoryError, ReadOnlyError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from kliping_shared.bus import Policy, Route, is_away
from kliping_shared.bus.outage import Outage, Stopped
from kliping_shared.bus.policy import pause
from kliping_shared.bus.retries import Retries
from kliping_shared.bus.settle import Failed, Place, dead_fields, message_of, reason_of
from kliping_shared.bus.threads import OwnThread
from kliping_shared.bus.topology import is_lost_group
from kliping_shared.bus.wire import DATA, Entry, Undecodable, decode, encode
from kliping_shared.contracts import Article
from kliping_shared.contracts.streams import ARTICLE, ENRICHED
from kliping_shared.errors import PermanentError, SettingsError, TransientError
from tests.support.bus_bench import article


def plain(message: Article) -> None:
    return None


async def batched(messages: list[Article]) -> list[Exception | None]:
    return [None for _ in messages]


def validation_error() -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        Article.model_validate({"text": "rahasia"})
    return caught.value


@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_message_survives_the_wire(text: str) -> None:
    """What is encoded is decoded equal, and the entry names its article."""
    message = article("a", text=text)
    fields = encode(message)
    assert decode(fields, Article) == message
    assert Entry(b"1-0", fields).article_id == "a"


def test_entry_without_a_message_is_undecodable() -> None:
    """A foreign entry names the fields it has instead."""
    with pytest.raises(Undecodable, match="foreign"):
        decode({b"foreign": b"1"}, Article)


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (RedisConnectionError("x"), True),
        (RedisTimeoutError("x"), True),
        (ReadOnlyError("x"), True),
        (OutOfMemoryError("x"), True),
        (ResponseError("OOM command not allowed"), True),
        (ResponseError("MISCONF cannot persist"), True),
        (ResponseError("WRONGTYPE"), False),
        (ConnectionRefusedError(), False),
        (ValueError(), False),
    ],
)
def test_only_the_brokers_own_absence_counts_as_away(error: Exception, away: bool) -> None:
    """Unreachable, full, read-only: wait. A wrong command, or a handler's own socket error: not the broker's."""
    assert is_away(error) is away


@pytest.mark.parametrize(
    ("text", "lost"), [("NOGROUP No such key", True), ("UNBLOCKED the stream", True), ("WRONGTYPE", False)]
)
def test_lost_group_is_told_from_other_errors(text: str, lost: bool) -> None:
    """Only these two replies make the group anew."""
    assert is_lost_group(ResponseError(text)) is lost


@given(st.integers(1, 1000), st.floats(0.01, 10), st.floats(10, 100))
def test_pause_grows_to_its_limit_with_jitter(count: int, base: float, longest: float) -> None:
    """Between half of the exponential value and all of it, never above the limit."""
    full = min(longest, base * 2.0 ** min(count - 1, 30))
    assert full / 2 <= pause(count, base, longest) <= full


def test_retries_come_when_due_and_in_order_of_time() -> None:
    """An entry waits out its pause; its attempt number has grown."""
    now = 0.0
    retries = Retries(lambda: now)
    retries.add(Entry(b"2-0", {}, 1), 5.0)
    retries.add(Entry(b"1-0", {}, 3), 2.0)
    assert retries.due(10) == []
    assert retries.wait() == 2.0
    now = 6.0
    assert [(entry.id, entry.attempt) for entry in retries.due(1)] == [(b"1-0", 4)]
    assert [(entry.id, entry.attempt) for entry in retries.due(1)] == [(b"2-0", 2)]
    assert retries.wait() is None


def test_reasons_of_errors() -> None:
    """Unreadable and permanent are told apart; the rest may be tried again."""
    assert reason_of(Undecodable()) == "invalid"
    assert reason_of(validation_error()) == "invalid"
    assert reason_of(PermanentError()) == "permanent"
    assert reason_of(TransientError()) is None
    assert reason_of(KeyError()) is None


def test_validation_message_names_fields_and_hides_the_article() -> None:
    """A dead letter's message is short: the text is in the letter already."""
    message = message_of(validation_error())
    assert "article_id: Field required" in message
    assert "rahasia" not in message


def test_dead_letter_keeps_raw_fields_but_no_earlier_verdict() -> None:
    """A replayed letter that dies again carries the new reasons only, and its bytes as they were."""
    raw = {DATA: b"\xff", b"x-reason": b"old", b"own": b"1"}
    letter = dead_fields(Failed(Entry(b"1-0", raw, 2), "invalid", ValueError("é")), Place(ARTICLE, "extract", "one"))
    assert letter[DATA] == b"\xff"
    assert letter[b"own"] == b"1"
    assert letter[b"x-reason"] == b"invalid"
    assert letter[b"x-message"] == "é".encode()
    assert letter[b"x-attempts"] == b"2"


@pytest.mark.parametrize(
    ("shape", "hint"),
    [
        ({"handler": batched, "batch": 0}, "at least 1"),
        ({"handler": plain, "batch": 5}, "async def"),
        ({"handler": batched, "batch": 5, "produces": ENRICHED}, "produces no stream"),
    ],
)
def test_impossible_route_is_refused_when_it_is_made(shape: dict[str, Any], hint: str) -> None:
    """A mistake in a route table is seen at start, with what is wrong."""
    with pytest.raises(SettingsError, match=hint):
        Route(consumes=ARTICLE, group="extract", model=Article, **shape)


def test_route_sees_through_partial() -> None:
    """Ports are bound with functools.partial; a bound async handler is still one."""
    handler = partial(batched)
    assert Route(consumes=ARTICLE, group="extract", model=Article, handler=handler, batch=5).batch == 5


async def test_outage_waits_until_the_action_works() -> None:
    """insist() tries again while the other side is away and is over with the first success."""
    outage = Outage("broker", Policy(away_base=0.001, away_max=0.001), asyncio.Event())
    failures = iter([RedisConnectionError("1"), RedisConnectionError("2")])

    async def action() -> str:
        for failure in failures:
            assert outage.away is (str(failure) == "2")
            raise failure
        return "done"

    assert await outage.insist(action) == "done"
    assert not outage.away


async def test_outage_gives_up_when_the_worker_stops() -> None:
    """A stop ends the waiting at once."""
    stopping = asyncio.Event()
    stopping.set()
    with pytest.raises(Stopped):
        await Outage("broker", Policy(away_base=60), stopping).wait(RedisConnectionError("x"))


async def test_outage_lets_other_errors_through() -> None:
    """A bug is not an absence."""

    async def action() -> None:
        raise KeyError("bug")

    with pytest.raises(KeyError):
        await Outage("broker", Policy(), asyncio.Event()).insist(action)


async def test_thread_runs_calls_one_after_another_and_passes_errors_on() -> None:
    """Results and errors come back; two calls never overlap."""
    thread, running, most = OwnThread("test"), [0], [0]

    def call(number: int) -> int:
        running[0] += 1
        most[0] = max(most[0], running[0])
        running[0] -= 1
        if number == 3:
            raise KeyError(number)
        return number

    results = await asyncio.gather(*(thread.run(call, number) for number in range(5)), return_exceptions=True)
    thread.close()
    assert [result for result in results if isinstance(result, int)] == [0, 1, 2, 4]
    assert isinstance(results[3], KeyError)
    assert most == [1]
