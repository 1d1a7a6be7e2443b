"""The title of a story: the one of its articles' titles that says most of what they are all on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import sqrt
from typing import Final

from kliping_link.domain.records import ArticleRecord
from kliping_link.domain.stories import told_by
from kliping_link.domain.words import content

#: A title with one of these is somebody's statement, a question, a series' name or a ticker's; what is left reports.
_NO_REPORT: Final = re.compile(r"[:?!\"“”«»„]")
#: What such a title's nearness counts: one that reports need not be quite as near. Chosen on our invented stories.
_DISCOUNT: Final = 0.8


def central_title(articles: Sequence[ArticleRecord]) -> str | None:
    """The title nearest to the middle of the articles; one in capitals alone only where there is no other.

    Nearest by the cosine of its stems with the sum of the articles' heaviest terms, so a listing of several events is
    far from it. Among equals that of the earliest article, which is given first. None where no article has a title.
    """
    titles = [article.title for article in articles if article.title]
    written = [title for title in titles if not title.isupper()] or titles
    if len(written) < 2:
        return written[0] if written else None
    middle = _middle(articles)
    return max(written, key=lambda title: _nearness(title, middle) * (_DISCOUNT if _NO_REPORT.search(title) else 1))


def _middle(articles: Sequence[ArticleRecord]) -> Mapping[str, float]:
    """The articles' heaviest terms, each article counting the same."""
    summed: dict[str, float] = defaultdict(float)
    for article in articles:
        for term, value in article.story.terms.items():
            summed[term] += value / article.story.event.length
    return summed


def _nearness(title: str, middle: Mapping[str, float]) -> float:
    """Cosine of the title with the middle, but for the length of the middle."""
    return sum(value * middle.get(term, 0.0) for term, value in _direction(title))


@lru_cache(maxsize=1 << 12)
def _direction(title: str) -> tuple[tuple[str, float], ...]:
    """The title's stems with their weights, of length 1; a large story is told with each of its arrivals."""
    told = {term: value for term in content(title) if (value := told_by(term)) is not None}
    length = sqrt(sum(value * value for value in told.values()))
    return tuple((term, value / length) for term, value in told.items() if length)
