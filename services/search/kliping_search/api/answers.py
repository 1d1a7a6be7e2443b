"""What the API answers when one document is asked for, as its clients are told (OpenAPI)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import BaseModel, Field

from kliping_search.domain.drift import Change
from kliping_search.domain.matrix import Stand
from kliping_shared.contracts import Difference, GroupMember, Particular, StoryMember
from kliping_shared.store.documents import (
    ArticleDocument,
    ClaimDocument,
    Document,
    GroupDocument,
    Kind,
    StoryDocument,
)


class ShownPiece(BaseModel):
    """A stretch of a wording. The ``text`` of all pieces, joined, is the wording, character by character."""

    text: str = Field(description="The wording's own; empty where something is missing.")
    change: Change
    first: str = Field(description="What the wording shown first has here; empty where the same, or added.")
    telling: bool = Field(description="Whether it has, or misses, a number or a name that the other has nowhere.")


class ShownDrift(BaseModel):
    """A wording compared with the one shown first, word by word."""

    quotes: bool = Field(description="Whether both are quotes: a difference is one between what two outlets heard.")
    close: bool = Field(description="Whether most words are the same; else it is told in other words.")
    same: float = Field(description="Share of the words of both that are the same in the same order, 0 to 1.")
    pieces: list[ShownPiece]


class ShownWording(GroupMember):
    """A wording of the group's claim."""

    drift: ShownDrift | None = Field(description="None for the wording that is shown first.")


class StoryLink(BaseModel):
    """A story that claims of the group are part of."""

    story_id: str
    title: str
    article_count: int
    outlet_count: int
    first_seen: str | None
    last_seen: str | None


class ShownGroup(GroupDocument):
    """A group with its wordings compared, and the stories that it is part of."""

    differences: list[Difference]  # type: ignore[assignment]  # the document's are the same, as JSON
    wordings: list[ShownWording]  # type: ignore[assignment]
    stories: list[StoryLink]


class GroupSummary(BaseModel):
    """A group of claims of a story; ``/groups/{group_id}`` has its wordings."""

    group_id: str
    text: str
    speaker: list[str]
    outlet: list[str]
    origin: list[str]
    kind: list[str]
    outlet_count: int
    origin_count: int
    claim_count: int
    agreement: str
    differs: list[str]
    differences: list[Difference]
    first_seen: str | None
    last_seen: str | None


class StoryClaims(BaseModel):
    """All groups of a story's claims by how outlets stand to them, those that most outlets carry first."""

    disputed: list[GroupSummary] = Field(description="Wordings of different outlets contradict each other.")
    agreed: list[GroupSummary] = Field(description="Several independent origins, none of which contradicts another.")
    copied: list[GroupSummary] = Field(description="Several outlets, all of them from one origin.")
    single_source: list[GroupSummary] = Field(description="One outlet alone has it.")


class ToldValue(BaseModel):
    """What an outlet gives of a particular in which outlets differ."""

    particular: Particular
    thing: str | None = Field(description="What is counted or measured, as written.")
    value: str
    usual: bool = Field(description="Whether more outlets give it than any other value.")


class MatrixCell(BaseModel):
    """How an outlet stands to a claim."""

    outlet: str
    stand: Stand
    claim_id: str | None = Field(description="Its wording; null where it is silent.")
    told: list[ToldValue]


class MatrixRow(BaseModel):
    """A claim that several outlets of the story carry, with a cell for each of `outlets`."""

    group_id: str
    text: str
    speaker: list[str]
    agreement: str
    cells: list[MatrixCell]


class StoryMatrix(BaseModel):
    """The story's claims by its outlets."""

    outlets: list[str] = Field(description="Those that carry most first; an article without an outlet has its id here.")
    names: dict[str, str] = Field(description="Names of `outlets`, empty where an article names none.")
    rows: list[MatrixRow] = Field(description="The most carried first.")
    alone: dict[str, int] = Field(description="How many of the story's claims each outlet has by itself.")


class ShownStory(StoryDocument):
    """A story with its claims."""

    articles: list[StoryMember]  # type: ignore[assignment]  # the document's are the same, as JSON
    claims: StoryClaims
    matrix: StoryMatrix


ANSWERS: Final[Mapping[Kind, type[Document]]] = {
    "articles": ArticleDocument,
    "claims": ClaimDocument,
    "groups": ShownGroup,
    "stories": ShownStory,
}
