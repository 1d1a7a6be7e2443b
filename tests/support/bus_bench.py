"""A bus on a real server, with short time spans and everything a behaviour test looks at."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError

from kliping_shared.bus import DeadLetters, Policy, Publisher, Route, StreamStats, Worker, stream_stats
from kliping_shared.contracts import Article, EnrichedArticle, Extractor
from kliping_shared.contracts.dead import DeadLetter
from kliping_shared.contracts.streams import ARTICLE, ENRICHED
from kliping_shared.settings import Settings
from tests.support.brokers import BrokerServer

QUICK = Policy(
    min_idle=0.6,
    recover_every=0.1,
    retry_base=0.05,
    retry_max=0.2,
    block=0.1,
    grace=2.0,
    handler_limit=60.0,
    trim_every=0.1,
    away_base=0.02,
    away_max=0.2,
    prefetch=4,
)


def article(name: str, *, text: str = "Berita.") -> Article:
    """An article with nothing but a name and a text."""
    return Article(
        article_id=name,
        document_key=name,
        text=text,
        path=f"{name}.txt",
        media_type="text/plain",
        file_sha256="0" * 64,
        ingested_at=datetime(2023, 9, 13, tzinfo=UTC),
    )


def enriched(source: Article) -> EnrichedArticle:
    """What an extract handler that finds nothing returns."""
    return EnrichedArticle(
        **source.model_dump(exclude={"contract"}),
        extractor=Extractor(name="test", version="0"),
        extracted_at=datetime(2023, 9, 13, tzinfo=UTC),
    )


class Bench:
    """One server, one client, workers on demand."""

    def __init__(self, server: BrokerServer) -> None:
        self.server = server
        # Patient, because a test looks on while the server is away.
        self.client: Any = Redis.from_url(
            server.url, retry=Retry(ConstantBackoff(0.05), 100), retry_on_error=[RedisConnectionError], socket_timeout=5
        )
        self.dead = DeadLetters(self.client)

    def settings(self, consumer: str = "one") -> Settings:
        return Settings(redis_url=self.server.url, consumer=consumer)

    async def publish(self, *names: str) -> None:
        async with Publisher(self.settings("ingest"), policy=QUICK) as publisher:
            await publisher.publish(ARTICLE, [article(name) for name in names])

    @contextlib.asynccontextmanager
    async def worker(
        self, handler: Callable[..., Any], *, consumer: str = "one", policy: Policy = QUICK, **route: Any
    ) -> AsyncIterator[Worker]:
        """An extract worker while the context is open; stopped in order at its end."""
        shape: dict[str, Any] = {"consumes": ARTICLE, "group": "extract", "model": Article, "produces": ENRICHED}
        if "batch" in route:
            del shape["produces"]
        made = Worker([Route(handler=handler, **{**shape, **route})], self.settings(consumer), policy=policy)
        task = asyncio.create_task(made.run(signals=False))
        try:
            yield made
        finally:
            made.stop()
            await asyncio.wait_for(task, 10)

    async def published(self) -> list[str]:
        """The article ids in the enriched stream, in order."""
        rows = await self.client.xrange(ENRICHED)
        return [fields[b"article_id"].decode() for _, fields in rows]

    async def stats(self) -> StreamStats:
        """Of the article stream."""
        return (await stream_stats(self.client))[0]

    async def letters(self) -> list[DeadLetter]:
        return await self.dead.list()

    async def settled(self) -> bool:
        """Whether the article stream's group has finished with everything."""
        return (await self.stats()).waiting == 0


async def eventually(condition: Callable[[], Any | Awaitable[Any]], seconds: float = 10.0) -> None:
    """Poll until ``condition`` (plain or async) is true; fail after so many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if asyncio.iscoroutine(result):
            result = await result
        if result:
            return
        assert time.monotonic() < deadline, f"not so within {seconds} s"
        await asyncio.sleep(0.01)


def names(articles: Sequence[Article]) -> list[str]:
    return [item.article_id for item in articles]
