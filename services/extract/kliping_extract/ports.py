"""What extract's handlers need."""

from __future__ import annotations

from typing import Protocol

from kliping_shared.contracts.article import Article
from kliping_shared.contracts.enriched import EnrichedArticle


class ArticleExtractor(Protocol):
    """Finds entities, claims and dates in an article."""

    def extract(self, article: Article) -> EnrichedArticle:
        """The article with its annotations. Uses the CPU for some 10 ms per hundred words; repeatable."""
        ...
