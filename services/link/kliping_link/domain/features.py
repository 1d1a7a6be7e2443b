"""What of a claim is compared: computed once from its own article, so that scores depend on the two claims only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import log, sqrt

from kliping_link.domain.names import key
from kliping_link.domain.sources import Source, sources
from kliping_link.domain.words import content, weight
from kliping_shared.contracts import Claim, DateSource, EnrichedArticle, Span

_SENTENCE_END = re.compile(r"[.!?…]+[\s\"”’)]+|\n+")
_NEGATIONS = frozenset({"tidak", "tak", "bukan", "belum", "jangan", "tanpa", "tiada"})


@dataclass(frozen=True)
class Day:
    """When an article is from, in days (proleptic ordinals). ``published`` is None where only its drop time is known."""

    published: int | None
    seen: int

    def apart(self, other: Day) -> int:
        """Days between two articles: by publication where both know it, else by when they were dropped."""
        if self.published is None or other.published is None:
            return abs(self.seen - other.seen)
        return abs(self.published - other.published)


@dataclass(frozen=True)
class ClaimFeatures:
    """A claim for scoring: stems and keys of named entities with their weights, the values of its numbers."""

    claim_id: str
    source: Source
    terms: dict[str, float]
    names: dict[str, float]
    numbers: frozenset[float]
    negated: bool
    day: Day

    @property
    def length(self) -> float:
        """Euclidean length of the term vector."""
        return sqrt(sum(value * value for value in self.terms.values()))


def day_of(article: EnrichedArticle) -> Day:
    """The article's days in the time zone that its own date carries."""
    trusted = article.published_at is not None and article.date_source is not DateSource.DROP_TIME
    return Day(_ordinal(article.published_at) if trusted else None, article.ingested_at.date().toordinal())


def _ordinal(moment: datetime | None) -> int | None:
    return moment.date().toordinal() if moment else None


def features(article: EnrichedArticle, day: Day) -> tuple[ClaimFeatures, ...]:
    """Features of every claim, in the article's order."""
    by_claim, spread = sources(article), _spread(article)
    return tuple(_claim(article, claim, by_claim[claim.claim_id], spread, day) for claim in article.claims)


def _claim(article: EnrichedArticle, claim: Claim, source: Source, spread: Spread, day: Day) -> ClaimFeatures:
    names = _named(article, claim.spans)
    text = _without(article.text, claim.spans, [span for span, _ in names])
    words = content(text)
    return ClaimFeatures(
        claim_id=claim.claim_id,
        source=source,
        terms={
            word: round(spread.weigh(word), 3)
            for word in words
            if not word[0].isdigit() and len(word) > 1 and word not in _NEGATIONS
        },
        names={name: round(spread.weigh_name(name), 3) for _, name in names},
        numbers=frozenset(quantity.value for quantity in claim.quantities),
        negated=not _NEGATIONS.isdisjoint(words),
        day=day,
    )


def _named(article: EnrichedArticle, spans: Iterable[Span]) -> list[tuple[Span, str]]:
    return [
        (mention, key(entity.name))
        for entity in article.entities
        for mention in entity.mentions
        if any(mention.overlaps(span) for span in spans)
    ]


def _without(text: str, spans: Iterable[Span], holes: list[Span]) -> str:
    """The text of the spans with the holes blanked."""
    parts: list[str] = []
    for span in spans:
        letters = list(span.of(text))
        for hole in holes:
            for place in range(max(hole.start, span.start), min(hole.end, span.end)):
                letters[place - span.start] = " "
        parts.append("".join(letters))
    return " ".join(parts)


class Spread:
    """How widely an article spreads its words: what it says in every sentence tells little about one of them."""

    def __init__(self, sentences: list[list[str]], mentions: Counter[str]) -> None:
        self._holding = Counter(word for sentence in sentences for word in set(sentence))
        self._mentions = mentions
        self._scale = log(len(sentences) + 2)

    def weigh(self, word: str) -> float:
        """The static weight, less for a word that many sentences of the article hold."""
        return weight(word) * self._share(self._holding[word])

    def weigh_name(self, name: str) -> float:
        """One for an entity that the article mentions once, less for one it is all about."""
        return self._share(self._mentions[name])

    def _share(self, count: int) -> float:
        return max(0.0, 1 - log(max(1, count)) / self._scale)


def _spread(article: EnrichedArticle) -> Spread:
    mentions = Counter({key(entity.name): len(entity.mentions) for entity in article.entities})
    return Spread([content(sentence) for sentence in _SENTENCE_END.split(article.text)], mentions)
