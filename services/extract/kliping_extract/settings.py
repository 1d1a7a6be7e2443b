"""What extract may be told: only what every service may be told."""

from __future__ import annotations

from kliping_shared.settings import Settings


class ExtractSettings(Settings):
    """Settings of the extract service."""
