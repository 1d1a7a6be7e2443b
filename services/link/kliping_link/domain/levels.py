"""Claims and articles are grouped by one scheme; a level says what is compared, when, and how it is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Protocol

from kliping_link.domain.features import ClaimFeatures
from kliping_link.domain.records import ArticleRecord, Ref
from kliping_link.domain.score import Weights, claim_score
from kliping_link.domain.stories import StoryWeights, story_score


class Level(Protocol):
    """One kind of thing that is grouped."""

    @property
    def threshold(self) -> float:
        """Pairs at or above it belong together."""

    @property
    def window_days(self) -> int:
        """Days that two members may be apart."""

    def refs(self, record: ArticleRecord) -> list[Ref]:
        """The article's members on this level."""

    def keys(self, record: ArticleRecord, ref: Ref) -> frozenset[str]:
        """What a member is looked for by; members without a common key score zero."""

    def mark(self, record: ArticleRecord, ref: Ref) -> int:
        """Equal for members that score alike with every other, in this process."""

    def likeness(self, record: ArticleRecord, ref: Ref) -> int:
        """Equal for members so alike that they count as one when groups are made, in this process."""

    def score(self, a: tuple[ArticleRecord, Ref], b: tuple[ArticleRecord, Ref]) -> float:
        """0 to 1, symmetric, of the two members alone."""

    def order(self, record: ArticleRecord, ref: Ref) -> tuple[float, str]:
        """Sorts members from early to late; the first of a group is its founder."""

    def group_id(self, record: ArticleRecord, ref: Ref) -> str:
        """Id of the group that this member founds."""


#: Scores remembered by a level; about 120 bytes each.
REMEMBERED = 300_000


class Memo:
    """Scores by the marks of their pair: a large group is scored anew with every arrival, and hardly a pair is new."""

    def __init__(self) -> None:
        self._scores: dict[tuple[int, int], float] = {}

    def get(self, pair: tuple[int, int]) -> float | None:
        """The score, None when it is not known."""
        return self._scores.get(pair)

    def keep(self, pair: tuple[int, int], score: float) -> float:
        """Remember a score; forgets all when there are too many, which costs no more than a scan would."""
        if len(self._scores) >= REMEMBERED:
            self._scores.clear()
        self._scores[pair] = score
        return score


@dataclass(frozen=True)
class ClaimLevel:
    """Claims that say the same."""

    weights: Weights
    memo: Memo = field(default_factory=Memo, compare=False)

    @property
    def threshold(self) -> float:
        """Pairs at or above it say the same."""
        return self.weights.threshold

    @property
    def window_days(self) -> int:
        """Days that two claims may be apart."""
        return self.weights.window_days

    def refs(self, record: ArticleRecord) -> list[Ref]:
        """One for each claim."""
        return record.refs[:-1]

    def keys(self, record: ArticleRecord, ref: Ref) -> frozenset[str]:
        """Sources with rare terms."""
        return _claim(record, ref).keys

    def mark(self, record: ArticleRecord, ref: Ref) -> int:
        """Of the claim's features."""
        return _claim(record, ref).mark

    def likeness(self, record: ArticleRecord, ref: Ref) -> int:
        """Of the claim's source and words, whatever its article makes them weigh."""
        return _claim(record, ref).likeness

    def score(self, a: tuple[ArticleRecord, Ref], b: tuple[ArticleRecord, Ref]) -> float:
        """See ``score.claim_score``."""
        mine, theirs = _claim(*a), _claim(*b)
        pair = (mine.mark, theirs.mark) if mine.mark < theirs.mark else (theirs.mark, mine.mark)
        known = self.memo.get(pair)
        return known if known is not None else self.memo.keep(pair, claim_score(mine, theirs, self.weights))

    def order(self, record: ArticleRecord, ref: Ref) -> tuple[float, str]:
        """By the article's time, then claim id."""
        return record.claim_order[ref.claim]

    def group_id(self, record: ArticleRecord, ref: Ref) -> str:
        """From the founder's claim id."""
        return named("g", _claim(record, ref).claim_id)


@dataclass(frozen=True)
class StoryLevel:
    """Articles on one event."""

    weights: StoryWeights
    memo: Memo = field(default_factory=Memo, compare=False)

    @property
    def threshold(self) -> float:
        """Pairs at or above it are on one event."""
        return self.weights.threshold

    @property
    def window_days(self) -> int:
        """Days that two articles may be apart."""
        return self.weights.window_days

    def refs(self, record: ArticleRecord) -> list[Ref]:
        """The article itself."""
        return record.refs[-1:]

    def keys(self, record: ArticleRecord, ref: Ref) -> frozenset[str]:  # noqa: ARG002
        """Its heaviest terms."""
        return record.story.keys

    def mark(self, record: ArticleRecord, ref: Ref) -> int:  # noqa: ARG002
        """Of the article's features."""
        return record.story.mark

    def likeness(self, record: ArticleRecord, ref: Ref) -> int:  # noqa: ARG002
        """Of the article's heaviest terms and a few hashes of its text."""
        return record.story.likeness

    def score(self, a: tuple[ArticleRecord, Ref], b: tuple[ArticleRecord, Ref]) -> float:
        """See ``stories.story_score``."""
        mine, theirs = a[0].story, b[0].story
        pair = (mine.mark, theirs.mark) if mine.mark < theirs.mark else (theirs.mark, mine.mark)
        known = self.memo.get(pair)
        return known if known is not None else self.memo.keep(pair, story_score(mine, theirs, self.weights))

    def order(self, record: ArticleRecord, ref: Ref) -> tuple[float, str]:  # noqa: ARG002
        """By time, then article id."""
        return record.order

    def group_id(self, record: ArticleRecord, ref: Ref) -> str:  # noqa: ARG002
        """From the founder's article id."""
        return named("s", record.article_id)


def _claim(record: ArticleRecord, ref: Ref) -> ClaimFeatures:
    return record.claims[ref.claim].features


def named(prefix: str, founder: str) -> str:
    """A group's id: the prefix and 64 bits of a hash of its founder's id."""
    return f"{prefix}{blake2b(founder.encode(), digest_size=8).hexdigest()}"
