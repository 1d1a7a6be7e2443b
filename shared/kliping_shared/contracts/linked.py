"""``kliping.linked.v1``: an enriched article in its story, its claims in their groups."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from kliping_shared.contracts.base import Contract
from kliping_shared.contracts.enriched import Claim, ClaimKind, EnrichedArticle, Quantity, Stance


class LinkedClaim(Claim):
    """A claim and the group of claims that say the same."""

    group_id: str


class GroupMember(Contract):
    """One wording of a group's claim, with what a reader needs to compare it."""

    claim_id: str
    article_id: str
    outlet: str | None = None
    origin: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    speaker: str
    speaker_id: str | None = None
    kind: ClaimKind
    stance: Stance = Stance.NEUTRAL
    text: str
    quantities: tuple[Quantity, ...] = ()


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
    differing_numbers: tuple[str, ...] = Field(
        default=(), description="Numbers in which the wordings differ, as written."
    )
    first_seen: datetime | None = None
    last_seen: datetime | None = None


class StoryMember(Contract):
    """One article of a story."""

    article_id: str
    title: str | None = None
    outlet: str | None = None
    origin: str | None = None
    published_at: datetime | None = None
    copy_of: str | None = Field(default=None, description="Article id of the near-identical text that it repeats.")


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
