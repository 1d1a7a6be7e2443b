"""The inbox's own folders, and opening folders without being led out of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

from kliping_shared.inbox.names import REASON_SUFFIX, numbered, shortened

#: Where files go that were read, and those that could not be.
DONE: Final = ".done"
REJECTED: Final = ".rejected"
_FLAGS: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def folder_below(root: Path, parts: tuple[str, ...], *, make: bool = False) -> Iterator[int]:
    """A descriptor of the folder ``parts`` below ``root``; a link on the way is an error (OSError), never followed."""
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts:
            if make:
                _make_folder(part, descriptor)
            inner = os.open(part, _FLAGS, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def _make_folder(name: str, parent: int) -> None:
    try:
        os.mkdir(name, dir_fd=parent)
    except FileExistsError:
        return


def reserved(folder: int, base: str) -> str:
    """A free name, held by an empty file until the real one is renamed over it."""
    for number in count(1):
        name = numbered(base, number)
        try:
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600, dir_fd=folder))
        except FileExistsError:
            continue
        return name
    raise AssertionError("numbers do not end")


def reason_name(kept: str) -> str:
    """Name of the reason beside a rejected file."""
    return shortened(kept, len(REASON_SUFFIX)) + REASON_SUFFIX


def withdraw(folder: int, *names: str) -> None:
    """Remove what is there of the names."""
    for name in names:
        try:
            os.unlink(name, dir_fd=folder)
        except FileNotFoundError:
            continue
