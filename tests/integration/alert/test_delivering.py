"""The alert service delivers what waits: in order, each once, again when it failed, until it stops."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from kliping_alert import delivering
from kliping_alert.app import build
from kliping_alert.domain import patience
from kliping_alert.domain.webhook import signature
from kliping_alert.settings import AlertSettings
from kliping_shared.bus import Policy
from kliping_shared.bus.outage import Outage
from kliping_shared.observability import Metrics
from kliping_shared.watching import outbox as bounds
from kliping_shared.watching.keys import WATCHES, Place
from kliping_shared.watching.outbox import Outbox
from kliping_shared.watching.redis import Watches
from kliping_shared.watching.watches import Mail, Webhook
from tests.integration.alert.conftest import until
from tests.support.brokers import free_port
from tests.support.receiver import Receiver
from tests.support.watching import a_watch, an_alert

Delivering = Callable[..., AbstractAsyncContextManager[Metrics]]


@pytest.fixture
def at_work(broker_url: str, monkeypatch: pytest.MonkeyPatch) -> Delivering:
    """The service at work, without long pauses."""
    monkeypatch.setattr(delivering, "POLL", 0.02)
    monkeypatch.setattr(patience, "FIRST", 0.02)
    monkeypatch.setattr(patience, "FACTOR", 1.0)

    @asynccontextmanager
    async def working(**given: Any) -> AsyncIterator[Metrics]:
        settings = AlertSettings(**({"redis_url": broker_url, "consumer": "alert-1", "alert_private": True} | given))
        stopping, metrics = asyncio.Event(), Metrics()
        outage = Outage("broker", Policy(), stopping)
        async with build(settings, outage, metrics) as deliverer:
            task = asyncio.create_task(deliverer.run(stopping))
            yield metrics
            stopping.set()
            await asyncio.wait_for(task, 20)

    return working


async def test_each_alert_comes_once_and_in_order(watches: Watches, receiver: Receiver, at_work: Delivering) -> None:
    """Signed with the watch's secret; two deliverers share the work and double nothing."""
    hook = Webhook(url=receiver.url)
    watch = a_watch(webhook=hook)
    await watches.put(watch)
    await watches.note(watch, [an_alert(watch, f"c{number}") for number in range(30)])
    async with at_work() as metrics, at_work(consumer="alert-2") as others:
        await until(lambda: len(receiver.requests) >= 30, lambda: receiver.documents)
        await watches.note(watch, [an_alert(watch, "c30")])
        await until(lambda: len(receiver.requests) >= 31, lambda: receiver.documents)
    assert receiver.documents == [f"c{number}" for number in range(31)]
    labels = {"channel": "webhook", "outcome": "sent"}
    assert metrics.value("kliping_alerts_total", **labels) + others.value("kliping_alerts_total", **labels) == 31
    for headers, body in receiver.requests:
        signed = signature(headers["webhook-id"], int(headers["webhook-timestamp"]), body, hook.secret)
        assert headers["webhook-signature"] == f"v1,{signed}"
    (standing,) = await watches.standing([watch])
    assert (standing.deliveries["webhook"].sent, standing.deliveries["webhook"].waiting) == (31, 0)


async def test_what_failed_is_tried_again_and_holds_the_order(
    watches: Watches, receiver: Receiver, at_work: Delivering
) -> None:
    """The next one waits until the first was taken."""
    receiver.statuses = [500, 302, 404]
    watch = a_watch(webhook=Webhook(url=receiver.url))
    await watches.put(watch)
    await watches.note(watch, [an_alert(watch, "c1"), an_alert(watch, "c2")])
    async with at_work():
        await until(lambda: len(receiver.requests) >= 5, lambda: receiver.documents)
    assert receiver.documents == ["c1", "c1", "c1", "c1", "c2"]
    assert len(receiver.ids) == 2


async def _error(watches: Watches, at_work: Delivering, *, url: str, **given: Any) -> str:
    watch = a_watch(webhook=Webhook(url=url))
    await watches.put(watch)
    await watches.note(watch, [an_alert(watch, "c1"), an_alert(watch, "c2")])
    stopped: list[Any] = []

    async with at_work(**given):
        while not stopped:
            (standing,) = await watches.standing([watch])
            stopped = [fared for fared in standing.deliveries.values() if fared.stopped]
            await asyncio.sleep(0.02)
    assert stopped[0].waiting == 2
    return stopped[0].error or ""


@pytest.mark.timeout(30)
async def test_a_receiver_that_never_takes_it_stops_the_channel_and_nothing_is_lost(
    watches: Watches, receiver: Receiver, at_work: Delivering
) -> None:
    """What waits is delivered when a person says so."""
    receiver.statuses = [500] * 3
    assert await _error(watches, at_work, url=receiver.url, alert_attempts=3) == "the receiver answered HTTP 500"
    await watches.resume("w1")
    async with at_work():
        await until(lambda: len(receiver.requests) >= 5, lambda: receiver.documents)
    assert receiver.documents == ["c1", "c1", "c1", "c1", "c2"]


@pytest.mark.timeout(30)
async def test_who_wants_no_more_is_asked_once(watches: Watches, receiver: Receiver, at_work: Delivering) -> None:
    """410 Gone ends it."""
    receiver.statuses = [410]
    assert "410" in await _error(watches, at_work, url=receiver.url)
    assert len(receiver.requests) == 1


@pytest.mark.timeout(30)
async def test_no_webhook_reaches_this_machine_unless_it_may(
    watches: Watches, receiver: Receiver, at_work: Delivering
) -> None:
    """The receiver never hears of it."""
    assert "no public address" in await _error(watches, at_work, url=receiver.url, alert_private=False)
    assert receiver.requests == []


@asynccontextmanager
async def hanging() -> AsyncIterator[tuple[str, asyncio.Event]]:
    """A receiver that takes whatever comes once it is told to; its address."""
    free = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await free.wait()
        writer.write(b"HTTP/1.1 204 X\r\nconnection: close\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", free
    server.close()


@pytest.mark.timeout(60)
async def test_channels_that_hang_hold_up_no_other(watches: Watches, receiver: Receiver, at_work: Delivering) -> None:
    """Another is told again and again while a crowd of them has not answered; then each of these has its alert."""
    crowd = [f"w{number}" for number in range(40)]
    async with hanging() as (url, free), at_work():
        for name in crowd:
            watch = a_watch(name, webhook=Webhook(url=url))
            await watches.put(watch)
            await watches.note(watch, [an_alert(watch)])
        quick = a_watch("quick", webhook=Webhook(url=receiver.url))
        await watches.put(quick)
        for number in range(3):
            await watches.note(quick, [an_alert(quick, f"c{number}")])
            await until(lambda: len(receiver.requests) > number, lambda: receiver.documents, seconds=8)  # noqa: B023
        free.set()
        while sum(one.deliveries["webhook"].sent for one in await watches.standing(await watches.all())) < 43:
            await asyncio.sleep(0.02)
    assert receiver.documents == ["c0", "c1", "c2"]


async def test_what_others_deliver_to_hides_nobody(
    watches: Watches, client: Any, receiver: Receiver, at_work: Delivering, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More channels than a deliverer takes at once are another's: it finds the one behind them."""
    monkeypatch.setattr(delivering, "AT_ONCE", 2)
    for name in ("w1", "w2", "w3", "w4"):
        watch = a_watch(name, webhook=Webhook(url=receiver.url))
        await watches.put(watch)
        await watches.note(watch, [an_alert(watch, name)])
        if name != "w4":
            assert await Outbox(client, "another").lease(Place(name, "webhook"), 60)
    async with at_work():
        await until(lambda: bool(receiver.requests), lambda: receiver.documents)
    assert receiver.documents == ["w4"]


async def test_what_waits_for_a_channel_that_stopped_is_bounded(
    watches: Watches, client: Any, at_work: Delivering, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though it is not delivered to; how many were dropped is told."""
    monkeypatch.setattr(bounds, "MOST", 5)
    watch = a_watch(webhook=Webhook(url="https://desk.example/hook"))
    await watches.put(watch)
    await watches.note(watch, [an_alert(watch, f"c{number}") for number in range(8)])
    await Outbox(client, "another").failed(Place("w1", "webhook"), "HTTP 410", None)
    async with at_work() as metrics:
        labels = {"channel": "webhook", "outcome": "dropped"}
        await until(lambda: metrics.value("kliping_alerts_total", **labels) == 3, metrics.render)
    (standing,) = await watches.standing([watch])
    assert (standing.deliveries["webhook"].waiting, standing.deliveries["webhook"].dropped) == (5, 3)


async def test_why_a_watch_cannot_be_read_tells_no_value(watches: Watches, client: Any, at_work: Delivering) -> None:
    """The address of its webhook may be secret."""
    watch, place = a_watch(webhook=Webhook(url="https://desk.example/hook")), Place("w1", "webhook")
    await watches.put(watch)
    await watches.note(watch, [an_alert(watch)])
    await client.hset(WATCHES, "w1", watch.model_dump_json().replace("https://desk.example", "desk.example/T0KEN"))
    async with at_work():
        while (error := await client.hget(place.state, "error")) is None:
            await asyncio.sleep(0.02)
    assert error == b"ValidationError: webhook.url: value_error"


async def test_a_parcel_stays_the_same_until_it_was_delivered(watches: Watches, client: Any) -> None:
    """Whoever takes it up after a crash sends what may have been sent, and nothing else with it."""
    watch, outbox, place = a_watch(mail=Mail(to="a@desk.example")), Outbox(client, "one"), Place("w1", "mail")
    await watches.put(watch)
    await watches.note(watch, [an_alert(watch, "c1"), an_alert(watch, "c2")])
    first = await outbox.parcel(place, 100)
    await watches.note(watch, [an_alert(watch, "c3")])
    assert await Outbox(client, "two").parcel(place, 100) == first
    await outbox.sent(place, first, 0.0)
    await outbox.sent(place, first, 0.0)
    assert [one.found.id for one in await outbox.parcel(place, 100)] == ["c3"]
    await outbox.sent(place, first, 0.0)  # a deliverer that hung cuts off nothing of the one after it
    assert [one.found.id for one in await outbox.parcel(place, 100)] == ["c3"]


async def test_one_deliverer_at_a_time(client: Any) -> None:
    """The same one after its restart goes on at once."""
    place = Place("w1", "webhook")
    assert await Outbox(client, "one").lease(place, 60)
    assert not await Outbox(client, "two").lease(place, 60)
    assert await Outbox(client, "one").lease(place, 60)
    await Outbox(client, "two").release(place)
    assert not await Outbox(client, "two").lease(place, 60)
    await Outbox(client, "one").release(place)
    assert await Outbox(client, "two").lease(place, 60)


class Mailbox:
    """Takes mails for everybody but nobody@."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Take the mailbox, or not."""
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the mail."""
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.mark.timeout(30)
async def test_mails_come_together(watches: Watches, at_work: Delivering) -> None:
    """Five hundred alerts are five mails; each alert stands in one; a mailbox that is not there stops its channel."""
    mailbox = Mailbox()
    port = free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        for name, to in (("w1", "a@desk.example"), ("w2", "nobody@desk.example")):
            watch = a_watch(name, mail=Mail(to=to))
            await watches.put(watch)
            await watches.note(watch, [an_alert(watch, f"c{number:03}") for number in range(500)])
        async with at_work(smtp_url=f"smtp://127.0.0.1:{port}", mail_from="kliping@desk.example"):
            await until(lambda: len(mailbox.mails) >= 5, lambda: len(mailbox.mails))
            while not (await watches.standing([a_watch("w2", mail=Mail(to=to))]))[0].deliveries["mail"].stopped:
                await asyncio.sleep(0.02)
    finally:
        controller.stop()
    text = "".join(mail.get_content() for mail in mailbox.mails)
    names = {f"c{number:03}" for number in range(500)}
    assert len(mailbox.mails) == 5
    assert sorted(word for word in text.split() if word in names) == sorted(names)
    assert len({mail["message-id"] for mail in mailbox.mails}) == 5
