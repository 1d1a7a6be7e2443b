"""Composition root of link: settings -> state in Redis -> route -> worker."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from kliping_link.handlers import link_article
from kliping_link.redis_state import RedisState
from kliping_link.routes import routes
from kliping_link.settings import LinkSettings
from kliping_link.sweeping import sweeping
from kliping_shared.bus import Worker
from kliping_shared.lifecycle import run_service

__all__ = ["build", "main"]

#: Seconds for one answer of Redis; a transaction asks some dozens of times.
SOCKET_TIMEOUT = 5.0


def build(settings: LinkSettings) -> Worker:
    """The link worker; ``await build(settings).run()``."""
    # The handler and the sweeper have a connection each: a client hands them out from its pool, which is thread-safe.
    client = Redis.from_url(settings.broker_url, socket_timeout=SOCKET_TIMEOUT, retry=Retry(NoBackoff(), 0))
    clock = partial(datetime.now, UTC)
    handler = partial(link_article, state=RedisState(client, settings.link_retention), clock=clock)
    sweeper = sweeping(RedisState(client, settings.link_retention), settings.link_retention, clock)
    return Worker(routes(handler), settings, resources=[sweeper])


def main() -> int:
    """Entry point of the container and of ``kliping link``; the exit code."""
    return run_service("link", LinkSettings, lambda settings: asyncio.run(build(settings).run()))
