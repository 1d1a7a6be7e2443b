"""Index's handler and its writer: one outcome for each message, the store opened when it can be."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kliping_index.handlers import index_articles
from kliping_index.opening import OpenedWriter
from kliping_index.routes import routes
from kliping_shared.errors import PermanentError, StoreUnavailable
from kliping_shared.store.ports import Change, Put
from tests.unit.index.building import linked


class FakeWriter:
    """Keeps article ids; refuses one for good, or everything for now."""

    def __init__(self, *, refused: str | None = None, away: bool = False) -> None:
        self.kept: list[str] = []
        self.closed = False
        self._refused, self._away = refused, away

    async def apply(self, messages: Sequence[Sequence[Change]]) -> None:
        """All or nothing."""
        if self._away:
            raise StoreUnavailable("away")
        ids = [change.id for changes in messages for change in changes if isinstance(change, Put)]
        if self._refused in ids:
            raise PermanentError("no JSON")
        self.kept += [name for name in ids if name.startswith("a")]

    async def close(self) -> None:
        """Remember it."""
        self.closed = True


class FakeLookout:
    """Remembers which articles the watches were asked of."""

    def __init__(self, *, away: bool = False) -> None:
        self.asked: list[str] = []
        self._away = away

    async def look(self, units: Sequence[Sequence[Change]]) -> None:
        """Ask."""
        if self._away:
            raise StoreUnavailable("away")
        self.asked += [
            change.id for unit in units for change in unit if isinstance(change, Put) and change.kind == "articles"
        ]


async def test_watches_are_asked_of_what_was_written_only() -> None:
    """Whatever the store refused is no news to anybody."""
    lookout = FakeLookout()
    await index_articles([linked("a1"), linked("a2"), linked("a3")], writer=FakeWriter(refused="a2"), lookout=lookout)
    assert lookout.asked == ["a1", "a3"]


async def test_no_message_is_done_before_the_watches_were_asked() -> None:
    """Else an alert would be lost with the worker: the batch comes again."""
    with pytest.raises(StoreUnavailable):
        await index_articles([linked()], writer=FakeWriter(), lookout=FakeLookout(away=True))


async def test_batch_is_written() -> None:
    """Every message of a batch is durable when the handler says so."""
    writer = FakeWriter()
    assert await index_articles([linked("a1"), linked("a2")], writer=writer, lookout=FakeLookout()) == [None, None]
    assert writer.kept == ["a1", "a2"]


async def test_one_bad_message_does_not_hold_up_others() -> None:
    """The refused message gets its error, its neighbours are written."""
    writer = FakeWriter(refused="a2")
    outcomes = await index_articles([linked("a1"), linked("a2"), linked("a3")], writer=writer, lookout=FakeLookout())
    assert [type(outcome) for outcome in outcomes] == [type(None), PermanentError, type(None)]
    assert writer.kept == ["a1", "a3"]


async def test_store_away_fails_the_whole_batch() -> None:
    """While the store is away nothing is done and the batch comes again."""
    with pytest.raises(StoreUnavailable):
        await index_articles([linked()], writer=FakeWriter(away=True), lookout=FakeLookout())


async def test_store_is_opened_later() -> None:
    """Index starts while the store is away, says so per batch, and works as soon as it can be opened; once only."""
    opened: list[FakeWriter] = []
    answers = iter([StoreUnavailable("away"), StoreUnavailable("away"), FakeWriter()])

    def open_() -> FakeWriter:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        opened.append(answer)
        return answer

    async with OpenedWriter(open_) as writer:
        with pytest.raises(StoreUnavailable):
            await index_articles([linked()], writer=writer, lookout=FakeLookout())
        assert await index_articles([linked("a1")], writer=writer, lookout=FakeLookout()) == [None]
        assert await index_articles([linked("a2")], writer=writer, lookout=FakeLookout()) == [None]
    assert [one.kept for one in opened] == [["a1", "a2"]]
    assert opened[0].closed


def test_route() -> None:
    """Linked articles are read in batches by the group `index`."""

    async def handler(_: list[object]) -> list[Exception | None]:
        return []

    (route,) = routes(handler, 64)  # type: ignore[arg-type]
    assert (route.consumes, route.group, route.batch, route.produces) == ("kliping.linked.v1", "index", 64, None)
