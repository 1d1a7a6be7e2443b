"""A watch: a saved search, and where it is told that something new is found by it."""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from kliping_shared.contracts import Contract
from kliping_shared.notices import Notice
from kliping_shared.store.documents import Kind
from kliping_shared.store.ports import SearchRequest

Channel = Literal["webhook", "mail"]
CHANNELS: Final[tuple[Channel, ...]] = ("webhook", "mail")
#: Characters of a watch's name.
LONGEST_NAME: Final = 200

#: What a webhook's secret begins with (Standard Webhooks); base64 follows.
SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - a prefix
_SECRET_BYTES: Final = 24
#: One address without a display name; nothing that could begin another header.
_ADDRESS: Final = re.compile(r"[^@\s<>,;:\"\x00-\x1f]+@[^@\s<>,;:\"\x00-\x1f]+\.[^@\s<>,;:\"\x00-\x1f]+")


class Search(Contract):
    """What is watched for: the fields of ``SearchRequest`` that say what is found."""

    kind: Kind = "claims"
    query: str = Field(default="", max_length=1000)
    filters: Mapping[str, tuple[str, ...]] = Field(default={})
    excluded: Mapping[str, tuple[str, ...]] = Field(default={})
    date_from: str | None = None
    date_to: str | None = None

    @classmethod
    def of(cls, request: SearchRequest) -> Self:
        """The same search as it is kept."""
        return cls(**{name: getattr(request, name) for name in cls.model_fields})

    def request(self) -> SearchRequest:
        """The same search as a store takes it, newest first."""
        return SearchRequest(**{name: getattr(self, name) for name in Search.model_fields}, sort="newest")


class Webhook(Contract):
    """An address that is sent each alert by POST, signed with the secret (standardwebhooks.com)."""

    url: str = Field(max_length=2000)
    secret: str = Field(default_factory=lambda: new_secret(), pattern=rf"^{SECRET_PREFIX}[A-Za-z0-9+/=]+$")

    @property
    def host(self) -> str:
        """Where it leads, as it may be shown to everybody: the rest of the address may hold a secret."""
        return urlsplit(self.url).netloc

    @field_validator("url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        return checked_url(value)


class Mail(Contract):
    """Where alerts are mailed: each at once, or all of some minutes in one mail."""

    to: str = Field(max_length=254)
    every_minutes: int = Field(default=0, ge=0, le=7 * 24 * 60, description="0: at once.")

    @field_validator("to")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if not _ADDRESS.fullmatch(value.strip()):
            raise ValueError(Notice("{value!r} is no e-mail address", value=value))
        return value.strip()


class Watch(Contract):
    """A saved search that is asked of everything that arrives while it is ``active``."""

    watch_id: str
    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    search: Search
    webhook: Webhook | None = None
    mail: Mail | None = None
    active: bool = True
    created_at: datetime
    by: str | None = Field(default=None, max_length=200, description="Who made it.")

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Where it is told."""
        return tuple(channel for channel in CHANNELS if getattr(self, channel) is not None)

    def waits(self, channel: Channel) -> float:
        """Seconds that alerts are gathered before the channel is told."""
        return self.mail.every_minutes * 60.0 if channel == "mail" and self.mail else 0.0


class WrittenOut(Watch, extra="ignore"):
    """A watch as the commands write it out, with how it fares; what is not told of a webhook's secret is made anew."""

    watch_id: str = Field(pattern="^w[0-9a-z]+$")

    def watch(self) -> Watch:
        """The watch itself."""
        return Watch(**dict(self))


def new_id() -> str:
    """The id of a new watch."""
    return "w" + secrets.token_hex(8)


def new_secret() -> str:
    """The secret of a new webhook."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def checked_url(value: str) -> str:
    """The address of a webhook. Raises ValueError for what is none, or holds a password (it would be shown)."""
    value = value.strip()
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise ValueError(Notice("{value!r} is no address", value=value)) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or any(char.isspace() for char in value):
        raise ValueError(Notice("{value!r} is no address like https://desk.example/hook", value=value))
    if parts.username or parts.password:
        raise ValueError(Notice("an address must hold no user and password: the alerts are signed instead"))
    return value
