"""Settings of the search service."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, SecretStr, field_validator

from kliping_shared.keys import ROLES, Role
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
    api_keys: Path | None = Field(
        default=None,
        description="File of keys (`kliping key`) of people and programs. Empty: `api-keys.json` in the data folder. Where "
        "there is a key or a token everybody needs one; where `KLIPING_HOST` or `KLIPING_ALLOWED_HOSTS` let other machines "
        "in there must be one.",
    )
    api_token: SecretStr | None = Field(
        default=None, description="One more key, with the role admin: for deployments that hand out secrets."
    )
    trust_proxy_user_header: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9-]*$",
        description="Header in which a reverse proxy that people sign in to says who they are, as X-Forwarded-User.",
    )
    trust_proxy_groups_header: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9-]*$",
        description="Header in which it says which groups they are in, with commas between, as X-Forwarded-Groups.",
    )
    trust_proxy_roles: str = Field(
        default="*=read",
        description="What the groups may do, as desk=correct,chiefs=admin,*=read; `*`: whoever is signed in.",
    )
    trust_proxy_addresses: str = Field(
        default="127.0.0.1,::1",
        description="Addresses and networks of the proxies that are believed, with commas between.",
    )
    search_timeout: float = Field(default=10.0, gt=0, description="Seconds after which a query is given up.")

    request_timeout: float = Field(
        default=60.0, gt=0, description="Seconds after which a request is given up that has not begun to be answered."
    )
    rate_limit: str = Field(
        default="1200/minute",
        pattern=r"^[1-9][0-9]*/([1-9][0-9]*)?(second|minute|hour|day)$",
        description="How often each person may ask the page and the API together, as 1200/minute. Where nobody is asked who "
        "he is nobody counts.",
    )
    inbox_name: str | None = Field(default=None, description="What the page calls the inbox; else by its path.")
    ledger: Path | None = Field(
        default=None, description="Ingest's ledger, where it is not in the data folder: a file ledger.sqlite."
    )
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

    @field_validator("trust_proxy_roles")
    @classmethod
    def _are_roles(cls, value: str) -> str:
        _roles(value)
        return value

    @property
    def proxy_roles(self) -> Mapping[str, Role]:
        """Role of each group that a proxy may name."""
        return _roles(self.trust_proxy_roles)

    @property
    def keys_path(self) -> Path:
        """File of the keys."""
        return self.api_keys or self.data / "api-keys.json"

    @property
    def own_machine(self) -> bool:
        """Whether nobody beyond this machine reaches the page: under another name people come by a proxy, from anywhere."""
        return {self.host, *self.trusted_hosts} <= set(LOOPBACK)

    @property
    def trusted_hosts(self) -> tuple[str, ...]:
        """``allowed_hosts`` as names; what holds where it is empty."""
        if names := _names(self.allowed_hosts):
            return names
        return LOOPBACK if self.host in LOOPBACK else ("*",)


def _names(listed: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (listed or "").split(",") if name.strip())


def _roles(told: str) -> Mapping[str, Role]:
    """``group=role`` with commas between. Raises ValueError."""
    pairs = [pair.strip().partition("=") for pair in told.split(",") if pair.strip()]
    roles = {group.strip(): role for group, _, given in pairs for role in ROLES if role == given.strip()}
    if len(roles) != len(pairs) or "" in roles:
        raise ValueError(f"write it like desk=correct,*=read; the roles are {', '.join(ROLES)}")
    return roles
