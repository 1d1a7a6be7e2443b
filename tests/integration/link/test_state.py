"""The behaviour of a link state, the same in memory and in Redis."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from kliping_link.domain.records import Ref, describe, handle
from kliping_link.linker import link, link_all
from kliping_link.ports import Head, LinkState, Places, Posting, Touched, Unit
from kliping_link.redis_state import RedisState
from kliping_link.sweeping import sweep
from kliping_shared.contracts import EnrichedArticle
from tests.integration.link.conftest import NewState
from tests.unit.link.building import Draft, Said, Shelf, build, shelved

NOW = datetime(2026, 4, 1, tzinfo=UTC)
RECORD = describe(
    build(
        Draft(
            "a1",
            (Said("Ratna Suherman", "jembatan selesai dalam 3 bulan", numbers=((3.0, "bulan", "3"),)),),
            title="Jembatan",
            origin="Yonhap",
        )
    )
)


def put(state: LinkState, unit_work: object) -> None:
    """Run a piece of work and commit it."""
    state.transact(unit_work)  # type: ignore[arg-type]


def test_an_empty_state_knows_nothing(new_state: NewState) -> None:
    """Reads of what is not there give nothing, and no error."""

    def read(unit: Unit) -> list[object]:
        return [unit.head("d"), unit.superseded(1), unit.articles([1]), unit.places([1]), unit.components([1])]

    assert new_state().transact(read)[0] == [None, None, {}, {}, {}]


def test_what_is_put_comes_back(new_state: NewState) -> None:
    """Every kind of value survives the way through the state unchanged."""
    state = new_state()
    places = Places({0: 7, -1: 9}, frozenset({Touched("g12", Ref(5, 1))}))
    component = ((Ref(1, 0), Ref(2, 3)), (Ref(4, -1),))

    def write(unit: Unit) -> None:
        unit.put_head("d", Head(2, ("a1", "b 2")))
        unit.put_superseded(3, 4)
        unit.put_article(1, RECORD)
        unit.put_places(1, places)
        unit.put_component(7, component)

    put(state, write)
    read = state.transact(
        lambda unit: (unit.head("d"), unit.superseded(3), unit.articles([1]), unit.places([1]), unit.components([7]))
    )[0]
    assert read == (Head(2, ("a1", "b 2")), 4, {1: RECORD}, {1: places}, {7: component})


@pytest.mark.parametrize("published", [None, 1, 719163, 739000])
def test_postings_stand_under_each_of_their_keys_until_withdrawn(new_state: NewState, published: int | None) -> None:
    """A posting is found by any one of its keys, once, and no more after its withdrawal."""
    state = new_state()
    posting = Posting(Ref(handle("a1"), -1), published, 739001)
    put(state, lambda unit: unit.post(posting, ["k1", "k2"]))
    assert state.transact(lambda unit: unit.postings([frozenset({"k1", "k2", "k3"})]))[0] == [[posting]]
    put(state, lambda unit: unit.withdraw(posting, ["k1", "k2"]))
    assert state.transact(lambda unit: unit.postings([frozenset({"k1", "k2"})]))[0] == [[]]


def test_postings_of_other_days_are_left_out(new_state: NewState) -> None:
    """By the day of publication, unknown for one of them, and of arrival."""
    state = new_state()
    known, unknown = (Posting(Ref(handle("a1"), number), day, 739001) for number, day in ((0, 739000), (1, None)))

    def write(unit: Unit) -> None:
        unit.post(known, ["k1"])
        unit.post(unknown, ["k1"])

    put(state, write)
    wanted = [frozenset({"k1"})]
    found = state.transact(lambda unit: unit.postings(wanted, near=lambda published, seen: published == seen - 1))[0]
    assert found == [[known]]
    assert state.transact(lambda unit: unit.postings(wanted, near=lambda published, _: published is None))[0] == [
        [unknown]
    ]


def test_an_article_has_a_signature_as_long_as_it_stands(new_state: NewState) -> None:
    """It is that of the record."""
    state = new_state()
    put(state, lambda unit: unit.put_article(1, RECORD))
    (found,) = state.transact(lambda unit: unit.signatures([1, 2]))[0].values()
    assert (found.gist, tuple(found.voices)) == (RECORD.signature.gist, RECORD.signature.voices)
    put(state, lambda unit: unit.drop_article(1))
    assert state.transact(lambda unit: unit.signatures([1]))[0] == {}


def test_postings_are_found_by_so_many_keys_of_one_set(new_state: NewState) -> None:
    """Two keys of one set find what stands under both of them, not what stands under one key of each of two sets; each set is answered by itself. A key given twice is enough."""
    state = new_state()
    both, first, second = (Posting(Ref(handle("a1"), number), None, 739001) for number in range(3))

    def write(unit: Unit) -> None:
        unit.post(both, ["k1", "k2"])
        unit.post(first, ["k1", "k3"])
        unit.post(second, ["k2"])

    put(state, write)
    sets = [frozenset({"k1", "k2"}), frozenset({"k3", "k4"})]
    assert state.transact(lambda unit: unit.postings(sets, 2))[0] == [[both], []]
    assert state.transact(lambda unit: unit.postings([["k1", "k2", "k2"]], 2))[0] in (
        [[both, second]],
        [[second, both]],
    )
    found = state.transact(lambda unit: unit.postings(sets))[0]
    assert [sorted(row) for row in found] == [[both, first, second], [first]]


def test_drops_forget(new_state: NewState) -> None:
    """A dropped article and component are gone, places and recency with it."""
    state = new_state()

    def write(unit: Unit) -> None:
        unit.put_article(1, RECORD)
        unit.put_places(1, Places({0: 7}))
        unit.put_component(7, ((Ref(1, 0),),))
        unit.touch([1])

    def drop(unit: Unit) -> None:
        unit.drop_article(1)
        unit.drop_component(7)

    put(state, write)
    put(state, drop)
    read = state.transact(lambda unit: (unit.articles([1]), unit.places([1]), unit.components([7])))[0]
    assert read == ({}, {}, {})
    assert state.idle(datetime.max.replace(tzinfo=UTC) - timedelta(days=1), 10) == []


def test_nothing_is_written_when_the_work_fails(new_state: NewState) -> None:
    """An error in the middle of a transaction leaves the state as it was; versions go on rising."""
    state = new_state()

    def fail(unit: Unit) -> None:
        unit.put_article(1, RECORD)
        raise RuntimeError("killed")

    before = state.transact(lambda unit: None)[1]
    with pytest.raises(RuntimeError, match="killed"):
        state.transact(fail)
    found, after = state.transact(lambda unit: unit.articles([1]))
    assert (found, after > before) == ({}, True)


def test_versions_grow(new_state: NewState) -> None:
    """Each commit has a higher version than those before it."""
    state = new_state()
    versions = [state.transact(lambda unit: None)[1] for _ in range(5)]
    assert versions == sorted(set(versions))


def test_sweep_drops_the_idle_and_keeps_what_it_belonged_to(new_state: NewState) -> None:
    """After a sweep of everything the state is empty: a later claim is alone, and nothing refers to what is gone."""
    state = new_state()
    articles = [build(Draft(name, (Said("Ratna Suherman", "jembatan gantung pesisir rampung"),))) for name in "ab"]
    for article in articles:
        link(state, article, NOW)
    assert sweep(state, datetime.now(UTC) + timedelta(hours=1)) == 2
    later = build(Draft("c", (Said("Ratna Suherman", "jembatan gantung pesisir rampung"),)))
    linked = link(state, later, NOW)
    assert linked is not None
    assert [len(group.members) for group in linked.groups] == [1]


def test_sweep_keeps_what_was_touched(new_state: NewState) -> None:
    """Articles that something was grouped with since the limit stay."""
    state = new_state()
    link(state, build(Draft("a", (Said("Ratna Suherman", "jembatan gantung pesisir rampung"),))), NOW)
    assert sweep(state, datetime.now(UTC) - timedelta(hours=1)) == 0


BRIDGE = Said("Ratna Suherman", "jembatan gantung pesisir rampung")


def test_an_edit_after_the_sweep_ends_the_groups_of_the_edited_article(new_state: NewState) -> None:
    """Nothing of an article that was swept and then replaced stays on the shelf, told once or twice."""
    state, shelf = new_state(), Shelf()
    shelf.put(link(state, build(Draft("old", (BRIDGE,), document_key="d")), NOW))
    assert sweep(state, datetime.now(UTC) + timedelta(hours=1)) == 1
    new = build(Draft("new", (BRIDGE,), document_key="d", revision=2, supersedes=("old",)))
    link(state, new, NOW)  # committed, and lost
    shelf.put(link(state, new, NOW))
    assert shelf.without_versions() == shelved(link_all([new], now=NOW))


class _Overtaking:
    """A state in which an article arrives just when the sweep has found out which ones are idle."""

    def __init__(self, state: LinkState, arriving: EnrichedArticle) -> None:
        self._state = state
        self._arriving: list[EnrichedArticle] = [arriving]
        self.transact = state.transact

    def idle(self, before: datetime, limit: int) -> list[int]:
        found = self._state.idle(before, limit)
        while self._arriving:
            link(self._state, self._arriving.pop(), NOW)
        return found


def test_sweep_keeps_what_was_touched_while_it_ran(new_state: NewState) -> None:
    """An article that something was grouped with after the sweep had found it idle stays, and later ones join it."""
    state = new_state()
    link(state, build(Draft("a", (BRIDGE,))), NOW)
    assert sweep(_Overtaking(state, build(Draft("b", (BRIDGE,)))), datetime.now(UTC)) == 0
    linked = link(state, build(Draft("c", (BRIDGE,))), NOW)
    assert linked is not None
    assert [len(group.members) for group in linked.groups] == [3]


def test_versions_grow_beyond_those_of_a_lost_second(redis: Redis) -> None:
    """A Redis that comes back as it was a little earlier tells no version that was told before."""
    state = RedisState(redis, timedelta(days=60))
    state.transact(lambda _unit: None)
    (name,) = redis.keys("kliping:link:*:version*")
    earlier = redis.dump(name)
    told = [state.transact(lambda _unit: None)[1] for _ in range(20)]
    redis.restore(name, 0, earlier, replace=True)
    deadline = time.monotonic() + 5
    while (version := state.transact(lambda _unit: None)[1]) <= told[-1]:  # versions run ahead of a clock of 1 ms
        redis.restore(name, 0, earlier, replace=True)
        assert time.monotonic() < deadline
    assert version > told[-1]


def test_versions_of_a_new_redis_are_above_those_of_one_that_was_lost(redis: Redis) -> None:
    """The store keeps what it was told before: a state that begins anew must not tell it older versions."""
    state = RedisState(redis, timedelta(days=60))
    _, before = state.transact(lambda _unit: None)
    after = before
    for _ in range(50):  # a state is lost and begun anew in less than the millisecond that tells them apart
        redis.flushall()
        _, after = RedisState(redis, timedelta(days=60)).transact(lambda _unit: None)
        assert after >= before
    assert after > before
