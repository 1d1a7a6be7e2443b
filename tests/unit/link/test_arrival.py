"""What arrivals do: versions, redelivery, a crash before publishing, and how much of the state is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from itertools import permutations
from typing import TypeVar

import pytest

from kliping_link.domain.records import ArticleRecord, Ref
from kliping_link.handlers import link_article
from kliping_link.linker import link, link_all
from kliping_link.memory_state import MemoryState
from kliping_link.ports import Unit
from kliping_shared.contracts import EnrichedArticle
from tests.unit.link.building import Draft, Said, Shelf, build, groups_of, shelved

NOW = datetime(2026, 4, 1, tzinfo=UTC)
T = TypeVar("T")
BRIDGE = Said("Ratna Suherman", "jembatan gantung pesisir rampung sebelum musim hujan")
MARKET = Said("Ratna Suherman", "pasar ikan pelabuhan lama ditutup tiga bulan")


def article(name: str, *said: Said, **rest: object) -> EnrichedArticle:
    """An article in which these claims are made."""
    return build(Draft(name, said, **rest))  # type: ignore[arg-type]


OLD = article("old", BRIDGE, document_key="d")
NEW = article("new", MARKET, document_key="d", revision=2, supersedes=("old",))
OTHER = article("other", BRIDGE, MARKET)


@pytest.mark.parametrize("order", list(permutations([OLD, NEW, OTHER])))
def test_a_superseded_version_leaves_the_groups_in_any_order(order: tuple[EnrichedArticle, ...]) -> None:
    """The index holds the new version's claims and never the old one's, whichever came first."""
    state, shelf = MemoryState(), Shelf()
    for one in order:
        shelf.put(link(state, one, NOW))
    assert shelf.without_versions() == shelved(link_all([NEW, OTHER], now=NOW))


def test_a_late_older_version_is_nothing_to_publish() -> None:
    """An older version that comes after the newer one gives no message."""
    state = MemoryState()
    link(state, NEW, NOW)
    assert link_article(OLD, state=state, clock=lambda: NOW) is None


def test_a_version_that_supersedes_under_another_key() -> None:
    """What an article names as superseded leaves, though it has another document key, before or after."""
    moved = article("moved", MARKET, document_key="url:new", revision=2, supersedes=("old",))
    for order in ([OLD, moved], [moved, OLD]):
        shelf = Shelf()
        state = MemoryState()
        for one in order:
            shelf.put(link(state, one, NOW))
        assert shelf.without_versions() == shelved(link_all([moved], now=NOW))


def test_a_text_that_comes_back_is_current_again() -> None:
    """A document that returns to an earlier text (a correction undone) shows that text's claims."""
    again = article("old", BRIDGE, document_key="d", revision=3, supersedes=("new",))
    shelf, state = Shelf(), MemoryState()
    for one in (OLD, NEW, again):
        shelf.put(link(state, one, NOW))
    assert shelf.without_versions() == shelved(link_all([again], now=NOW))


def test_articles_of_one_name_without_lineage_are_all_linked() -> None:
    """Two articles with one document key and one revision are both kept."""
    twins = [article(name, BRIDGE, document_key="path:berita.txt") for name in ("a", "b")]
    assert groups_of(link_all(twins)) == [["a-0", "b-0"]]


def test_extracted_anew_with_other_claims() -> None:
    """The later extraction of an article replaces the earlier one; the earlier one coming late changes nothing."""
    first, second = article("a", BRIDGE), article("a", MARKET, extracted=60)
    for order in ([first, second], [second, first]):
        shelf, state = Shelf(), MemoryState()
        for one in (*order, OTHER):
            shelf.put(link(state, one, NOW))
        assert shelf.without_versions() == shelved(link_all([second, OTHER], now=NOW))


@pytest.mark.parametrize("others", [(), (OTHER,)])
def test_extracted_anew_with_other_ids_at_the_same_places(others: tuple[EnrichedArticle, ...]) -> None:
    """The groups of the earlier extraction's claims end though the new claims stand in their places."""
    first, second = article("a", BRIDGE, day=-1), article("a", BRIDGE, day=-1, extracted=60)
    (claim,) = second.claims
    second = second.model_copy(update={"claims": (claim.model_copy(update={"claim_id": "a-other"}),)})
    shelf, state = Shelf(), MemoryState()
    for one in (*others, first, second):
        shelf.put(link(state, one, NOW))
    assert shelf.without_versions() == shelved(link_all([*others, second], now=NOW))


def test_a_worker_that_dies_between_commit_and_publish_loses_nothing() -> None:
    """Redelivery tells what the lost message would have told, the groups that it ended and left among it."""
    state, shelf = MemoryState(), Shelf()
    for one in (OLD, OTHER):
        shelf.put(link(state, one, NOW))
    assert max(len(group.members) for group in shelf.groups.values()) == 2
    link(state, NEW, NOW)  # committed, and lost
    shelf.put(link(state, NEW, NOW))
    assert shelf.without_versions() == shelved(link_all([NEW, OTHER], now=NOW))


def test_a_crash_whose_article_is_superseded_before_redelivery() -> None:
    """What a lost message changed is told by the version that replaces its article."""
    early = article("early", MARKET, day=-1)
    state, shelf = MemoryState(), Shelf()
    shelf.put(link(state, OTHER, NOW))
    shelf.put(link(state, early, NOW))
    for lost in (OLD,):
        link(state, lost, NOW)
    shelf.put(link(state, NEW, NOW))
    assert link(state, OLD, NOW) is None
    assert shelf.without_versions() == shelved(link_all([OTHER, early, NEW], now=NOW))


def test_redelivery_gives_the_same_message_with_a_later_version() -> None:
    """Twice the same article: the same groups and ids."""
    state = MemoryState()
    first, second = link(state, OTHER, NOW), link(state, OTHER, NOW)
    assert first is not None
    assert second is not None
    assert second.version > first.version
    assert shelved([first]) == shelved([second])


def test_group_ids_stay_when_later_claims_join() -> None:
    """A group's id is that of its earliest claim, so it does not change when a later claim joins."""
    state = MemoryState()
    first = link(state, article("a", BRIDGE), NOW)
    second = link(state, article("b", BRIDGE, day=1), NOW)
    assert first is not None
    assert second is not None
    assert second.claims[0].group_id == first.claims[0].group_id
    assert second.retired_groups == ()


def test_an_earlier_claim_takes_the_group_over_and_retires_its_old_id() -> None:
    """When an earlier claim arrives late the group is named after it, and the old name is retired."""
    state = MemoryState()
    later = link(state, article("b", BRIDGE, day=1), NOW)
    earlier = link(state, article("a", BRIDGE), NOW)
    assert later is not None
    assert earlier is not None
    assert earlier.retired_groups == (later.claims[0].group_id,)


class _Counting:
    """A state that counts the records its transactions read."""

    def __init__(self) -> None:
        self.inner = MemoryState()
        self.read: set[int] = set()

    def transact(self, work: Callable[[Unit], T]) -> tuple[T, int]:
        def counted(unit: Unit) -> T:
            plain = unit.articles

            def articles(wanted: Iterable[int]) -> Mapping[int, ArticleRecord]:
                found = plain(wanted)
                self.read |= set(found)
                return found

            unit.articles = articles  # type: ignore[method-assign,assignment]
            return work(unit)

        return self.inner.transact(counted)

    def idle(self, before: datetime, limit: int) -> list[int]:
        return self.inner.idle(before, limit)


def alone(number: int) -> str:
    """Three words that no other number has."""
    word = "".join(chr(ord("a") + int(digit)) for digit in f"{number:03d}")
    return f"zq{word} zx{word} zv{word}"


@pytest.mark.parametrize("size", [10, 60])
def test_what_is_looked_at_does_not_grow_with_the_state(size: int) -> None:
    """Articles of the same speaker on other subjects or of other weeks are not read when a claim arrives."""
    state = _Counting()
    for number in range(size):
        said = Said("Ratna Suherman", alone(number))
        link(state, article(f"subject{number}", said, day=5, lead=alone(number)), NOW)
        link(state, article(f"week{number}", BRIDGE, day=30 + 10 * number, lead=alone(number + 500)), NOW)
    link(state, article("same", BRIDGE, day=0, lead="sama"), NOW)
    state.read.clear()
    link(state, article("new", BRIDGE, day=0, lead="baru"), NOW)
    assert len(state.read) == 1


def test_a_text_carried_by_many_is_compared_as_one() -> None:
    """Claims in the same words of one source are one member to the clustering, however many, and one group of all."""
    state = MemoryState()
    different: list[int] = []
    for number in range(12):
        linked = link(state, article(f"copy{number}", BRIDGE, lead=alone(number)), NOW)
        pool = {Ref(handle, 0): record for handle, record in state.articles.items()}
        different.append(len({record.features(ref).likeness for ref, record in pool.items()}))
        assert linked is not None
    assert different == [1] * 12
    assert [len(group.members) for group in (linked.groups if linked else ())] == [12]
