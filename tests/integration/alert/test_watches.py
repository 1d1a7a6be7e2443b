"""Watches in a real broker: what is news is noted once, whoever notes it how often."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kliping_shared.watching.keys import DUE, WATCHES, Place
from kliping_shared.watching.redis import KEPT, Overtaken, Watches
from kliping_shared.watching.watches import Mail, Webhook
from tests.support.watching import a_watch, an_alert

HOOK = Webhook(url="https://desk.example/hook")


async def test_a_watch_is_kept_changed_and_forgotten_with_all_that_it_found(watches: Watches, client: Any) -> None:
    """Nothing of it stays behind."""
    watch = a_watch(webhook=HOOK, mail=Mail(to="a@desk.example"))
    await watches.put(watch)
    await watches.put(watch.model_copy(update={"name": "Lain"}))
    assert [one.name for one in await watches.all()] == ["Lain"]
    await watches.remember("w1", ["c0"])
    await watches.note(watch, [an_alert(watch)])
    assert await watches.remove("w1")
    assert not await watches.remove("w1")
    assert await client.keys("*") == []


async def test_a_watch_that_cannot_be_read_holds_up_no_other(watches: Watches, client: Any) -> None:
    """Index asks the others of what arrives."""
    await watches.put(a_watch())
    await client.hset(WATCHES, "w0", '{"watch_id": "w0"}')
    assert [one.watch_id for one in await watches.all()] == ["w1"]


async def test_why_one_cannot_be_read_tells_no_value(watches: Watches, client: Any) -> None:
    """The address of a webhook may be secret, and everybody who may read is told why."""
    written = a_watch(webhook=HOOK).model_dump_json().replace("https://desk.example", "desk.example/T0KEN")
    await client.hset(WATCHES, "w1", written)
    assert [one.reason for one in await watches.unreadable()] == ["webhook.url: value_error"]


def test_every_name_has_a_place() -> None:
    """Whatever a watch is called."""
    for place in (Place("w1", "mail"), Place("desk/banjir", "webhook")):
        assert Place.of(place.member.encode()) == place


async def test_a_change_takes_the_place_of_what_was_seen_only(watches: Watches) -> None:
    """Neither another's change nor a watch that was removed is overwritten."""
    watch = a_watch()
    await watches.put(watch)
    other = watch.model_copy(update={"name": "Lain"})
    await watches.replace(watch, other)
    with pytest.raises(Overtaken):
        await watches.replace(watch, watch.model_copy(update={"name": "Ketiga"}))
    assert await watches.all() == [other]
    await watches.remove("w1")
    with pytest.raises(Overtaken):
        await watches.replace(other, watch)
    assert await watches.all() == []


async def test_what_was_there_or_was_told_is_no_news(watches: Watches, client: Any) -> None:
    """However often it is found; each channel gets it once."""
    watch = a_watch(webhook=HOOK, mail=Mail(to="a@desk.example"))
    await watches.put(watch)
    await watches.remember("w1", ["c0"])
    found = [an_alert(watch, name) for name in ("c0", "c1", "c2", "c1")]
    assert await watches.note(watch, found) == 2
    assert await watches.note(watch, found) == 0
    assert sorted(one.found.id for one in await watches.alerts("w1")) == ["c1", "c2"]
    for channel in watch.channels:
        assert await client.llen(Place("w1", channel).waiting) == 2
    (standing,) = await watches.standing([watch])
    assert (standing.total, standing.unread) == (2, 2)
    await watches.read("w1")
    assert [one.unread for one in await watches.standing([watch])] == [0]


async def test_several_workers_note_the_same_once(watches: Watches, client: Any) -> None:
    """They see each other's notes, or one of them tries again."""
    watch = a_watch(webhook=HOOK)
    await watches.put(watch)
    found = [an_alert(watch, f"c{number}") for number in range(20)]
    counts = await asyncio.gather(*(watches.note(watch, found[start:]) for start in range(10)))
    assert sum(counts) == 20
    assert await client.llen(Place("w1", "webhook").waiting) == 20


async def test_a_watch_that_was_removed_notes_nothing(watches: Watches, client: Any) -> None:
    """Index may still hold it in hand."""
    watch = a_watch(webhook=HOOK)
    assert await watches.note(watch, [an_alert(watch)]) == 0
    assert await client.keys("*") == []


async def test_the_latest_alerts_are_kept(watches: Watches) -> None:
    """Newest first; all are counted."""
    watch = a_watch()
    await watches.put(watch)
    await watches.note(watch, [an_alert(watch, f"c{number}") for number in range(KEPT + 5)])
    assert (await watches.alerts("w1", count=1))[0].found.id == f"c{KEPT + 4}"
    assert len(await watches.alerts("w1", count=2 * KEPT)) == KEPT
    assert (await watches.standing([watch]))[0].total == KEPT + 5


async def test_mails_are_gathered(watches: Watches, client: Any) -> None:
    """The first alert says when the mail goes; those that come meanwhile go with it."""
    watch = a_watch(mail=Mail(to="a@desk.example", every_minutes=60))
    await watches.put(watch)
    await watches.note(watch, [an_alert(watch, "c1")])
    due = await client.zscore(DUE, "w1/mail")
    await watches.note(watch, [an_alert(watch, "c2")])
    assert await client.zscore(DUE, "w1/mail") == due
