"""Builds an article from a text with everything else filled in."""

from __future__ import annotations

from datetime import UTC, datetime

from kliping_ingest.domain.article import make_article
from kliping_ingest.domain.raw import RawArticle
from kliping_shared.contracts import Article, ZoneKind

NOW = datetime(2024, 5, 20, 3, 0, tzinfo=UTC)


def article_of(text: str, *, now: datetime = NOW, path: str = "a.txt", **metadata: object) -> Article:
    """The article of ``text``, dropped on 20 May 2024."""
    raw = RawArticle(text, **metadata)  # type: ignore[arg-type]
    return make_article(raw, path=path, file_sha256="0" * 64, media_type="text/plain", now=now)


def words_of(article: Article, kind: ZoneKind) -> list[str]:
    """What stands in the zones of one kind."""
    return [zone.of(article.text) for zone in article.zones if zone.kind is kind]
