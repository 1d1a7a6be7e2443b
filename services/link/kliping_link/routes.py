"""Link's route table."""

from __future__ import annotations

from collections.abc import Callable

from kliping_shared.bus import Route
from kliping_shared.contracts import EnrichedArticle, LinkedArticle, streams


def routes(link_article: Callable[[EnrichedArticle], LinkedArticle | None]) -> tuple[Route, ...]:
    """Enriched articles in, linked articles out."""
    return (
        Route(
            consumes=streams.ENRICHED,
            group="link",
            model=EnrichedArticle,
            handler=link_article,
            produces=streams.LINKED,
        ),
    )
