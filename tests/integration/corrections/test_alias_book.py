"""What a person says of names is kept whole, once, and known at once to who reads articles."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
from redis import Redis

from kliping_shared.bus import connect
from kliping_shared.contracts import EntityType
from kliping_shared.corrections.alias_book import KEY, KeptAliases, RedisAliasBook
from kliping_shared.corrections.aliases import Alias, AliasConflict, NoSuchAlias, OfWhichType
from kliping_shared.errors import StoreUnavailable
from kliping_shared.names import one_name

AT = datetime(2026, 3, 5, 8, tzinfo=UTC)


def rows(name: str, *others: str, kind: EntityType = EntityType.PER, reason: str | None = None) -> list[Alias]:
    """A name with its forms as somebody says it."""
    found = one_name(kind, name, others)
    return [Alias(type=one.type, name=one.name, alias=one.alias, reason=reason, by="ratna", at=AT) for one in found]


@pytest.fixture
async def book(url: str) -> AsyncIterator[RedisAliasBook]:
    """An empty one."""
    client = connect(url)
    yield RedisAliasBook(client)
    await client.aclose()


@pytest.fixture
def reading(url: str) -> Iterator[Redis]:
    """The client of a worker."""
    with Redis.from_url(url) as client:
        yield client


async def test_what_is_added_comes_back_with_who_when_and_why(book: RedisAliasBook) -> None:
    """In the order of type, name and form."""
    bodies = rows("Yayasan Sawah Lestari", "YSL", kind=EntityType.ORG)
    persons = rows("Dewi Anggraini", "Si Mawar", "Bunda Dewi", reason="nama panggung")
    assert await book.add([*persons, *bodies]) == (*persons, *bodies)
    assert await book.list() == tuple(sorted([*persons, *bodies], key=lambda one: (one.type, one.name, one.alias)))


async def test_the_same_twice_is_once(book: RedisAliasBook) -> None:
    """The second time nothing is new, and what was said first stays."""
    await book.add(rows("Dewi Anggraini", "Si Mawar", reason="pertama"))
    before = await book.list()
    assert await book.add(rows("Dewi Anggraini", "Si Mawar", reason="kedua")) == ()
    assert await book.list() == before
    assert [one.alias for one in await book.add(rows("Dewi Anggraini", "Si Mawar", "Ibu Mawar"))] == ["Ibu Mawar"]


@pytest.mark.parametrize("given", [("Ratna Suherman", "si-mawar"), ("Si Mawar", "Ratna"), ("Ratna", "DEWI ANGGRAINI")])
async def test_one_form_does_not_stand_for_two_names(book: RedisAliasBook, given: tuple[str, str]) -> None:
    """However it is written, and be it a name itself; all or none is kept. Another type is another thing."""
    await book.add(rows("Dewi Anggraini", "Si Mawar"))
    before = await book.list()
    with pytest.raises(AliasConflict, match="Dewi Anggraini"):
        await book.add([*rows("Budi Hartanto", "Pak Budi"), *rows(*given)])
    assert await book.list() == before
    assert await book.add(rows("Kapal Mawar", "Si Mawar", kind=EntityType.ORG))


async def test_a_form_goes_alone_and_a_name_with_all_its_forms(book: RedisAliasBook) -> None:
    """The last other form takes its name along."""
    await book.add([*rows("Dewi Anggraini", "Si Mawar", "Bunda Dewi"), *rows("Budi Hartanto", "Pak Budi", "Bung Budi")])
    assert [one.alias for one in await book.remove("si mawar", None)] == ["Si Mawar"]
    assert {one.alias for one in await book.remove("Bunda Dewi", None)} == {"Bunda Dewi", "Dewi Anggraini"}
    assert len(await book.remove("Budi Hartanto", EntityType.PER)) == 3
    assert await book.list() == ()


async def test_what_is_not_there_cannot_be_removed(book: RedisAliasBook) -> None:
    """Nor what is there of two types, as long as none is said."""
    await book.add([*rows("Dewi Anggraini", "Mawar"), *rows("Kapal Mawar", "Mawar", kind=EntityType.ORG)])
    for alias, kind in (("Melati", None), ("Mawar", EntityType.LOC)):
        with pytest.raises(NoSuchAlias, match=alias):
            await book.remove(alias, kind)
    with pytest.raises(OfWhichType, match="ORG or PER"):
        await book.remove("Mawar", None)
    assert {one.type for one in await book.remove("Mawar", EntityType.ORG)} == {EntityType.ORG}


async def test_many_at_once_lose_nothing(url: str, book: RedisAliasBook) -> None:
    """Each change is one transaction, made again when another came between."""
    clients = [connect(url) for _ in range(8)]
    names = [f"Tokoh Nomor{number}" for number in range(8)]
    await asyncio.gather(
        *(RedisAliasBook(client).add(rows(name, f"Si {name}")) for client, name in zip(clients, names, strict=True))
    )
    for client in clients:
        await client.aclose()
    assert {one.name for one in await book.list()} == set(names)


async def test_two_who_give_one_form_to_two_names_do_not_both_succeed(url: str, book: RedisAliasBook) -> None:
    """Whoever comes second is told."""
    clients = [connect(url) for _ in range(6)]
    outcomes = await asyncio.gather(
        *(RedisAliasBook(client).add(rows(f"Tokoh {at}", "Si Mawar")) for at, client in enumerate(clients)),
        return_exceptions=True,
    )
    for client in clients:
        await client.aclose()
    assert sum(isinstance(outcome, AliasConflict) for outcome in outcomes) == len(clients) - 1
    assert len({one.name for one in await book.list()}) == 1


async def test_a_worker_knows_at_once(book: RedisAliasBook, reading: Redis) -> None:
    """After each change, also when all is lost; while nothing changes it is given the same object."""
    kept = KeptAliases(reading)
    assert kept.names() == ()
    await book.add(rows("Dewi Anggraini", "Si Mawar"))
    assert {known.alias for known in kept.names()} == {"Dewi Anggraini", "Si Mawar"}
    assert kept.names() is kept.names()
    await book.remove("Si Mawar", None)
    assert kept.names() == ()
    await book.add(rows("Dewi Anggraini", "Si Mawar"))
    assert kept.names()
    reading.delete(KEY)
    assert kept.names() == ()


async def test_a_worker_asks_for_one_field_while_nothing_changes(book: RedisAliasBook, reading: Redis) -> None:
    """However many aliases there are."""
    await book.add(rows("Dewi Anggraini", *(f"Nama {number}" for number in range(50))))
    kept = KeptAliases(reading)
    kept.names()
    reading.config_resetstat()
    for _ in range(5):
        kept.names()
    told = reading.info("commandstats")
    assert (told["cmdstat_hget"]["calls"], "cmdstat_hgetall" in told) == (5, False)


def test_a_broker_that_is_away_is_waited_for() -> None:
    """An article is not read without the aliases that hold for it."""
    with Redis(unix_socket_path="/nowhere/s") as client, pytest.raises(StoreUnavailable):
        KeptAliases(client).names()
