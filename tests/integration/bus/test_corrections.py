"""Corrections of groups in Redis: kept whole, found by link, under the rights that each has in a deployment."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from kliping_link.linker import link
from kliping_link.redis_state import RedisState
from kliping_shared.bus import Publisher, trail
from kliping_shared.contracts import streams
from kliping_shared.corrections.groups import Anchor, GroupCorrection, correction
from kliping_shared.corrections.redis import PREFIX, GroupCorrections
from kliping_shared.settings import Settings
from tests.integration.bus.conftest import password_of
from tests.support.bus_bench import QUICK, Bench
from tests.unit.link.building import Draft, Said, build

NOW = datetime(2026, 4, 1, tzinfo=UTC)
ARTICLES = [
    build(Draft(name, (Said("Ratna", text),))) for name, text in (("a", "jembatan rampung"), ("b", "pasar tutup"))
]
ANCHORS = [Anchor.of(article, article.claims[0]) for article in ARTICLES]
MERGE = correction(ANCHORS, at=NOW, reason="satu pernyataan", by="Sari")
SPLIT = correction(ANCHORS[:1], ANCHORS[1:], at=NOW + timedelta(minutes=1), reason=None, by=None)

#: Who may make corrections.
WRITERS = ["operator", "search"]


@pytest.mark.parametrize("writer", WRITERS)
async def test_what_is_put_stands_until_it_is_withdrawn(writer: str, users: dict[str, Any]) -> None:
    """Each comes back whole, from old to new; the same one twice is one; withdrawing twice is withdrawing once."""
    kept = GroupCorrections(users[writer])
    assert await kept.list() == ()
    await kept.put(SPLIT, MERGE, SPLIT)
    assert await kept.list() == (MERGE, SPLIT)
    assert await kept.get(SPLIT.correction_id) == SPLIT
    for one in (MERGE, MERGE):
        await kept.withdraw(one)
        assert (await kept.list(), await kept.get(MERGE.correction_id)) == ((SPLIT,), MERGE)
    await kept.forget(MERGE)
    assert await kept.get(MERGE.correction_id) is None


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("stream", [streams.ARTICLE, streams.ENRICHED])
async def test_who_corrects_may_publish_articles_again(
    writer: str, stream: str, bench: Bench, users: dict[str, Any], tmp_path: Path
) -> None:
    """With all that a publisher does, also where the stream's group was lost."""
    await bench.client.delete(stream)
    account = f"{writer}:{password_of(tmp_path, writer)}@"
    settings = Settings(redis_url=bench.server.url.replace("://", f"://{account}", 1), consumer="desk")
    async with Publisher(settings, stage="again", policy=QUICK) as publisher:
        await publisher.publish(stream, ARTICLES)
        assert await publisher.backlog() == len(ARTICLES)
    assert [entry.stage for entry in await trail(bench.client, "a")] == ["again"]


async def test_nothing_of_a_forgotten_correction_stays(bench: Bench) -> None:
    """No key is left behind."""
    kept = GroupCorrections(bench.client)
    for one in (MERGE, SPLIT):
        await kept.put(one)
        await kept.withdraw(one)
        await kept.forget(one)
    assert await bench.client.keys(f"{PREFIX}*") == []


async def _linked(bench: Bench, password: str) -> int:
    """Members of the group of the last article's claim, linked by link's own user."""

    def work() -> int:
        with Redis.from_url(bench.server.url, username="link", password=password) as client:
            state = RedisState(client, timedelta(days=60))
            linked = [link(state, article, NOW) for article in ARTICLES][-1]
        assert linked is not None
        own = linked.claims[0].group_id
        return next(len(group.members) for group in linked.groups if group.group_id == own)

    return await asyncio.to_thread(work)


async def test_link_finds_what_the_operator_corrected(bench: Bench, users: dict[str, Any], tmp_path: Path) -> None:
    """In one transaction with its own state; the later correction holds, and without any the groups are as before."""
    kept, password = GroupCorrections(users["operator"]), password_of(tmp_path, "link")
    steps: list[tuple[Any, GroupCorrection, int]] = [
        (kept.put, MERGE, 2),
        (kept.put, SPLIT, 1),
        (kept.withdraw, SPLIT, 2),
        (kept.withdraw, MERGE, 1),
    ]
    assert await _linked(bench, password) == 1
    for change, one, size in steps:
        await change(one)
        await _linked(bench, password)
        assert await _linked(bench, password) == size


async def test_link_may_not_write_corrections(users: dict[str, Any]) -> None:
    """It reads them only."""
    with pytest.raises(Exception, match=r"(?i)permission"):
        await GroupCorrections(users["link"]).put(MERGE)


@pytest.mark.parametrize("writer", WRITERS)
async def test_those_of_some_articles_are_found_without_the_others(writer: str, users: dict[str, Any]) -> None:
    """From old to new, each once, while they hold."""
    kept = GroupCorrections(users[writer])
    alone = correction(ANCHORS[:1], at=NOW + timedelta(minutes=2), reason=None, by=None)
    await kept.put(SPLIT, MERGE, alone)
    ids = [article.article_id for article in ARTICLES]
    assert await kept.of(ids) == (MERGE, SPLIT, alone)
    assert await kept.of(ids[1:]) == (MERGE, SPLIT)
    assert await kept.of([]) == await kept.of(["another"]) == ()
    await kept.withdraw(MERGE)
    assert await kept.of(ids[1:]) == (SPLIT,)
