"""``kliping.linked.v1``: an enriched article in its story, its claims in their groups."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from kliping_shared.contracts.base import Contract
from kliping_shared.contracts.enriched import Claim, ClaimKind, EnrichedArticle, Quantity, Stance


class LinkedClaim(Claim):
    """A claim and the group of claims that say the same."""

    group_id: str


class Particular(StrEnum):
    """What two wordings of one claim can tell otherwise."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    NAME = "name"
    POLARITY = "polarity"
    SCOPE = "scope"


class Variant(Contract):
    """One of the values that a group's wordings give of one particular, and who gives it."""

    value: str = Field(
        description="As a reader sees it: the number as written, the day (YYYY-MM-DD; of several the first and the "
        "last), the name, `said` or `denied`, the word that says how far it holds."
    )
    claim_ids: tuple[str, ...] = Field(min_length=1)
    outlets: tuple[str, ...] = Field(default=(), description="Their outlets, sorted; an article may name none.")


class Difference(Contract):
    """One particular that a group's wordings tell otherwise. A wording that leaves it out is in no variant."""

    particular: Particular
    thing: str | None = Field(default=None, description="What is counted or measured, as written.")
    variants: tuple[Variant, ...] = Field(min_length=2, description="Those that most outlets give first.")
    alone: tuple[str, ...] = Field(
        default=(), description="Outlets that stand alone with their value against two or more others that agree."
    )


class Match(Contract):
    """Why a wording is in its group: the other article's wording that it is closest to, and what both share."""

    claim_id: str
    score: float = Field(ge=0, le=1, description="How likely it is that both say the same.")
    source: str = Field(
        description="What makes both one source ('same speaker', 'a body and who speaks for it'), or that nothing does: "
        "'speakers that may be one', 'merged by hand'."
    )
    terms: tuple[str, ...] = Field(default=(), description="Words and names in common, those that tell most first.")
    same: tuple[str, ...] = Field(default=(), description="Numbers and days in common, as written.")
    differs: tuple[Particular, ...] = ()


class GroupMember(Contract):
    """One wording of a group's claim, with what a reader needs to compare it."""

    claim_id: str
    article_id: str
    outlet: str | None = None
    origin: str | None = None
    via: str | None = Field(default=None, description="Who relayed the claim, where its article names one.")
    independent_origin: str | None = Field(default=None, description="The one of the group's origins it counts for.")
    title: str | None = None
    published_at: datetime | None = None
    speaker: str
    speaker_id: str | None = None
    kind: ClaimKind
    stance: Stance = Stance.NEUTRAL
    text: str
    quantities: tuple[Quantity, ...] = ()
    match: Match | None = Field(default=None, description="None where it is alone in its group.")


class ClaimGroup(Contract):
    """Claims of one source that say the same thing, whole: every member, as of ``version``.

    ``group_id`` follows from the members alone, never from the order in which they came.
    """

    group_id: str
    version: int = Field(description="Grows with every change of the link state; the highest version wins.")
    speaker: str
    members: tuple[GroupMember, ...] = Field(min_length=1)
    outlets: tuple[str, ...] = ()
    origins: tuple[str, ...] = Field(
        default=(), description="Independent origins: the agency where one is named, else the outlet."
    )
    differences: tuple[Difference, ...] = Field(default=(), description="What the wordings tell otherwise.")
    first_seen: datetime | None = None
    last_seen: datetime | None = None


class StoryMember(Contract):
    """One article of a story."""

    article_id: str
    title: str | None = None
    outlet: str | None = None
    origin: str | None = None
    independent_origin: str | None = Field(default=None, description="The one of the story's origins it counts for.")
    published_at: datetime | None = None
    copy_of: str | None = Field(default=None, description="Article id of the near-identical text that it repeats.")
    shared: float | None = Field(
        default=None, ge=0, le=1, description="Share of the shorter of the two texts' five-word sequences in both."
    )


class Story(Contract):
    """Articles on one event, whole, as of ``version``."""

    story_id: str
    version: int
    title: str
    members: tuple[StoryMember, ...] = Field(min_length=1)
    outlets: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    actors: tuple[str, ...] = Field(default=(), description="Names of the entities that most of its articles share.")
    first_seen: datetime | None = None
    last_seen: datetime | None = None


class LinkedArticle(EnrichedArticle):
    """An enriched article with its links, and every group and story that its arrival changed."""

    contract: str = Field(default="linked/1", description="Which contract wrote this, and its major version.")
    claims: tuple[LinkedClaim, ...] = ()
    story_id: str
    version: int = Field(description="Version of the link state that this message reflects.")
    groups: tuple[ClaimGroup, ...] = Field(default=(), description="Groups that were made or changed, whole.")
    stories: tuple[Story, ...] = ()
    retired_groups: tuple[str, ...] = Field(
        default=(), description="Ids of groups that no longer exist (merged or emptied)."
    )
    retired_stories: tuple[str, ...] = ()
    linked_at: datetime
