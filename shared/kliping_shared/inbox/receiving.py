"""Bringing a file into the inbox from elsewhere: whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import time
from pathlib import Path
from typing import Final

from kliping_shared.inbox.folders import folder_below, reserved, withdraw

#: Where files lie while they come in; hidden, so that nobody reads them.
INCOMING: Final = ".incoming"
#: Seconds after which what lies there is of a sender that is gone.
_LEFT_BEHIND_S: Final = 24 * 3600


def takes_files(inbox: Path) -> bool:
    """Whether files may be brought into the inbox: it is there, and may be written to."""
    return inbox.is_dir() and os.access(inbox, os.W_OK | os.X_OK)


class Incoming:
    """A file on its way. Blocking; raises OSError (the disk is full, the folder gone). End it by ``keep`` or ``drop``."""

    def __init__(self, inbox: Path) -> None:
        self._inbox = inbox
        self._draft = secrets.token_hex(16)
        with folder_below(inbox, (INCOMING,), make=True) as folder:
            _clear(folder)
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC
            self._file = os.fdopen(os.open(self._draft, flags, 0o644, dir_fd=folder), "wb")
        self.size = 0

    def write(self, data: bytes) -> None:
        """Add to it."""
        self._file.write(data)
        self.size += len(data)

    def keep(self, name: str) -> str:
        """Into the inbox as ``name``, with a number where there is such a file; its name. On disk when this returns."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        with folder_below(self._inbox, (INCOMING,)) as here, folder_below(self._inbox, ()) as there:
            kept = reserved(there, name)
            try:
                os.rename(self._draft, kept, src_dir_fd=here, dst_dir_fd=there)
            except OSError:
                withdraw(there, kept)
                raise
            os.fsync(there)
        return kept

    def drop(self) -> None:
        """Leave nothing of it."""
        with contextlib.suppress(OSError):
            self._file.close()
        with contextlib.suppress(OSError), folder_below(self._inbox, (INCOMING,)) as folder:
            withdraw(folder, self._draft)


def _clear(folder: int) -> None:
    """Remove what senders have left behind that were killed with it."""
    for name in os.listdir(folder):
        with contextlib.suppress(OSError):
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if stat.S_ISREG(status.st_mode) and time.time() - status.st_mtime > _LEFT_BEHIND_S:
                os.unlink(name, dir_fd=folder)
