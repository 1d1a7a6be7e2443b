"""One ingest process for each inbox."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kliping_shared.errors import SettingsError

__all__ = ["only_one"]


@contextmanager
def only_one(inbox: Path, fallback: Path) -> Iterator[None]:
    """Hold the inbox for this process; the system gives it back however the process ends.

    The folder itself is locked, so that no file is left in it; where its file system cannot (some network mounts),
    the file ``fallback``. Raises SettingsError when another process has it.
    """
    descriptor = os.open(inbox, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            _lock(descriptor, inbox)
        except OSError:
            os.close(descriptor)
            fallback.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(fallback, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            _lock(descriptor, inbox)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, inbox: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
            raise SettingsError(
                f"another Kliping already watches {inbox}: stop it first, or give this one another --inbox"
            ) from error
        raise
