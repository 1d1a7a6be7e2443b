"""The names that are kept at hand, read by a reader that counts how often it is asked."""

from __future__ import annotations

import asyncio

import pytest

from kliping_search import names as at_hand
from kliping_search.names import NamesAtHand
from kliping_shared.errors import StoreUnavailable
from kliping_shared.store.ports import FacetValue, SearchPage, SearchRequest


class Counting:
    """A store whose only article names as many people as it was asked about; away while ``away``."""

    def __init__(self, *, empty: bool = False) -> None:
        self.asked = 0
        self.away = False
        self._empty = empty

    async def search(self, request: SearchRequest) -> SearchPage:
        """One more name."""
        await asyncio.sleep(0)
        if self.away:
            raise StoreUnavailable("away")
        if request.kind != "articles":
            return SearchPage(0, (), {})
        self.asked += 1
        names = () if self._empty else tuple(FacetValue(f"Nama {number}", 1) for number in range(self.asked))
        return SearchPage(0, (), {"person": names})


async def _count(names: NamesAtHand) -> int:
    return len((await names()).names)


async def test_read_once_for_all_who_ask() -> None:
    """Those who ask first wait for one reading; who asks later gets what it has read."""
    store = Counting()
    names = NamesAtHand(store)  # type: ignore[arg-type]
    assert await asyncio.gather(*(_count(names) for _ in range(5))) == [1] * 5
    assert await _count(names) == 1
    assert store.asked == 1


async def test_read_anew_behind_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks when it is time gets the names of before; who asks after that gets the new ones."""
    monkeypatch.setattr(at_hand, "FRESH_S", 0.0)
    monkeypatch.setattr(at_hand, "_SHARE", 0)
    names = NamesAtHand(Counting())  # type: ignore[arg-type]
    assert await _count(names) == 1
    assert await _count(names) == 1
    while await _count(names) == 1:
        await asyncio.sleep(0)


async def test_a_store_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is told to who waits; with names at hand it goes on with them; when it is back they are read."""
    monkeypatch.setattr(at_hand, "FRESH_S", 0.0)
    monkeypatch.setattr(at_hand, "_SHARE", 0)
    store = Counting()
    store.away = True
    names = NamesAtHand(store)  # type: ignore[arg-type]
    with pytest.raises(StoreUnavailable):
        await names()
    store.away = False
    assert await _count(names) == 1
    store.away = True
    for _ in range(5):
        assert await _count(names) == 1
        await asyncio.sleep(0)
    store.away = False
    while await _count(names) == 1:
        await asyncio.sleep(0)


async def test_a_store_without_names_is_asked_again() -> None:
    """What comes into it is wanted at once."""
    store = Counting(empty=True)
    names = NamesAtHand(store)  # type: ignore[arg-type]
    for _ in range(3):
        assert await _count(names) == 0
        await asyncio.sleep(0)
    assert store.asked > 1
