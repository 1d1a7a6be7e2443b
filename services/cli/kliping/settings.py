"""Settings of ``kliping up`` and ``kliping setup``."""

from __future__ import annotations

import os

from pydantic import Field

from kliping_shared.settings import Settings


class UpSettings(Settings):
    """What ``kliping up`` may be told beside what every service may be told."""

    host: str = Field(default="127.0.0.1", description="Address of the page and the API.")
    port: int = Field(default=8080, ge=0, le=65535, description="Port of the page and the API; 0 takes a free one.")
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, le=64, description="Extract workers of `kliping up`."
    )


class SetupSettings(Settings):
    """What ``kliping setup`` may be told beside what every service may be told."""

    dashboards_url: str | None = Field(
        default=None,
        description="OpenSearch Dashboards, which gets Kliping's dashboards; asked as the user of OpenSearch. Empty: none.",
    )
