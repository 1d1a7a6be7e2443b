"""What a posting writes to Redis: what others read stays as it is where nothing changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from redis import Redis

from kliping_link.buckets import SIZE
from kliping_link.domain.records import Ref
from kliping_link.ports import Posting, Unit
from kliping_link.redis_state import LONG, RedisState

MANY = LONG // SIZE + 1


def post(state: RedisState, *numbers: int) -> None:
    """A posting for each article number, all under one key."""

    def work(unit: Unit) -> None:
        for number in numbers:
            unit.post(Posting(Ref(number, 0), None, 739001), ["k"])

    state.transact(work)


def standing(state: RedisState) -> set[int]:
    """Articles whose posting stands under the key."""
    (row,) = state.transact(lambda unit: unit.postings([["k"]]))[0]
    assert len(row) == len(set(row))
    return {posting.ref.article for posting in row}


@pytest.mark.parametrize("count", [1, MANY])
def test_a_posting_that_stands_already_overtakes_nobody(redis: Redis, count: int) -> None:
    """A worker that has read it commits."""
    state = RedisState(redis, timedelta(days=60))
    post(state, *range(count))
    with redis.pipeline() as reader:
        reader.watch(*redis.keys("kliping:link:*:k:*"))
        post(state, 0)
        reader.multi()
        reader.ping()
        assert reader.execute() == [True]
    assert standing(state) == set(range(count))


def test_of_a_long_bucket_only_what_is_new_is_written(redis: Redis) -> None:
    """And a posting that leaves it leaves the others."""
    state = RedisState(redis, timedelta(days=60))
    post(state, *range(MANY))
    redis.config_resetstat()
    post(state, MANY, 0)
    calls = redis.info("commandstats")
    assert ("cmdstat_append" in calls, "cmdstat_mset" in calls) == (True, False)
    assert standing(state) == set(range(MANY + 1))
    state.transact(lambda unit: unit.withdraw(Posting(Ref(3, 0), None, 739001), ["k"]))
    assert standing(state) == set(range(MANY + 1)) - {3}
