"""Extract's one route."""

from __future__ import annotations

from functools import partial

from kliping_extract.handlers import extract_article
from kliping_extract.ports import ArticleExtractor
from kliping_shared.bus import Route
from kliping_shared.contracts.article import Article
from kliping_shared.contracts.streams import ARTICLE, ENRICHED


def routes(extractor: ArticleExtractor) -> tuple[Route, ...]:
    """The table: stream in, handler, stream out."""
    handler = partial(extract_article, extractor=extractor)
    return (Route(consumes=ARTICLE, group="extract", model=Article, handler=handler, produces=ENRICHED),)
