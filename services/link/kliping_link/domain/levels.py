"""Claims and articles are grouped by one scheme; a level says what of an article is grouped, and how two compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from kliping_link.domain.features import ClaimFeatures
from kliping_link.domain.records import ArticleRecord, Features, Ref
from kliping_link.domain.score import Weights, claim_score
from kliping_link.domain.signatures import Signature
from kliping_link.domain.stories import StoryWeights, story_score

#: Scores remembered by a level; about 120 bytes each.
REMEMBERED = 300_000
#: Keys that two claims share at least, unless it is a telling one. Another one alone (a head of state and a word that is on everybody's lips) is shared by
#: ten times as many claims, hardly any of which say the same.
SHARED_KEYS = 2


@dataclass(frozen=True)
class Level:
    """One kind of thing that is grouped.

    ``threshold``: pairs at or above it belong together. ``window_days``: days that two members may be apart.
    ``capped``: whether that holds for all members of a group, or only for those that are compared.
    ``shared_keys``: keys that two members share at least to be compared at all; a ``telling`` one is enough.
    ``power``: of the power mean that linkage takes of scores.
    ``may_match``: False where a member scores zero with a claim of another event, by its article's signature and the claim's
    number; None where signatures tell nothing.
    ``members``: which of an article's ``refs``. ``compare``: 0 to 1, symmetric, of the features of two members alone.
    """

    threshold: float
    window_days: int
    capped: bool
    shared_keys: int
    power: int
    members: slice
    compare: Callable[[Any, Any], float]
    may_match: Callable[[Any, Signature, int], bool] | None = None
    _scores: dict[tuple[int, int], float] = field(default_factory=dict, compare=False, repr=False)

    def refs(self, record: ArticleRecord) -> list[Ref]:
        """The article's members on this level."""
        return record.refs[self.members]

    def features(self, record: ArticleRecord) -> dict[Ref, Features]:
        """The same with what is compared of each."""
        return {ref: record.features(ref) for ref in self.refs(record)}

    def keys(self, record: ArticleRecord) -> frozenset[str]:
        """All that the article's members are looked for by; members that share too few keys score zero."""
        return frozenset().union(*(found.keys for found in self.features(record).values()))

    def sought(self, features: Features) -> list[str]:
        """The keys that a member is looked for by, each as often as it counts."""
        return [*features.keys, *(key for key in features.telling for _ in range(self.shared_keys - 1))]

    def compares(self, a: Features, b: Features) -> bool:
        """Whether two members share enough keys to be compared."""
        return len(a.keys & b.keys) >= self.shared_keys or not a.telling.isdisjoint(b.telling)

    def score(self, a: Features, b: Features) -> float:
        """The score of two members.

        It is remembered by their marks: a large group is scored anew with every arrival, and hardly a pair is new. With
        too many in memory all are forgotten, which costs no more than a search for the oldest would.
        """
        pair = (a.mark, b.mark) if a.mark < b.mark else (b.mark, a.mark)
        known = self._scores.get(pair)
        if known is None:
            if len(self._scores) >= REMEMBERED:
                self._scores.clear()
            known = self._scores[pair] = self.compare(a, b)
        return known


def claim_level(weights: Weights) -> Level:
    """Claims that say the same."""
    return Level(
        threshold=weights.threshold,
        window_days=weights.window_days,
        capped=True,
        shared_keys=SHARED_KEYS,
        power=2,
        members=slice(-1),
        compare=partial(claim_score, weights=weights),
        may_match=ClaimFeatures.may_match,
    )


def story_level(weights: StoryWeights) -> Level:
    """Articles on one event."""
    return Level(
        threshold=weights.threshold,
        window_days=weights.window_days,
        capped=False,
        shared_keys=1,
        power=1,
        members=slice(-1, None),
        compare=partial(story_score, weights=weights),
    )
