"""Whether two articles are on one event: entities and rare words that they share, within a few days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from math import log
from typing import ClassVar

from kliping_link.domain.copies import LEAST, Sketch, is_copy, sketch
from kliping_link.domain.events import Event
from kliping_link.domain.features import Day, Ruling
from kliping_link.domain.reading import Reading
from kliping_link.domain.words import weight
from kliping_shared.contracts import EnrichedArticle, EntityType

#: Terms kept of an article: the heaviest.
TERMS = 40
ACTORS = 12
#: Least hashes that near-identical articles have in common to count as one when stories are made.
ALIKE = 3


@dataclass(frozen=True)
class StoryFeatures:
    """An article for scoring: its heaviest stems and entity keys (``=key``), a sketch of its text, its actors."""

    terms: dict[str, float]
    sketch: Sketch
    actors: tuple[str, ...]
    day: Day
    #: Nobody corrects stories.
    rulings: ClassVar[tuple[Ruling, ...]] = ()
    ties: ClassVar[frozenset[str]] = frozenset()

    @cached_property
    def mark(self) -> int:
        """Equal for articles that score alike, in this process."""
        return hash((tuple(self.terms.items()), self.sketch, self.day))

    @property
    def outline(self) -> int:
        """Equal for articles that are alike, and told sooner than their ``likeness``."""
        return hash(self.event.heaviest)

    @cached_property
    def likeness(self) -> int:
        """Equal for articles of a day whose heaviest terms and least hashes are the same, in this process."""
        if len(self.sketch.hashes) < LEAST:
            return self.mark
        return hash((self.keys, self.sketch.least[:ALIKE], self.day))

    @cached_property
    def keys(self) -> frozenset[str]:
        """What the article is looked for by: two of its heaviest terms together.

        One alone (the name of a head of state) is shared by much that is on other events.
        """
        return frozenset(f"s|{first}|{second}" for first, second in combinations(sorted(self.event.heaviest), 2))

    @property
    def telling(self) -> frozenset[str]:
        """Keys that are enough where several are asked for; of these all are."""
        return frozenset()

    @cached_property
    def event(self) -> Event:
        """What the article is on."""
        return Event(self.terms)


@dataclass(frozen=True)
class StoryWeights:
    """The few numbers of the story score."""

    threshold: float = 0.25
    window_days: int = 3


def story_features(article: EnrichedArticle, reading: Reading, day: Day) -> StoryFeatures:
    """Features of an article, from its news prose (title and body) alone."""
    words = reading.prose_terms
    counted = {term: told * (1 + log(n)) for term, n in Counter(words).items() if (told := told_by(term)) is not None}
    counted |= {f"={name}": 1 + log(n) for name, n in reading.mentions.items() if n}
    heaviest = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:TERMS]
    return StoryFeatures(
        terms={term: round(value, 2) for term, value in heaviest},
        sketch=sketch(words),
        actors=_actors(article),
        day=day,
    )


@lru_cache(maxsize=1 << 15)
def told_by(term: str) -> float | None:
    """What a stem weighs once; None for what is too short to tell anything, and for numbers."""
    return weight(term) ** 2 if len(term) > 2 and not term[0].isdigit() else None


def _actors(article: EnrichedArticle) -> tuple[str, ...]:
    persons_first = sorted(article.entities, key=lambda e: (e.type is EntityType.LOC, -len(e.mentions), e.name))
    return tuple(entity.name for entity in persons_first[:ACTORS])


def story_score(a: StoryFeatures, b: StoryFeatures, weights: StoryWeights) -> float:
    """0 to 1: cosine of the term vectors; near-identical texts are one story whatever their words weigh."""
    if a.day.apart(b.day) > weights.window_days:
        return 0.0
    if is_copy(a.sketch, b.sketch):
        return 1.0
    return a.event.likeness(b.event)
