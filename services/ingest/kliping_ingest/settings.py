"""What ingest may be told (environment names ``KLIPING_…``, see docs/reference/settings.md)."""

from __future__ import annotations

from pydantic import Field, field_validator

from kliping_ingest.domain.limits import MIB, Limits
from kliping_ingest.readers.fields import FIELDS
from kliping_shared.settings import Settings

__all__ = ["IngestSettings"]


class IngestSettings(Settings):
    """Settings of the folder service."""

    ingest_max_file_bytes: int = Field(
        default=20 * MIB, gt=0, description="The largest file, and member of an archive, that is read, in bytes."
    )
    ingest_archive_depth: int = Field(
        default=2, ge=0, description="How deep archives may lie in archives; 1 reads only archives of plain files."
    )
    ingest_max_expanded_bytes: int = Field(
        default=200 * MIB, gt=0, description="The most that one archive may unpack to, in bytes."
    )
    ingest_max_expanded_ratio: int = Field(
        default=100, gt=1, description="The most that one archive may unpack to, as a multiple of its size."
    )
    ingest_max_records: int = Field(default=10_000, gt=0, description="The most articles that one file may hold.")
    ingest_json_fields: dict[str, list[str]] = Field(
        default_factory=dict,
        description='Further JSON field names, tried first, as JSON: {"text": ["isi.lengkap"], "title": ["kop"]}.',
    )
    ingest_batch: int = Field(default=100, ge=1, le=1000, description="Files that are read and published at once.")
    ingest_backlog_limit: int = Field(
        default=1000, ge=1, description="Files wait while the slowest stage has this many articles before it."
    )
    ingest_quiet_seconds: float = Field(
        default=0.02, ge=0, description="How long a file whose writer closed it must stay unchanged to be read."
    )
    ingest_stable_seconds: float = Field(
        default=2.0, gt=0, description="The same where it cannot be seen whether a writer still has the file open."
    )
    ingest_settle_seconds: float = Field(
        default=1.0,
        ge=0,
        description="How old a file's last change must be for it to be moved away: what is added until then still counts.",
    )
    ingest_read_seconds: float = Field(
        default=60.0, gt=0, description="How long a file of a complex format may take to be read; it is rejected then."
    )
    ingest_rescan_seconds: float = Field(
        default=10.0, gt=0, description="How often the folder is looked through for files that no event told of."
    )
    ingest_poll_seconds: float = Field(
        default=1.0, gt=0, description="The same on file systems without events (network mounts)."
    )
    ingest_watch: bool = Field(default=True, description="Use file events where there are any; false: only polling.")

    @field_validator("ingest_json_fields")
    @classmethod
    def _known_fields(cls, value: dict[str, list[str]]) -> dict[str, list[str]]:
        if unknown := sorted(set(value) - set(FIELDS)):
            raise ValueError(f"unknown article field {unknown[0]!r}; known: {', '.join(FIELDS)}")
        return value

    @property
    def limits(self) -> Limits:
        """Limits of one file."""
        return Limits(
            file_bytes=self.ingest_max_file_bytes,
            archive_depth=self.ingest_archive_depth,
            expanded_bytes=self.ingest_max_expanded_bytes,
            expanded_ratio=self.ingest_max_expanded_ratio,
            records=self.ingest_max_records,
            json_fields={field: tuple(names) for field, names in self.ingest_json_fields.items()},
        )
