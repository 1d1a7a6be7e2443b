"""Contract in, one domain call, contract out."""

from __future__ import annotations

from kliping_extract.ports import ArticleExtractor
from kliping_shared.contracts.article import Article
from kliping_shared.contracts.enriched import EnrichedArticle


def extract_article(article: Article, *, extractor: ArticleExtractor) -> EnrichedArticle:
    """Annotate one article. Runs in a thread of its own, so that the event loop stays free."""
    return extractor.extract(article)
