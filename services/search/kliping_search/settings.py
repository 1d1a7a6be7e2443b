"""Settings of the search service."""

from __future__ import annotations

from pydantic import Field

from kliping_shared.settings import Settings

#: Names of this machine that lead to nobody else's.
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


class SearchSettings(Settings):
    """What the page and the API may be told."""

    host: str = Field(default="127.0.0.1", description="Address of the page and the API.")
    port: int = Field(default=8080, ge=0, le=65535, description="Port of the page and the API; 0 takes a free one.")
    allowed_hosts: str | None = Field(
        default=None,
        description="Names under which the page may be asked for, with commas between; `*`: any. Empty: those of this "
        "machine where `KLIPING_HOST` is one of them, else any.",
    )
    search_timeout: float = Field(default=10.0, gt=0, description="Seconds after which a query is given up.")

    @property
    def trusted_hosts(self) -> tuple[str, ...]:
        """``allowed_hosts`` as names; what holds where it is empty."""
        if self.allowed_hosts:
            return tuple(name.strip() for name in self.allowed_hosts.split(","))
        return LOOPBACK if self.host in LOOPBACK else ("*",)
