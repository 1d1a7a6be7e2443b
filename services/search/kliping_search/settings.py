"""Settings of the search service."""

from __future__ import annotations

from pydantic import Field

from kliping_shared.settings import Settings


class SearchSettings(Settings):
    """What the page and the API may be told."""

    host: str = Field(default="127.0.0.1", description="Address of the page and the API.")
    port: int = Field(default=8080, ge=0, le=65535, description="Port of the page and the API; 0 takes a free one.")
    search_timeout: float = Field(default=10.0, gt=0, description="Seconds after which a query is given up.")
