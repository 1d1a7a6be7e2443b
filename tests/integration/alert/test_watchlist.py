"""Changing watches: whole or not at all, also when the store goes away in the middle or another removes them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from kliping_shared.errors import StoreUnavailable
from kliping_shared.settings import Settings
from kliping_shared.store import open_reader, open_writer
from kliping_shared.store.ports import StoreReader
from kliping_shared.watching import beginning
from kliping_shared.watching.redis import Watches
from kliping_shared.watching.watches import Search
from kliping_shared.watching.watchlist import NoSuchWatch, Watchlist
from tests.support.watching import a_watch

OTHER = Search(query="satelit")


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[StoreReader]:
    """A reader of an empty store."""
    settings = Settings(data=tmp_path / "data")
    writer, made = open_writer(settings), open_reader(settings)
    yield made
    await made.close()
    await writer.close()


async def test_a_change_that_failed_is_no_change(
    watches: Watches, reader: StoreReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store goes away after the watch was kept: asked for again, the new search begins as if for the first time."""
    await watches.put(a_watch())
    left = [None]

    async def failing() -> None:
        if not left:
            raise StoreUnavailable("away")
        left.pop()

    with monkeypatch.context() as patch:
        patch.setattr(reader, "catch_up", failing)
        with pytest.raises(StoreUnavailable):
            await Watchlist(watches, reader).change("w1", search=OTHER)
    assert await watches.all() == [a_watch()]
    await Watchlist(watches, reader).change("w1", search=OTHER)
    assert await watches.all() == [a_watch(search=OTHER)]


@pytest.mark.parametrize("fields", [{"name": "Lain"}, {"search": OTHER}])
async def test_a_watch_that_is_removed_while_it_is_changed_stays_removed(
    watches: Watches, reader: StoreReader, client: Any, monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any]
) -> None:
    """Nothing of it comes back."""
    await watches.put(a_watch())
    replace = watches.replace

    async def late(*given: Any) -> None:
        await watches.remove("w1")
        await replace(*given)

    monkeypatch.setattr(watches, "replace", late)
    with pytest.raises(NoSuchWatch):
        await Watchlist(watches, reader).change("w1", **fields)
    assert await client.keys("*") == []


async def test_one_that_finds_too_much_by_now_keeps_none_from_being_restored(
    watches: Watches, reader: StoreReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It rests; one that rested is not even asked."""
    monkeypatch.setattr(beginning, "MOST", -1)
    resting = a_watch("w2", active=False, search=Search(query="("))
    restored = [a_watch(active=False), resting]
    assert await Watchlist(watches, reader).restore([a_watch(), resting]) == restored
    assert await watches.all() == restored
