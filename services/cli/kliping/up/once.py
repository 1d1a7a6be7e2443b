"""``kliping up --once``: ingest what is there, wait until all of it is searchable."""

from __future__ import annotations

import asyncio
import os

import typer

from kliping.settings import UpSettings
from kliping_shared.bus import DeadLetters, connect, stream_stats
from kliping_shared.contracts.streams import CONSUMERS

POLL_S = 0.1


async def process_all(settings: UpSettings, broker_url: str, stop: asyncio.Event) -> int:
    """Returns 0, or 1 when a file was rejected, an article failed, or ``stop`` was set before all was done."""
    from kliping_ingest.app import drain

    os.environ["KLIPING_REDIS_URL"] = broker_url
    summary = await drain(settings)
    client = connect(broker_url)
    try:
        while not stop.is_set():
            rows = [row for row in await stream_stats(client) if (row.stream, row.group) in CONSUMERS]
            # In the order of the data's way: what one stage has finished, the next one has in its stream.
            if not any(row.waiting for row in rows):
                break
            await asyncio.sleep(POLL_S)
        failed = [letter for letter in await DeadLetters(client).list() if letter.article_id in summary.article_ids]
    finally:
        await client.aclose()
    typer.echo(
        f"{summary.done} files done ({summary.duplicates} duplicates), {summary.rejected} rejected, {len(failed)} failed"
    )
    for letter in failed:
        typer.echo(f"kliping: article {letter.article_id} failed in {letter.group}: {letter.message}", err=True)
    return int(bool(summary.rejected or failed or stop.is_set()))
