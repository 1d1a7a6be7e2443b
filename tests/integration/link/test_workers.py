"""Several link workers on one real server come to what one worker in memory comes to.

Some schedules are drawn; `make chaos` draws 1,000 of each kind.
"""

from __future__ import annotations

import asyncio
import os
import random
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import ConnectionError as RedisConnectionError

from kliping_link.linker import link, link_all
from kliping_link.ports import Unit
from kliping_link.redis_state import RedisState
from kliping_shared.contracts import EnrichedArticle, LinkedArticle
from kliping_shared.corrections.groups import Anchor, correction
from kliping_shared.corrections.redis import GroupCorrections
from kliping_shared.errors import StoreUnavailable
from tests.integration.link.conftest import RETENTION
from tests.unit.link.building import Draft, Said, Shelf, build, shelved
from tests.unit.link.worlds import (
    NOW,
    SPEAKERS,
    WORDINGS,
    Decision,
    Delivery,
    at_rest,
    corrected_schedules,
    newest,
    run,
    schedules,
)

WORKERS = 4
SCHEDULES = 1_000 if os.environ.get("KLIPING_TEST_CHAOS") == "full" else 20


@settings(max_examples=SCHEDULES, deadline=None, suppress_health_check=list(HealthCheck))
@given(schedules())
def test_schedules_change_nothing_on_redis(redis: Redis, drawn: tuple[list[EnrichedArticle], list[Delivery]]) -> None:
    """Order, duplicates, crashes and versions leave in the index what linking in memory leaves."""
    articles, deliveries = drawn
    redis.flushall()
    shelf = run(RedisState(redis, RETENTION), articles, deliveries)
    assert shelf.without_versions() == shelved(link_all(list(newest(articles).values()), now=NOW))


@settings(max_examples=SCHEDULES, deadline=None, suppress_health_check=list(HealthCheck))
@given(corrected_schedules())
def test_corrections_at_any_time_leave_on_redis_what_they_leave_in_memory(
    redis: Redis, socket: Path, drawn: tuple[list[EnrichedArticle], list[Delivery | Decision]]
) -> None:
    """Made and taken back between deliveries by a person with a connection of his own."""
    articles, steps = drawn
    redis.flushall()
    shelf = run(RedisState(redis, RETENTION), articles, steps, partial(_decide, socket))
    assert shelf.without_versions() == at_rest(articles, steps)


@settings(max_examples=SCHEDULES, deadline=None, suppress_health_check=list(HealthCheck))
@given(schedules())
def test_schedules_change_nothing_for_workers_at_once(
    redis: Redis, socket: Path, drawn: tuple[list[EnrichedArticle], list[Delivery]]
) -> None:
    """The same with four workers among whom the deliveries are dealt; what they left unpublished comes again."""
    articles, deliveries = drawn
    redis.flushall()

    def work(dealt: list[Delivery]) -> list[LinkedArticle | None]:
        with Redis(unix_socket_path=str(socket)) as client:
            state = RedisState(client, RETENTION)
            linked = [(one, link(state, articles[one.article], NOW)) for one in dealt]
        return [made for one, made in linked if one.published]

    again = len({one.article for one in deliveries if not one.published})
    at_once, later = deliveries[: len(deliveries) - again], deliveries[len(deliveries) - again :]
    with ThreadPoolExecutor(WORKERS) as pool:
        told = [one for done in pool.map(work, (at_once[n::WORKERS] for n in range(WORKERS))) for one in done if one]
    told += [one for one in work(later) if one]
    shelf = Shelf()
    for one in sorted(told, key=lambda one: one.version):
        shelf.put(one)
    assert shelf.without_versions() == shelved(link_all(list(newest(articles).values()), now=NOW))


def _decide(socket: Path, decision: Decision) -> None:
    async def write() -> None:
        async with AsyncRedis(unix_socket_path=str(socket)) as client:
            kept = GroupCorrections(client)
            await (kept.put if decision.stands else kept.withdraw)(decision.correction)

    asyncio.run(write())


def test_a_correction_made_during_a_transaction_is_not_missed(redis: Redis, socket: Path) -> None:
    """The transaction that read too early starts over and finds it."""
    articles = [
        build(Draft(name, (Said("Ratna Suherman", text),), lead=name))
        for name, text in (("a", WORDINGS[0]), ("b", WORDINGS[3]))
    ]
    anchors = [Anchor.of(article, claim) for article in articles for claim in article.claims]
    made = Decision(correction(anchors, at=NOW, reason=None, by=None), stands=True)
    state = RedisState(redis, RETENTION)
    seen: list[int] = []

    def work(unit: Unit) -> None:
        seen.append(len(unit.corrections(articles[0].document_key, articles[0].article_id)))
        if len(seen) == 1:
            _decide(socket, made)
        unit.put_superseded(1, 1)

    state.transact(work)
    assert seen == [0, 1]
    linked = [link(state, article, NOW) for article in articles][-1]
    assert linked is not None
    assert [len(group.members) for group in linked.groups] == [2]


def _articles(count: int) -> list[EnrichedArticle]:
    chance = random.Random(7)
    return [
        build(
            Draft(
                f"a{number}",
                tuple(Said(chance.choice(SPEAKERS[:2]), chance.choice(WORDINGS)) for _ in range(4)),
                day=chance.randint(0, 12),
                lead=f"Laporan {number} dari Jember",
            )
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_four_workers_at_once_come_to_the_groups_of_one(redis: Redis, socket: Path, seed: int) -> None:
    """Four workers with connections of their own, articles twice and in any order: the same index as in memory."""
    articles = _articles(24)
    arriving = articles * 2
    random.Random(seed).shuffle(arriving)

    def work(number: int) -> list[LinkedArticle | None]:
        with Redis(unix_socket_path=str(socket)) as client:
            state = RedisState(client, RETENTION)
            return [link(state, article, NOW) for article in arriving[number::WORKERS]]

    with ThreadPoolExecutor(WORKERS) as pool:
        linked = [one for done in pool.map(work, range(WORKERS)) for one in done if one]
    shelf = Shelf()
    for one in sorted(linked, key=lambda one: one.version):
        shelf.put(one)
    assert shelf.without_versions() == shelved(link_all(articles, now=NOW))


def test_a_transaction_that_was_overtaken_starts_over(redis: Redis, socket: Path) -> None:
    """When another worker commits between a transaction's read and its commit, the work runs again on the new state."""
    seen: list[int | None] = []
    with Redis(unix_socket_path=str(socket)) as other:
        rival = RedisState(other, RETENTION)

        def work(unit: Unit) -> None:
            seen.append(unit.superseded(1))
            if len(seen) == 1:
                rival.transact(lambda unit: unit.put_superseded(1, 5))
            unit.put_superseded(1, (seen[-1] or 0) + 1)

        state = RedisState(redis, RETENTION)
        state.transact(work)
        assert seen == [None, 5]
        assert state.transact(lambda unit: unit.superseded(1))[0] == 6


def test_a_server_that_is_away_is_told_as_such(tmp_path: Path) -> None:
    """Linking raises StoreUnavailable, for which the bus waits, when nobody answers."""
    state = RedisState(Redis(unix_socket_path=str(tmp_path / "nobody"), retry_on_error=[]), RETENTION)
    with pytest.raises(StoreUnavailable) as caught:
        link(state, _articles(1)[0], NOW)
    assert isinstance(caught.value.__cause__, RedisConnectionError)


def test_memory_of_a_claim_is_bounded(redis: Redis) -> None:
    """The state, its indexes and histories included, takes less than 1.8 kB a claim though every claim has ten siblings."""
    state = RedisState(redis, RETENTION)
    words = sorted({word for line in WORDINGS for word in line.split()})
    chance = random.Random(3)
    link(state, build(Draft("first", (Said("Bagus", "pembuka"),))), NOW)  # connections have their buffers now
    before = redis.info("memory")["used_memory"]
    for number in range(20):
        said = tuple(Said("Ratna Suherman", " ".join(chance.sample(words, 12))) for _ in range(10))
        link(state, build(Draft(f"m{number}", said, day=10 * number)), NOW)
    assert (redis.info("memory")["used_memory"] - before) / 200 < 1800
