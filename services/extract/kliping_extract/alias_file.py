"""A newsroom's own aliases, in the format of `lexicon/aliases.tsv`, read again whenever the file changes."""

from __future__ import annotations

from pathlib import Path

import structlog

from kliping_extract.domain.canonical import known_names
from kliping_shared.errors import SettingsError
from kliping_shared.names import KnownName, names_in


def read_aliases(path: Path) -> tuple[KnownName, ...]:
    """The file's names. Raises SettingsError, which tells the line, for a file that cannot be read or understood."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"KLIPING_ALIASES: {path}: {error}") from None
    try:
        names = names_in(text)
        known_names(names)
    except ValueError as error:
        raise SettingsError(f"KLIPING_ALIASES: {path}: {error}") from None
    return names


class AliasFile:
    """Names of a file as it is now, or as it was when it could last be read."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises SettingsError."""
        self._path = path
        self._log = structlog.get_logger("kliping.extract").bind(aliases=str(path))
        self._seen = self._state()
        self._names = read_aliases(path)

    def names(self) -> tuple[KnownName, ...]:
        """The names. A file that went bad is logged once, and its last good names stay."""
        state = self._state()
        if state != self._seen:
            self._seen = state
            try:
                self._names = read_aliases(self._path)
            except SettingsError as error:
                self._log.error("aliases not read", why=str(error))
        return self._names

    def _state(self) -> tuple[int, int] | None:
        """What tells one state of the file from another."""
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size
