"""Keys of the API: who has one, and what he may do with it.

A file keeps their digests only. The keys are random, so one round of SHA-256 is enough: nobody guesses them.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kliping_shared.errors import SettingsError

#: What a person may do: read everything; change things, too; change what Kliping itself is told, too.
Role = Literal["read", "correct", "admin"]
ROLES: Final[tuple[Role, ...]] = ("read", "correct", "admin")

#: Every key begins so, and is known for what it is where it should not be.
PREFIX: Final = "kliping_"

Name = Annotated[str, Field(pattern=r"^[\w.@+-]{1,100}$")]


class Key(BaseModel):
    """A key as the file keeps it. The name is noted with whatever is done with the key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    role: Role
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    made_at: datetime


_KEYS: Final = TypeAdapter(tuple[Key, ...])


def digest(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()


def read_keys(path: Path) -> tuple[Key, ...]:
    """The keys of the file, none where there is no file. Raises SettingsError."""
    try:
        return _KEYS.validate_json(path.read_bytes())
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f"[{part!r}]" for part in first["loc"])
        raise SettingsError(f"{path} is no file of keys: {where} {first['msg']}".replace(":  ", ": ")) from None


def add_key(path: Path, name: str, role: Role) -> str:
    """Make a key; returns it, which is the only time that anybody sees it. Raises SettingsError, also for a name twice."""
    kept = read_keys(path)
    if any(key.name == name for key in kept):
        raise SettingsError(f"{path} has a key of {name} already: remove it first")
    made = PREFIX + secrets.token_urlsafe(32)
    try:
        key = Key(name=name, role=role, sha256=digest(made), made_at=datetime.now(UTC))
    except ValidationError:
        raise SettingsError(f"{name!r} is no name of a key: letters, digits and . @ + - _, 100 at most") from None
    _write(path, (*kept, key))
    return made


def remove_key(path: Path, name: str) -> None:
    """Take the key back, from now on. Raises SettingsError where there is none."""
    kept = read_keys(path)
    left = [key for key in kept if key.name != name]
    if len(left) == len(kept):
        raise SettingsError(f"{path} has no key of {name}")
    _write(path, left)


def _write(path: Path, keys: Iterable[Key]) -> None:
    """Whole or not at all; for its owner only, unless somebody has opened the file to others."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    made = path.with_name(f".{path.name}.new")
    made.unlink(missing_ok=True)
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        json.dump([key.model_dump(mode="json") for key in keys], file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    made.chmod(mode)  # whatever the umask is
    made.replace(path)
