"""When all of Kliping is up: the page answers and every stage reads its stream."""

from __future__ import annotations

import asyncio
import time
from typing import Any
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from redis.exceptions import RedisError

from kliping_shared.bus import connect
from kliping_shared.contracts.streams import CONSUMERS

POLL_S = 0.05


async def wait_ready(url: str, broker_url: str, workers: int, stop: asyncio.Event) -> bool:
    """Wait until the page answers and all consumers read; False when ``stop`` was set first."""
    client = connect(broker_url)
    since = time.monotonic()
    try:
        while not stop.is_set():
            idle_limit = (time.monotonic() - since) * 1000
            if await _page_answers(url) and await _all_read(client, workers, idle_limit):
                return True
            await asyncio.sleep(POLL_S)
    finally:
        await client.aclose()
    return False


async def _page_answers(url: str) -> bool:
    return await asyncio.to_thread(_get, f"{url}/health/ready")


def _get(address: str) -> bool:
    try:
        # Never through a proxy: the page is on this machine.
        with build_opener(ProxyHandler({})).open(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


async def _all_read(client: Any, workers: int, idle_limit: float) -> bool:
    """Whether each group has as many consumers as it has workers that read since we started (idle in ms)."""
    try:
        for stream, group in CONSUMERS:
            consumers = await client.xinfo_consumers(stream, group)
            reading = sum(consumer["idle"] <= idle_limit for consumer in consumers)
            if reading < (workers if group == "extract" else 1):
                return False
    except RedisError:
        return False
    return True
