"""What link may be told (environment names ``KLIPING_…``, see docs/reference/settings.md)."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from kliping_shared.settings import Settings

__all__ = ["LinkSettings"]


class LinkSettings(Settings):
    """Settings of the link service."""

    link_retention_days: int = Field(
        default=60,
        ge=8,
        description="How long the link state keeps an article after anything was last grouped with it. Later articles "
        "form new groups; what is searchable stays as it is.",
    )

    @property
    def link_retention(self) -> timedelta:
        """``link_retention_days`` as a duration."""
        return timedelta(days=self.link_retention_days)
