"""Settings of the search service."""

from __future__ import annotations

import re

from pydantic import Field, SecretStr, field_validator

from kliping_shared.settings import Settings

#: Names of this machine that lead to nobody else's.
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
#: A host's name, a domain with all below it, an IPv6 address, or any at all.
_HOST = re.compile(r"\*|(\*\.)?[\w.-]+|\[[0-9a-fA-F:.]+\]|[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*")


class SearchSettings(Settings):
    """What the page and the API may be told."""

    host: str = Field(default="127.0.0.1", description="Address of the page and the API.")
    port: int = Field(default=8080, ge=0, le=65535, description="Port of the page and the API; 0 takes a free one.")
    allowed_hosts: str | None = Field(
        default=None,
        description="Names under which the page may be asked for, with commas between; `*`: any. Empty: those of this "
        "machine where `KLIPING_HOST` is one of them, else any.",
    )
    api_token: SecretStr | None = Field(
        default=None,
        description="What the API is to be sent as bearer token with every change (corrections, aliases). Empty: where "
        "`KLIPING_HOST` and `KLIPING_ALLOWED_HOSTS` are names of this machine everybody on it may make changes, else "
        "nobody by the API.",
    )
    search_timeout: float = Field(default=10.0, gt=0, description="Seconds after which a query is given up.")

    largest_upload: int = Field(
        default=100 * 2**20, gt=0, description="Bytes that one upload may have, all of its files together."
    )

    @field_validator("allowed_hosts")
    @classmethod
    def _are_names(cls, value: str | None) -> str | None:
        for name in _names(value):
            if not _HOST.fullmatch(name):
                raise ValueError(
                    f"{name!r} is no name of a host: write it like kliping.example, without https:// and port"
                )
        return value

    @property
    def trusted_hosts(self) -> tuple[str, ...]:
        """``allowed_hosts`` as names; what holds where it is empty."""
        if names := _names(self.allowed_hosts):
            return names
        return LOOPBACK if self.host in LOOPBACK else ("*",)


def _names(listed: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (listed or "").split(",") if name.strip())
