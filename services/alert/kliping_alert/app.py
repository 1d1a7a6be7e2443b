"""Composition root of alert: settings -> outbox and senders -> deliverer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from kliping_alert.delivering import AT_ONCE, Deliverer
from kliping_alert.ports import Sender
from kliping_alert.sending import Mails, Webhooks
from kliping_alert.settings import AlertSettings
from kliping_shared.bus import Policy, connect
from kliping_shared.bus.outage import Outage
from kliping_shared.lifecycle import run_service, stop_on_signals
from kliping_shared.observability import Health, Metrics, serve_health
from kliping_shared.watching.outbox import Outbox
from kliping_shared.watching.redis import Watches
from kliping_shared.watching.watches import Channel

__all__ = ["build", "main", "serve"]


@asynccontextmanager
async def build(settings: AlertSettings, outage: Outage, metrics: Metrics) -> AsyncIterator[Deliverer]:
    """A deliverer: ``await deliverer.run(stopping)`` within."""
    client: Any = connect(settings.broker_url)
    webhooks = Webhooks(settings.page_url, private=settings.alert_private)
    smtp_url = settings.smtp_url.get_secret_value() if settings.smtp_url else None
    mails = Mails(smtp_url, settings.mail_from, settings.page_url)
    outbox = Outbox(client, settings.consumer)
    senders: dict[Channel, Sender] = {"webhook": webhooks, "mail": mails}
    try:
        yield Deliverer(Watches(client), outbox, senders, metrics, outage, attempts=settings.alert_attempts)
    finally:
        await webhooks.close()
        await client.aclose()


async def serve(settings: AlertSettings) -> None:
    """Run until SIGTERM or SIGINT, with health and metrics."""
    metrics, stopping = Metrics(), asyncio.Event()
    outage = Outage("broker", Policy.of(settings), stopping)
    # Names are looked up in threads: a name server that hangs for some receivers shall not hold up the others.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(AT_ONCE, thread_name_prefix="alert-names"))

    def health() -> Health:
        return Health(live=True, ready=not outage.away, waiting=("broker",) if outage.away else ())

    serving = serve_health(health, metrics, settings.health_host, settings.health_port)
    async with build(settings, outage, metrics) as deliverer, serving:
        with stop_on_signals(stopping.set):
            await deliverer.run(stopping)


def main() -> int:
    """Entry point of the container and of ``kliping alert``; the exit code."""
    return run_service("alert", AlertSettings, lambda settings: asyncio.run(serve(settings)))
