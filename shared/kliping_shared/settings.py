"""Settings from the environment (``KLIPING_*``), read once by a composition root and passed on by value."""

from __future__ import annotations

import difflib
import hashlib
import os
import re
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict
from pydantic_settings import SettingsError as NotJson

from kliping_shared.errors import SettingsError

PREFIX = "KLIPING_"
#: Names below this prefix speak to our tests, not to a service.
TEST_PREFIX = "KLIPING_TEST_"
#: ``KLIPING_X_FILE`` names a file that holds ``KLIPING_X``, as container engines hand out secrets.
FILE_SUFFIX = "_FILE"


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
    opensearch_user: str | None = Field(default=None, description="User of OpenSearch, where it asks for one.")
    opensearch_password: SecretStr | None = Field(default=None, description="Its password.")
    opensearch_ca: Path | None = Field(
        default=None, description="File with the certificates that OpenSearch's is checked against; else the system's."
    )
    index_prefix: str = Field(
        default="kliping",
        pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$",
        description="What the names of all indices, aliases and templates in OpenSearch begin with.",
    )
    index_replicas: int = Field(default=0, ge=0, description="Copies of each OpenSearch index besides the first.")
    page_url: str = Field(
        default="http://127.0.0.1:8080",
        pattern=r"^https?://[^\s{}]+$",
        description="Kliping's page as people reach it: where links in Dashboards, mails and webhooks lead.",
    )
    timezone: str = Field(
        default="Asia/Jakarta",
        description="Time zone in which days begin and times are shown, as Asia/Jakarta, Asia/Makassar or UTC.",
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
    otlp_endpoint: str | None = Field(
        default=None,
        pattern=r"^(https?://[^/\s]+.*)?$",
        description="Where traces go by OTLP/HTTP, as http://collector:4318. Empty: none are made. Needs kliping[tracing].",
    )
    health_host: str = Field(default="127.0.0.1", description="Address of a service's /health and /metrics.")
    health_port: int = Field(
        default=0, ge=0, le=65535, description="Port of a service's /health and /metrics; 0 serves none."
    )
    consumer: str = Field(
        default_factory=socket.gethostname, description="Stable, unique name of this worker within its consumer group."
    )
    recover_after: float = Field(
        default=30.0, gt=0, description="Seconds without a sign of life after which a worker's messages go to another."
    )
    max_attempts: int = Field(default=4, ge=1, description="Runs of a message before it becomes a dead letter.")
    grace: float = Field(default=15.0, ge=0, description="Seconds that work in hand may still take after SIGTERM.")

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"{value!r} is no time zone: write it like Asia/Jakarta") from None
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.timezone)

    @property
    def broker_socket(self) -> Path:
        """Unix socket of the embedded broker; in the system's temporary folder when the data folder's path is too long."""
        return socket_path(self.data / "broker")

    @property
    def broker_url(self) -> str:
        """Where the streams are: the given Redis, else the embedded server's socket."""
        return self.redis_url or unix_url(self.broker_socket)

    @property
    def store_path(self) -> Path:
        """File of the embedded store."""
        return self.data / "store.sqlite"

    @property
    def ledger_path(self) -> Path:
        """File of ingest's ledger."""
        return self.data / "ledger.sqlite"


#: Bytes that a unix socket's path may have: 108 with the closing NUL on Linux, 104 on macOS.
SOCKET_PATH_BYTES = 103


def socket_path(folder: Path) -> Path:
    """Where a server below ``folder`` listens: in it, or under a short name of the same folder where that is too long."""
    path = folder.absolute() / "broker.sock"
    if len(os.fsencode(path)) <= SOCKET_PATH_BYTES:
        return path
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"kliping-{os.getuid()}-{name}" / "broker.sock"


def unix_url(path: Path) -> str:
    """``path`` as a URL that redis-py reads back unchanged, blanks and percent signs too."""
    return f"unix://{quote(str(path))}"


S = TypeVar("S", bound=Settings)


def known_names(kinds: tuple[type[Settings], ...]) -> set[str]:
    """The environment names that settings classes of these kinds read."""
    names = {f"{PREFIX}{name.upper()}" for kind in kinds for name in kind.model_fields}
    return names | {f"{name}{FILE_SUFFIX}" for name in names}


def refuse_unknown(environ: Mapping[str, str], known: set[str]) -> None:
    """Raise SettingsError for a ``KLIPING_*`` name nobody reads: a mistyped variable is otherwise ignored in silence."""
    for name in sorted(environ):
        if name.upper().startswith(TEST_PREFIX):
            continue
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), sorted(known), n=1)
            hint = f"; did you mean {near[0]}?" if near else "; see docs/reference/settings.md"
            raise SettingsError(f"unknown setting {name}{hint}")


def _from_files(kind: type[Settings]) -> dict[str, Any]:
    """Values out of the files that ``KLIPING_X_FILE`` names, read as the environment's are. Raises SettingsError."""
    source = EnvSettingsSource(kind)
    wanted = {f"{PREFIX}{field.upper()}{FILE_SUFFIX}" for field in kind.model_fields}
    named = {name.upper(): path for name, path in os.environ.items() if path and name.upper() in wanted}
    source.env_vars = {name.removesuffix(FILE_SUFFIX).lower(): _content(name, path) for name, path in named.items()}
    return source()


def _content(name: str, path: str) -> str:
    """What the file holds, without the line end that editors leave."""
    plain = name.removesuffix(FILE_SUFFIX)
    if plain in map(str.upper, os.environ):
        raise SettingsError(f"{plain} and {name} are both set: unset one of them")
    try:
        return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}: {path} cannot be read: {error}") from error


def load(kind: type[S], **overrides: object) -> S:
    """Read settings of ``kind`` from the environment and the files it names; ``overrides`` (not None) win.

    Raises SettingsError.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return kind(**(_from_files(kind) | given))
    except NotJson as error:
        field = re.search(r'field "(\w+)"', str(error))
        name = f"{PREFIX}{field[1].upper()}" if field else str(error)
        raise SettingsError(f"{name}: is not JSON: {error.__cause__}") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        from_file = name not in os.environ and f"{name}{FILE_SUFFIX}" in os.environ
        value = "in a file" if from_file else repr(os.environ.get(name, first.get("input")))
        raise SettingsError(f"{name}: {first['msg']} (given: {value})") from None
