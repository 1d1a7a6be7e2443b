"""What is told of a part of a file."""

from __future__ import annotations

from dataclasses import dataclass

from kliping_shared.errors import RejectedFile


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """One record of several that could not be read; ``record`` names it within the inbox (``file.jsonl#3``)."""

    record: str
    code: str
    message: str
    hint: str

    @classmethod
    def of(cls, record: str, error: RejectedFile) -> RejectedRecord:
        """The record's part of what was raised for it."""
        return cls(record, error.code, error.message, error.hint)
