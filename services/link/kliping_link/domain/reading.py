"""An article's content words, read once: their stems, where they stand, which name they are part of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from typing import NamedTuple

from kliping_link.domain.names import key
from kliping_link.domain.words import content_words, weight
from kliping_shared.contracts import EnrichedArticle, EntityType, Span, ZoneKind

_SENTENCE_START = re.compile(r"[.!?…]+[\s\"”’)]+|\n+")
_PROSE = (ZoneKind.TITLE, ZoneKind.BODY)


class Name(NamedTuple):
    """A named entity where it stands: its key, equal for all spellings, its type, and how it is written there."""

    key: str
    type: EntityType
    text: str


@dataclass(frozen=True)
class Reading:
    """Content words of a text in order: stem, first character, and the named entity that each is part of."""

    terms: tuple[str, ...]
    starts: tuple[int, ...]
    names: tuple[Name | None, ...]
    prose: tuple[range, ...]
    sentence_starts: tuple[int, ...]
    mentions: Counter[str]

    def within(self, spans: Iterable[Span]) -> list[int]:
        """Numbers of the words that stand in the spans."""
        return [place for span in spans for place in self._range(span.start, span.end)]

    def _range(self, start: int, end: int) -> range:
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    @cached_property
    def prose_terms(self) -> list[str]:
        """Stems of title and body, in order."""
        return [self.terms[place] for part in self.prose for place in part]

    @cached_property
    def _holding(self) -> Counter[str]:
        """In how many sentences of the prose each stem stands."""
        edges = [bisect_left(self.starts, start) for start in self.sentence_starts[1:]]
        prose = {place for part in self.prose for place in part}
        held = {(bisect_right(edges, place), self.terms[place]) for place in prose}
        return Counter([term for _, term in held])

    def weigh(self, term: str) -> float:
        """0 to 1: how much a stem tells claims of this article apart; little, where it is common anywhere or here.

        The root keeps rare words from deciding alone: paraphrases share the common ones.
        """
        known = self._weights.get(term)
        if known is None:
            known = self._weights[term] = round(sqrt(weight(term) * self._share(self._holding[term])), 3)
        return known

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {}

    def weigh_name(self, name: str) -> float:
        """The same for an entity: one that is mentioned once tells much, one that the article is all about little."""
        return round(sqrt(self._share(self.mentions[name])), 3)

    def _share(self, count: int) -> float:
        return max(0.0, 1 - log(count) / log(len(self.sentence_starts) + 2)) if count > 1 else 1.0


def read(article: EnrichedArticle) -> Reading:
    """Read an article. Where it has no zones all of its text is prose."""
    words = content_words(article.text)
    starts = tuple(start for _, start in words)
    zones = [(zone.start, zone.end) for zone in article.zones if zone.kind in _PROSE]
    parts = zones if article.zones else [(0, len(article.text))]
    return Reading(
        terms=tuple(term for term, _ in words),
        starts=starts,
        names=_names(article, starts),
        prose=tuple(range(bisect_left(starts, a), bisect_left(starts, b)) for a, b in parts),
        sentence_starts=(0, *(match.end() for match in _SENTENCE_START.finditer(article.text))),
        mentions=Counter({key(entity.name): len(entity.mentions) for entity in article.entities}),
    )


def _names(article: EnrichedArticle, starts: tuple[int, ...]) -> tuple[Name | None, ...]:
    found: list[Name | None] = [None] * len(starts)
    for entity in article.entities:
        same = key(entity.name)
        for mention in entity.mentions:
            name = Name(same, entity.type, mention.text)
            for place in range(bisect_left(starts, mention.start), bisect_left(starts, mention.end)):
                found[place] = name
    return tuple(found)
