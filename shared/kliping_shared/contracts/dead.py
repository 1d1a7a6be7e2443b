"""``kliping.dead.v1``: a message that could not be handled, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from kliping_shared.contracts.base import Contract


class DeadLetter(Contract):
    """One dead letter. In the stream it is the original entry's fields plus the fields below prefixed with ``x-``."""

    contract: Literal["dead/1"] = "dead/1"
    letter_id: str = Field(description="Id in the dead letter stream.")
    article_id: str | None = Field(default=None, description="The article concerned, where the entry says so.")
    stream: str = Field(description="Where the message came from, and where replaying puts it back.")
    entry_id: str
    group: str = Field(description="The stage that could not handle it.")
    consumer: str = Field(description="The worker that gave up.")
    at: datetime | None = None
    attempts: int
    reason: str = Field(
        description="invalid (not readable as its contract), permanent (the handler said so), "
        "attempts (failed too often), crashed (its workers died)."
    )
    error: str = Field(description="Class of the error.")
    message: str
    where: str = Field(default="", description="file:line in function that raised it.")
    data: str = Field(default="", description="The message's JSON as it was.")
    fields: dict[str, str] = Field(default={}, description="Other fields of the original entry.")
