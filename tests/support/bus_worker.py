"""A worker process to be killed: ``python -m tests.support.bus_worker URL CONSUMER MODE [LIVES]``.

``hang`` never finishes an article, ``die`` ends the process while handling the article named ``killer``,
``work`` handles everything, ``late`` lets an article take one second. With LIVES it is started
anew after each death (by a fork: imports are paid once). It writes the id of each article it begins.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time

from kliping_shared.bus import Route, Worker
from kliping_shared.contracts import Article, EnrichedArticle
from kliping_shared.contracts.streams import ARTICLE, ENRICHED
from kliping_shared.observability import configure_logging
from kliping_shared.settings import Settings
from tests.support.bus_bench import QUICK, enriched


def main(url: str, consumer: str, mode: str) -> None:
    """Run until killed or told to stop."""

    def handler(article: Article) -> EnrichedArticle:
        sys.stdout.write(f"{article.article_id}\n")
        sys.stdout.flush()
        if mode == "hang":
            time.sleep(3600)
        if mode == "late":
            time.sleep(1)
        if mode == "die" and article.article_id == "killer":
            os.kill(os.getpid(), signal.SIGKILL)
        return enriched(article)

    settings = Settings(redis_url=url, consumer=consumer)
    configure_logging(settings, service="extract")
    route = Route(consumes=ARTICLE, group="extract", model=Article, handler=handler, produces=ENRICHED)
    asyncio.run(Worker([route], settings, policy=QUICK).run())


def again(lives: int, url: str, consumer: str, mode: str) -> None:
    """Run the worker so many times, each until it dies."""
    for _ in range(lives):
        child = os.fork()
        if not child:
            main(url, consumer, mode)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    if len(sys.argv) > 4:
        again(int(sys.argv[4]), *sys.argv[1:4])
    else:
        main(*sys.argv[1:4])
