"""``kliping.article.v1``: one article as it was read from a file, its text unaltered."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from kliping_shared.contracts.base import Contract, Span


class ZoneKind(StrEnum):
    """What a stretch of an article's text is; only ``title`` and ``body`` are news prose."""

    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    BODY = "body"
    BOILERPLATE = "boilerplate"
    SOURCE_NOTE = "source_note"


class Zone(Span):
    """A stretch of text of one kind. Zones are sorted, do not overlap, and leave only blanks uncovered."""

    kind: ZoneKind


class DateSource(StrEnum):
    """Where ``published_at`` was taken from, the most reliable first."""

    METADATA = "metadata"
    DATELINE = "dateline"
    TEXT = "text"
    DROP_TIME = "drop_time"


class Article(Contract):
    """One article: the decoded text of a file (or of one record in it) and what the file says about it.

    ``text`` is never altered after this: every zone, mention and claim points into it.
    """

    contract: str = Field(default="article/1", description="Which contract wrote this, and its major version.")
    article_id: str = Field(
        description="Names the text: a hash of the normalised text, so the same text twice is one article."
    )
    document_key: str = Field(description="Names what the text is a version of: its URL or id, else its path lineage.")
    revision: int = Field(
        default=1,
        ge=1,
        description="Grows each time this article is published anew (another path, a newer version of its document).",
    )
    supersedes: tuple[str, ...] = Field(
        default=(), description="The article ids that this version of the document replaces."
    )
    text: str = Field(min_length=1)
    zones: tuple[Zone, ...] = ()
    title: str | None = None
    outlet: str | None = Field(default=None, description="Who published it, as the article or its metadata names it.")
    author: str | None = None
    dateline_place: str | None = None
    origin: str | None = Field(
        default=None, description="Agency or outlet that the text was taken from, None when it is the outlet's own."
    )
    published_at: datetime | None = Field(
        default=None, description="With offset. Midnight of the day (WIB) where only a day is known."
    )
    date_source: DateSource | None = None
    language: str | None = Field(default=None, description="ISO 639-1 code, None when it could not be told.")
    url: str | None = None
    path: str = Field(
        description="Path of the file below the inbox, with a '#record' suffix for one record of several."
    )
    also_at: tuple[str, ...] = Field(default=(), description="Other paths under which the same text was dropped.")
    media_type: str
    file_sha256: str
    ingested_at: datetime
    notes: tuple[str, ...] = Field(
        default=(), description="What reading had to mend or could not tell, one sentence each."
    )
