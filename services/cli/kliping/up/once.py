"""``kliping up --once``: ingest what is there, wait until all of it is searchable."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import typer
from redis.exceptions import RedisError

from kliping.settings import UpSettings
from kliping_ingest.app import build
from kliping_ingest.service import Summary
from kliping_ingest.settings import IngestSettings
from kliping_shared.bus import DeadLetters, connect, stream_stats
from kliping_shared.contracts.dead import DeadLetter
from kliping_shared.settings import load
from kliping_shared.store import open_reader

POLL_S = 0.05


async def process_all(settings: UpSettings, broker_url: str, stop: asyncio.Event) -> int:
    """Returns 0, or 1 when a file was rejected, an article failed, or ``stop`` was set before all was done."""
    ingest = load(IngestSettings, inbox=settings.inbox, data=settings.data, redis_url=broker_url)
    async with build(ingest) as service:
        stopping = asyncio.create_task(_stop_with(stop, service.stop))
        summary = await service.drain()
        stopping.cancel()
    failed = await _wait_searchable(broker_url, set(summary.article_ids), stop)
    reader = open_reader(settings)
    try:
        await reader.catch_up()
    finally:
        await reader.close()
    tell(summary, failed)
    return int(bool(summary.rejected or summary.unfinished or failed or stop.is_set()))


async def _stop_with(stop: asyncio.Event, act: Callable[[], None]) -> None:
    await stop.wait()
    act()


async def _wait_searchable(broker_url: str, articles: set[str], stop: asyncio.Event) -> list[DeadLetter]:
    """Wait until no stage has anything left; the articles that became dead letters instead."""
    client = connect(broker_url)
    try:
        # Rows come in the order of the data's way: what one stage has finished, the next one has in its stream.
        while await _waiting(client):
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), POLL_S)
                break
        return [letter for letter in await DeadLetters(client).list() if letter.article_id in articles]
    finally:
        await client.aclose()


async def _waiting(client: Any) -> bool:
    """Whether any stage has something left; a broker that is just started again is asked again."""
    try:
        return any(row.waiting for row in await stream_stats(client))
    except RedisError:
        return True


def tell(summary: Summary, failed: list[DeadLetter]) -> None:
    """Say what became of the files."""
    typer.echo(
        f"{summary.ok} files done, {summary.duplicate} duplicates, {summary.rejected} rejected, {len(failed)} failed"
    )
    for receipt in summary.rejections:
        if receipt.error:
            typer.echo(f"kliping: {receipt.path}: {receipt.error.message} {receipt.error.hint}", err=True)
    for name in summary.unfinished:
        typer.echo(f"kliping: {name}: still being written, left in the inbox", err=True)
    for letter in failed:
        typer.echo(f"kliping: article {letter.article_id} failed in {letter.group}: {letter.message}", err=True)
