"""The folder of secrets: files that appear whole or not at all, and are written only when they change."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

#: The folder lets nobody in but its owner. The files in it can be read by all: an engine mounts them one by one into
#: containers that run as other users, and such a user can read nothing else of the folder.
FOLDER_MODE = 0o700
MOUNTED_MODE = 0o444
#: What no container gets.
KEPT_MODE = 0o400
#: Bytes of randomness in a password; base64 makes it 43 characters that need no quoting in a URL.
PASSWORD_BYTES = 32


class SecretFolder:
    """Reads and writes the files of ``root``. ``written`` are the names that changed. Methods raise OSError."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.written: list[str] = []
        root.mkdir(parents=True, exist_ok=True)
        root.chmod(FOLDER_MODE)

    def read(self, name: str) -> bytes | None:
        """What the file holds, None when there is none."""
        try:
            return (self._root / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, content: bytes | str, *, mode: int = MOUNTED_MODE) -> None:
        """Put the content in place at once, unless it is there already."""
        data = content.encode() if isinstance(content, str) else content
        if self.read(name) == data:
            return
        made = self._root / f".{name}.new"
        made.unlink(missing_ok=True)
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
            os.fsync(file.fileno())
        made.chmod(mode)  # whatever the umask is
        made.replace(self._root / name)
        self.written.append(name)


def new_password() -> str:
    """A password that nobody has to type."""
    return secrets.token_urlsafe(PASSWORD_BYTES)
