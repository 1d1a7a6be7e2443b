"""Index's route table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from kliping_shared.bus import Route
from kliping_shared.contracts import LinkedArticle, streams


def routes(
    index_articles: Callable[[list[LinkedArticle]], Awaitable[list[Exception | None]]],
    batch: int,
    pause: Callable[[int], float] | None = None,
) -> tuple[Route, ...]:
    """Linked articles in, nothing out: the store is the end of the way."""
    return (
        Route(
            consumes=streams.LINKED,
            group="index",
            model=LinkedArticle,
            handler=index_articles,
            batch=batch,
            pause=pause,
        ),
    )
