"""What all contracts have in common: frozen, tolerant readers, character spans."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Contract(BaseModel):
    """A frozen value that may cross a stream as JSON.

    Readers ignore fields they do not know, so a new optional field is a compatible change;
    anything else is a new major version (docs/decisions/0002-contracts-and-versions.md).
    """

    model_config = ConfigDict(frozen=True, extra="ignore")


class Span(Contract):
    """Half-open range of characters (Python ``str`` indices) in ``Article.text``."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"empty span {self.start}-{self.end}")
        return self

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]
