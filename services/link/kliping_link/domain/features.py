"""What of a claim is compared: computed once from its own article, so that scores depend on the two claims only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import combinations

from kliping_link.domain.reading import Reading
from kliping_link.domain.sources import Source, is_unnamed, sources
from kliping_shared.contracts import Claim, DateSource, EnrichedArticle

#: A claim is looked for under each of its sources with its weightiest words: so many for the speaker himself ...
OWN_TERMS = 8
#: ... and so many for a body that he speaks for.
BODY_TERMS = 3
#: Words of polarity, which is compared as such.
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
    context: frozenset[str] = frozenset()
    """Of a claim with an unnamed source: the heaviest terms of its article, two of which another one has to share."""

    @cached_property
    def term_mass(self) -> float:
        """Squared length of the stems' vector."""
        return sum(value * value for value in self.terms.values())

    @cached_property
    def name_mass(self) -> float:
        """Squared length of the names' vector."""
        return sum(value * value for value in self.names.values())

    @cached_property
    def mark(self) -> int:
        """Equal for claims that score alike, in this process."""
        vectors = (*self.terms.items(), None, *self.names.items())
        return hash((self.source, vectors, self.negated, self.day, self.context))

    @cached_property
    def likeness(self) -> int:
        """Equal for claims of one source in the same words on the same days, in this process."""
        return hash((self.source, frozenset(self.terms), frozenset(self.names), self.negated, self.day, self.keys))

    @cached_property
    def keys(self) -> frozenset[str]:
        """What the claim is looked for by: its sources, each with the claim's weightiest words and names."""
        weighed = {f"={name}": value for name, value in self.names.items()} | self.terms
        terms = sorted(weighed, key=lambda term: (-weighed[term], term))[:OWN_TERMS]
        own = {key for source in self.source.own for key in self._looked_for(source, terms)}
        return frozenset(own.union(*(self._looked_for(body, terms[:BODY_TERMS]) for body in self.source.bodies)))

    def _looked_for(self, source: str, terms: Iterable[str]) -> list[str]:
        if is_unnamed(source):
            return [f"{source}|{first}|{second}" for first, second in combinations(sorted(self.context), 2)]
        return [f"{source}|{term}" for term in terms]


def day_of(article: EnrichedArticle) -> Day:
    """The article's days in the time zone that its own date carries."""
    trusted = article.published_at is not None and article.date_source is not DateSource.DROP_TIME
    return Day(_ordinal(article.published_at) if trusted else None, article.ingested_at.date().toordinal())


def _ordinal(moment: datetime | None) -> int | None:
    return moment.date().toordinal() if moment else None


def features(
    article: EnrichedArticle, reading: Reading, day: Day, context: frozenset[str]
) -> tuple[ClaimFeatures, ...]:
    """Features of every claim, in the article's order. ``context``: the article's heaviest terms."""
    by_claim = sources(article)
    return tuple(_claim(claim, by_claim[claim.claim_id], reading, day, context) for claim in article.claims)


def _claim(claim: Claim, source: Source, reading: Reading, day: Day, context: frozenset[str]) -> ClaimFeatures:
    places = reading.within(claim.spans)
    words = [reading.terms[place] for place in places if reading.names[place] is None]
    names = {name for place in places if (name := reading.names[place])}
    return ClaimFeatures(
        claim_id=claim.claim_id,
        source=source,
        terms={word: reading.weigh(word) for word in words if _tells(word)},
        names={name: reading.weigh_name(name) for name in sorted(names)},
        numbers=frozenset(quantity.value for quantity in claim.quantities),
        negated=claim.negated,
        day=day,
        context=context if source.is_unnamed else frozenset(),
    )


def _tells(word: str) -> bool:
    """Numbers are compared as numbers, negation as polarity; single letters are initials or debris."""
    return len(word) > 1 and not word[0].isdigit() and word not in _NEGATIONS
