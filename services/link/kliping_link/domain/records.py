"""What the link state keeps of an article: enough to score its claims against later ones and to show its groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from kliping_link.domain.features import ClaimFeatures, Day, day_of, features
from kliping_link.domain.passages import passages
from kliping_link.domain.reading import read
from kliping_link.domain.signatures import Signature
from kliping_link.domain.stories import StoryFeatures, story_features
from kliping_shared.contracts import Claim, ClaimKind, EnrichedArticle, GroupMember, Quantity, Stance, StoryMember

#: ``Ref.claim`` of the article itself, as a member of a story.
STORY = -1

#: What is compared of a claim, or of an article as a whole.
Features = ClaimFeatures | StoryFeatures


class Ref(NamedTuple):
    """A claim (its number in the article) or an article (``STORY``) in the state; equal wherever it is computed."""

    article: int
    claim: int


class Rank(NamedTuple):
    """Which of two messages on one document is the newer: its revision, then when it was extracted."""

    revision: int
    extracted: float


@dataclass(frozen=True)
class ClaimRecord:
    """A claim for scoring (``features``) and for showing."""

    features: ClaimFeatures
    speaker: str
    speaker_id: str | None
    kind: ClaimKind
    stance: Stance
    quantities: tuple[Quantity, ...]
    via: str | None = None
    passage: frozenset[int] = frozenset()
    """A sample of the prose that it stands in."""

    @property
    def text(self) -> str:
        """What is said."""
        return self.features.text


class Copied(NamedTuple):
    """The article that another is near-identical to, and the share of the shorter text that both hold."""

    article_id: str
    shared: float


@dataclass(frozen=True)
class ArticleRecord:
    """An article as the state keeps it."""

    article_id: str
    document_key: str
    rank: Rank
    title: str | None
    outlet: str | None
    origin: str | None
    published_at: datetime | None
    seen_at: datetime
    day: Day
    story: StoryFeatures
    claims: Sequence[ClaimRecord]

    @property
    def moment(self) -> datetime:
        """When it was published, or else dropped."""
        return self.published_at or self.seen_at

    def order_of(self, ref: Ref) -> tuple[float, str]:
        """Sorts members from early to late, ties by id; the first of a group is its founder."""
        own = self.article_id if ref.claim == STORY else self.claims[ref.claim].features.claim_id
        return self._time, own

    @cached_property
    def _time(self) -> float:
        return self.moment.timestamp()

    def features(self, ref: Ref) -> Features:
        """What is compared of a member."""
        return self.story if ref.claim == STORY else self.claims[ref.claim].features

    def group_id(self, ref: Ref) -> str:
        """Id of the group that this member founds: 64 bits of a hash of its own id."""
        kind = "s" if ref.claim == STORY else "g"
        return f"{kind}{blake2b(self.order_of(ref)[1].encode(), digest_size=8).hexdigest()}"

    @cached_property
    def signature(self) -> Signature:
        """The article in a few bytes."""
        return Signature(self.story.event.gist, tuple(claim.features.voices for claim in self.claims))

    @cached_property
    def refs(self) -> list[Ref]:
        """Every claim, then the article itself."""
        article = handle(self.article_id)
        return [*(Ref(article, index) for index in range(len(self.claims))), Ref(article, STORY)]

    def has(self, ref: Ref) -> bool:
        """Whether ``ref``, which names this article, is one of its members."""
        return ref.claim < len(self.claims)

    @cached_property
    def _shown(self) -> dict[tuple[int, str], GroupMember]:
        return {}

    def shown(self, index: int, origin: str) -> GroupMember:
        """A claim as a member of a group; made once, since a large group is told with each of its arrivals."""
        member = self._shown.get((index, origin))
        if member is None:
            member = self._shown[index, origin] = self._member(self.claims[index], origin)
        return member

    def _member(self, claim: ClaimRecord, origin: str) -> GroupMember:
        return GroupMember(
            claim_id=claim.features.claim_id,
            article_id=self.article_id,
            outlet=self.outlet,
            origin=self.origin,
            via=claim.via,
            independent_origin=origin,
            title=self.title,
            published_at=self.published_at,
            speaker=claim.speaker,
            speaker_id=claim.speaker_id,
            kind=claim.kind,
            stance=claim.stance,
            text=claim.text,
            quantities=claim.quantities,
        )

    @cached_property
    def _listed(self) -> dict[tuple[str, Copied | None], StoryMember]:
        return {}

    def listed(self, origin: str, copied: Copied | None) -> StoryMember:
        """The article as a member of a story; made once, too."""
        member = self._listed.get((origin, copied))
        if member is None:
            member = self._listed[origin, copied] = StoryMember(
                article_id=self.article_id,
                title=self.title,
                outlet=self.outlet,
                origin=self.origin,
                independent_origin=origin,
                published_at=self.published_at,
                copy_of=copied.article_id if copied else None,
                shared=copied.shared if copied else None,
            )
        return member

    def same_as(self, other: ArticleRecord) -> bool:
        """Whether linking would find nothing new in ``other``; the time of extraction does not count."""
        return self._content() == other._content()

    def _content(self) -> tuple[object, ...]:
        shown = (self.article_id, self.document_key, self.rank.revision, self.title, self.outlet, self.origin)
        return (*shown, self.published_at, self.day, self.story, tuple(self.claims))


def handle(article_id: str) -> int:
    """A short name for an article: 63 bits of a hash of its id."""
    return int.from_bytes(blake2b(article_id.encode(), digest_size=8).digest(), "big") >> 1


def describe(article: EnrichedArticle) -> ArticleRecord:
    """The record of an article, a pure function of the message."""
    day = day_of(article)
    reading = read(article)
    story = story_features(article, reading, day)
    found = features(article, reading, day, story.event)
    return ArticleRecord(
        article_id=article.article_id,
        document_key=article.document_key,
        rank=Rank(article.revision, article.extracted_at.timestamp()),
        title=article.title,
        outlet=article.outlet,
        origin=article.origin,
        published_at=article.published_at,
        seen_at=article.ingested_at,
        day=day,
        story=story,
        claims=tuple(map(_claim, article.claims, found, passages(article, reading))),
    )


def _claim(claim: Claim, found: ClaimFeatures, passage: frozenset[int]) -> ClaimRecord:
    return ClaimRecord(
        features=found,
        speaker=claim.speaker.name,
        speaker_id=claim.speaker.entity_id,
        kind=claim.kind,
        stance=claim.cue.stance if claim.cue else Stance.NEUTRAL,
        quantities=claim.quantities,
        via=claim.via,
        passage=passage,
    )
