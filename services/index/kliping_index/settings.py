"""What index may be told (environment names ``KLIPING_…``, see docs/reference/settings.md)."""

from __future__ import annotations

from pydantic import Field

from kliping_shared.settings import Settings

__all__ = ["IndexSettings"]


class IndexSettings(Settings):
    """Settings of the index service."""

    index_batch: int = Field(
        default=64,
        ge=1,
        le=1000,
        description="Articles written to the store at once, when so many wait; one alone is written at once.",
    )
