"""What waits for a channel that takes nothing is bounded, and what is dropped is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kliping_shared.watching import outbox as bounds
from kliping_shared.watching.keys import Place
from kliping_shared.watching.outbox import Outbox
from kliping_shared.watching.redis import Deliveries, Watches
from kliping_shared.watching.watches import Mail, Webhook
from tests.support.watching import AT, a_watch, an_alert

PLACE = Place("w1", "webhook")


@pytest.fixture
def outbox(client: Any, monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """An outbox of which each channel holds five."""
    monkeypatch.setattr(bounds, "MOST", 5)
    return Outbox(client, "one")


async def waiting(watches: Watches, *names: str) -> None:
    """These wait for the webhook of a watch."""
    watch = a_watch(webhook=Webhook(url="https://desk.example/hook"))
    await watches.put(watch)
    await watches.note(watch, [an_alert(watch, name) for name in names])


async def fared(watches: Watches) -> Deliveries:
    """How it fares."""
    (standing,) = await watches.standing(await watches.all())
    return standing.deliveries["webhook"]


async def delivered(outbox: Outbox) -> list[str]:
    """What is delivered from now on, one by one."""
    names = []
    while parcel := await outbox.parcel(PLACE, 1):
        names += [one.found.id for one in parcel]
        await outbox.sent(PLACE, parcel, 0.0)
    return names


async def test_of_too_many_the_oldest_are_dropped(watches: Watches, outbox: Outbox) -> None:
    """But not what is on its way; their number, the day and why the channel stopped are told."""
    await waiting(watches, *(f"c{number}" for number in range(8)))
    await outbox.parcel(PLACE, 1)
    await outbox.failed(PLACE, "HTTP 500", None)
    assert await outbox.shed(PLACE, AT) == 2
    assert await outbox.shed(PLACE, AT) == 0
    told = await fared(watches)
    assert (told.waiting, told.dropped, told.dropped_at, told.error, told.stopped) == (6, 2, AT, "HTTP 500", True)
    assert await delivered(outbox) == ["c0", "c3", "c4", "c5", "c6", "c7"]
    assert (await watches.standing(await watches.all()))[0].total == 8
    assert len(await watches.alerts("w1")) == 8


@pytest.mark.parametrize(("late", "left"), [(timedelta(0), ["c0", "c1"]), (timedelta(seconds=1), ["c0"])])
async def test_what_waited_too_long_is_dropped(
    watches: Watches, outbox: Outbox, late: timedelta, left: list[str]
) -> None:
    """To the second; what may have been delivered is delivered again."""
    await waiting(watches, "c0", "c1")
    await outbox.parcel(PLACE, 1)
    await outbox.shed(PLACE, AT + bounds.LONGEST + late)
    assert await delivered(outbox) == left


async def test_all_of_it_may_go(watches: Watches, outbox: Outbox) -> None:
    """Then nothing is left, and the next alert is the first."""
    await waiting(watches, "c0", "c1")
    assert await outbox.shed(PLACE, AT + 2 * bounds.LONGEST) == 2
    await waiting(watches, "c2")
    assert await delivered(outbox) == ["c2"]


def test_what_is_gathered_for_a_mail_is_not_late() -> None:
    """The longest time that a mail may gather is shorter."""
    longest = next(rule.le for rule in Mail.model_fields["every_minutes"].metadata if hasattr(rule, "le"))
    assert timedelta(minutes=longest) < bounds.LONGEST / 1.5


async def test_deliveries_go_on_meanwhile(watches: Watches, outbox: Outbox) -> None:
    """A parcel that was taken before some were dropped is settled after it."""
    await waiting(watches, *(f"c{number}" for number in range(8)))
    parcel = await outbox.parcel(PLACE, 2)
    await outbox.shed(PLACE, AT)
    await outbox.sent(PLACE, parcel, 0.0)
    assert await delivered(outbox) == ["c3", "c4", "c5", "c6", "c7"]


async def test_every_channel_is_looked_at(watches: Watches, outbox: Outbox) -> None:
    """Also one that stopped."""
    await waiting(watches, "c0")
    await outbox.failed(PLACE, "HTTP 410", None)
    assert await outbox.due(10) == []
    assert await outbox.waiting() == [PLACE]


async def test_one_that_cannot_be_read_keeps_none_from_being_dropped(
    watches: Watches, outbox: Outbox, client: Any
) -> None:
    """Too many are too many, whatever is among them."""
    await waiting(watches, "c0", "c1", "c2")
    await client.rpush(PLACE.waiting, "{}")
    await waiting(watches, "c3", "c4", "c5", "c6")
    assert await outbox.shed(PLACE, AT) == 3
    assert (await client.lrange(PLACE.waiting, 0, 0), await client.llen(PLACE.waiting)) == ([b"{}"], 5)


async def test_a_channel_that_stopped_and_of_which_all_was_dropped_goes_on(watches: Watches, outbox: Outbox) -> None:
    """When a person says so, with the next alert."""
    await waiting(watches, "c0")
    await outbox.failed(PLACE, "HTTP 500", None)
    await outbox.shed(PLACE, AT + 2 * bounds.LONGEST)
    await watches.resume("w1")
    await waiting(watches, "c1")
    assert await outbox.due(10) == [PLACE]


@pytest.mark.parametrize(("on_their_way", "dropped"), [(0, 3), (1, 0)])
async def test_a_broker_that_is_full_gets_room(
    watches: Watches, outbox: Outbox, client: Any, on_their_way: int, dropped: int
) -> None:
    """It refuses whatever adds, as counting does, and putting back what is on its way."""
    await waiting(watches, *(f"c{number}" for number in range(8)))
    if on_their_way:
        await outbox.parcel(PLACE, on_their_way)
    await client.config_set("maxmemory", 1)
    assert await outbox.shed(PLACE, AT) == dropped
    assert await client.llen(PLACE.waiting) == 8 - dropped
