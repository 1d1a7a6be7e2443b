"""What is known about an article besides its text, kept so that a second drop of the text completes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from kliping_shared.contracts import Article, DateSource

__all__ = ["Facts", "facts_of"]

_RELIABILITY: Final = tuple(DateSource)


@dataclass(frozen=True, slots=True)
class Facts:
    """The fields of an article that its file's metadata may give."""

    outlet: str | None
    author: str | None
    url: str | None
    published_at: datetime | None
    date_source: DateSource | None

    def completed_by(self, later: Facts) -> Facts:
        """These, with what is missing taken from ``later``, and its date where that is more reliable."""
        merged = replace(
            self,
            outlet=self.outlet or later.outlet,
            author=self.author or later.author,
            url=self.url or later.url,
        )
        if _rank(later.date_source) < _rank(self.date_source):
            return replace(merged, published_at=later.published_at, date_source=later.date_source)
        return merged

    def fields(self) -> dict[str, object]:
        """As fields of an Article."""
        return {
            "outlet": self.outlet,
            "author": self.author,
            "url": self.url,
            "published_at": self.published_at,
            "date_source": self.date_source,
        }


def facts_of(article: Article) -> Facts:
    """What an article says of itself."""
    return Facts(article.outlet, article.author, article.url, article.published_at, article.date_source)


def _rank(source: DateSource | None) -> int:
    return _RELIABILITY.index(source) if source is not None else len(_RELIABILITY)
