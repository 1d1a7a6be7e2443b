"""Settings from the environment (``KLIPING_*``), read once by a composition root and passed on by value."""

from __future__ import annotations

import difflib
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from kliping_shared.errors import SettingsError

PREFIX = "KLIPING_"


class Settings(BaseSettings):
    """What every service may be told. A service adds its own fields in a subclass with the same prefix."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    redis_url: str | None = Field(
        default=None,
        description="Redis or Valkey (redis://, rediss:// or unix://). Empty: the embedded server below the data folder.",
    )
    opensearch_url: str | None = Field(
        default=None, description="OpenSearch. Empty: the embedded store below the data folder."
    )
    inbox: Path = Field(default=Path("inbox"), description="The watched folder.")
    data: Path = Field(
        default=Path(".kliping"), description="Folder for the ledger, the embedded store and the embedded broker."
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="Log lines for people or for programs."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least severe line that is logged."
    )
    health_host: str = Field(default="127.0.0.1", description="Address of a service's /health and /metrics.")
    health_port: int = Field(
        default=0, ge=0, le=65535, description="Port of a service's /health and /metrics; 0 serves none."
    )
    consumer: str = Field(
        default_factory=socket.gethostname, description="Stable, unique name of this worker within its consumer group."
    )

    @property
    def broker_socket(self) -> Path:
        """Unix socket of the embedded broker."""
        return self.data / "broker" / "broker.sock"

    @property
    def broker_url(self) -> str:
        """Where the streams are: the given Redis, else the embedded server's socket."""
        return self.redis_url or f"unix://{self.broker_socket.absolute()}"

    @property
    def store_path(self) -> Path:
        """File of the embedded store."""
        return self.data / "store.sqlite"

    @property
    def ledger_path(self) -> Path:
        """File of ingest's ledger."""
        return self.data / "ledger.sqlite"


S = TypeVar("S", bound=Settings)


def known_names(kinds: tuple[type[Settings], ...]) -> set[str]:
    """The environment names that settings classes of these kinds read."""
    return {f"{PREFIX}{name.upper()}" for kind in kinds for name in kind.model_fields}


def refuse_unknown(environ: Mapping[str, str], known: set[str]) -> None:
    """Raise SettingsError for a ``KLIPING_*`` name nobody reads: a mistyped variable is otherwise ignored in silence."""
    for name in sorted(environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), sorted(known), n=1)
            hint = f"; did you mean {near[0]}?" if near else "; see docs/reference/settings.md"
            raise SettingsError(f"unknown setting {name}{hint}")


def load(kind: type[S], **overrides: object) -> S:
    """Read settings of ``kind`` from the environment; ``overrides`` (not None) win. Raises SettingsError."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return kind(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"{name}: {first['msg']} (given: {os.environ.get(name, first.get('input'))!r})") from error
