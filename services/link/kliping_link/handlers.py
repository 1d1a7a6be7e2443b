"""Link's one handler: enriched article in, linked article out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kliping_link.linker import link
from kliping_link.ports import LinkState
from kliping_shared.contracts import EnrichedArticle, LinkedArticle


def link_article(article: EnrichedArticle, *, state: LinkState, clock: Callable[[], datetime]) -> LinkedArticle | None:
    """Link an article; None when a newer version of it is linked already. May be called again with the same article."""
    return link(state, article, clock())
