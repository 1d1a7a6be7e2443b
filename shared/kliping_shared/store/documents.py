"""Documents as they are searched: flat, one per article, claim, group and story.

Flat, because OpenSearch Dashboards cannot aggregate nested fields. Field names are those of the contracts.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["articles", "claims", "groups", "stories"]
KINDS: tuple[Kind, ...] = ("articles", "claims", "groups", "stories")


class Document(BaseModel):
    """What all kinds share. ``published_at`` is ISO 8601 with offset, ``published_on`` its local day (YYYY-MM-DD)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    published_at: str | None = None
    published_on: str | None = None
    published_month: str | None = None
    story_id: str | None = None


class ArticleDocument(Document):
    """An article; list fields are facets. ``body`` holds the whole article for the reading view and is not searched.

    ``text`` is the unaltered article. ``zones`` ({"kind", "start", "end"} into it) say what is searched: all but title
    (searched as ``title``) and boilerplate; without zones the whole text is.
    """

    article_id: str
    document_key: str
    title: str
    text: str
    zones: list[dict[str, Any]] = Field(default_factory=list)
    outlet: str | None = None
    origin: str | None = None
    author: str | None = None
    dateline_place: str | None = None
    date_source: str | None = None
    language: str | None = None
    url: str | None = None
    path: str
    paths: list[str] = Field(default_factory=list)
    copy_of: str | None = None
    person: list[str] = Field(default_factory=list)
    org: list[str] = Field(default_factory=list)
    place: list[str] = Field(default_factory=list)
    speaker: list[str] = Field(default_factory=list)
    claim_count: int = 0
    story_title: str | None = None
    ingested_at: str
    extracted_at: str
    linked_at: str
    extractor: str
    body: dict[str, Any] = Field(default_factory=dict, description="The LinkedArticle as JSON, for the reading view.")


class ClaimDocument(Document):
    """One attributed claim with what is needed to read, filter and group it."""

    claim_id: str
    article_id: str
    group_id: str
    text: str
    kind: str
    speaker: str
    speaker_id: str | None = None
    resolved_from: str
    role: str | None = None
    affiliation: str | None = None
    cue: str | None = None
    stance: str
    modality: str = "asserted"
    negated: str = Field(default="no", description="Whether the speaker denies it: yes or no.")
    public: str | None = Field(default=None, description="Whether the speaker is a public one: yes or no.")
    via: str | None = None
    said_on: str | None = None
    title: str
    outlet: str | None = None
    origin: str | None = None
    path: str
    sentence: str
    start: int
    end: int
    person: list[str] = Field(default_factory=list)
    org: list[str] = Field(default_factory=list)
    place: list[str] = Field(default_factory=list)
    confidence: float = 1.0
    rule: str = ""
    extractor: str = ""
    outlet_count: int = Field(default=1, description="Outlets that carry the claim's group.")
    origin_count: int = Field(default=1, description="Independent origins of the claim's group.")
    agreement: str = Field(default="single_source", description="How the outlets agree on it: its group's.")
    differs: list[str] = Field(default_factory=list, description="What the group's wordings tell otherwise.")
    differing_numbers: list[str] = Field(
        default_factory=list, description="Numbers in which the group's wordings differ."
    )
    story_title: str | None = None


class GroupDocument(Document):
    """Claims that say the same. ``text`` is the wording to show first, ``wordings`` are all, by member.

    ``published_at`` is when it was first seen.
    """

    group_id: str
    text: str
    speaker: list[str] = Field(default_factory=list)
    outlet: list[str] = Field(default_factory=list)
    origin: list[str] = Field(default_factory=list)
    kind: list[str] = Field(default_factory=list)
    stance: list[str] = Field(default_factory=list)
    outlet_count: int = 1
    origin_count: int = 1
    claim_count: int = 1
    agreement: str = Field(
        default="single_source",
        description="single_source: one outlet has it. copied: several, of one independent origin. disputed: wordings "
        "of different outlets contradict each other. agreed: several origins, none of which contradicts another.",
    )
    differs: list[str] = Field(default_factory=list, description="What the wordings tell otherwise: particulars.")
    differences: list[dict[str, Any]] = Field(default_factory=list, description="Difference objects as JSON.")
    differing_numbers: list[str] = Field(default_factory=list, description="Numbers in which the wordings differ.")
    first_seen: str | None = None
    last_seen: str | None = None
    wordings: list[dict[str, Any]] = Field(default_factory=list, description="GroupMember objects as JSON.")


class StoryDocument(Document):
    """Articles on one event. ``text`` holds the titles of its articles, a line each."""

    story_id: str
    title: str
    text: str = ""
    person: list[str] = Field(default_factory=list)
    outlet: list[str] = Field(default_factory=list)
    origin: list[str] = Field(default_factory=list)
    outlet_count: int = 1
    origin_count: int = 1
    article_count: int = 1
    first_seen: str | None = None
    last_seen: str | None = None
    articles: list[dict[str, Any]] = Field(default_factory=list, description="StoryMember objects as JSON.")


DOCUMENT_OF: dict[Kind, type[Document]] = {
    "articles": ArticleDocument,
    "claims": ClaimDocument,
    "groups": GroupDocument,
    "stories": StoryDocument,
}
