"""Opening a file without being led anywhere: never out of the folder, never into a pipe or device."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kliping_ingest.domain.file_identity import Identity
from kliping_ingest.domain.rejections import reject
from kliping_shared.inbox.folders import folder_below

__all__ = ["Opened", "open_file", "read_open"]

_FILE_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


@dataclass(frozen=True, slots=True)
class Opened:
    """An open regular file."""

    descriptor: int
    identity: Identity


@contextmanager
def open_file(path: Path, *, root: Path | None, name: str) -> Iterator[Opened]:
    """Open a regular file for reading. With a ``root`` nothing outside of it is opened, by whatever links.

    Raises RejectedFile (permission-denied, symlink-outside, not-a-regular-file) and FileNotFoundError.
    """
    try:
        descriptor = os.open(path, _FILE_FLAGS) if root is None else _open_below(path, root, name)
    except PermissionError as error:
        raise reject("permission-denied", f"{name} may not be read by this user") from error
    except OSError as error:
        if error.errno in {errno.ENXIO, errno.ENODEV, errno.ELOOP, errno.EOPNOTSUPP}:
            raise reject("not-a-regular-file", f"{name} is not a regular file") from error
        raise
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise reject("not-a-regular-file", f"{name} is {_kind(status.st_mode)}, not a regular file")
        yield Opened(descriptor, Identity.of(status))
    finally:
        os.close(descriptor)


def _open_below(path: Path, root: Path, name: str) -> int:
    """Open by the folders' descriptors, so that a folder swapped for a link meanwhile cannot lead out."""
    parts = _link_target(path, root.resolve(), name) if path.is_symlink() else path.relative_to(root).parts
    with folder_below(root, parts[:-1]) as folder:
        status = os.stat(parts[-1], dir_fd=folder, follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode):
            raise reject("not-a-regular-file", f"{name} is {_kind(status.st_mode)}, not a regular file")
        return os.open(parts[-1], _FILE_FLAGS | os.O_NOFOLLOW, dir_fd=folder)


def _link_target(path: Path, root: Path, name: str) -> tuple[str, ...]:
    """The parts below ``root`` of what a link leads to, all links on the way resolved."""
    try:
        target = path.resolve(strict=True)
    except PermissionError:
        raise
    except (OSError, RuntimeError) as error:
        raise _broken_link(path, root, name) from error
    if not target.is_relative_to(root):
        raise reject("symlink-outside", f"{name} is a link that leads out of the inbox")
    if target == root:
        raise reject("not-a-regular-file", f"{name} is a link to the inbox itself")
    return target.relative_to(root).parts


def _broken_link(path: Path, root: Path, name: str) -> Exception:
    try:
        leads_out = not path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a loop of links
        leads_out = False
    if leads_out:
        return reject("symlink-outside", f"{name} is a link that leads out of the inbox")
    return reject("not-a-regular-file", f"{name} is a link that leads nowhere")


def _kind(mode: int) -> str:
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe (FIFO)"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
        (stat.S_ISLNK, "a link"),
    )
    return next((words for test, words in kinds if test(mode)), "something unknown")


def read_open(opened: Opened, *, limit: int, name: str) -> bytes:
    """All bytes, read up to the limit even if the file grows. Raises RejectedFile (too-large, read-failed)."""
    if opened.identity.size > limit:
        raise reject("too-large", f"{name} has {opened.identity.size} bytes; the limit is {limit}")
    parts: list[bytes] = []
    size = 0
    try:
        while chunk := os.read(opened.descriptor, 1 << 20):
            size += len(chunk)
            if size > limit:
                raise reject("too-large", f"{name} has more than {limit} bytes")
            parts.append(chunk)
    except OSError as error:
        raise reject("read-failed", f"{name} cannot be read: {error.strerror}") from error
    return b"".join(parts)
