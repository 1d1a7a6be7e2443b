"""Looking through the inbox for all that may be news."""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kliping_ingest.domain.file_identity import Identity
from kliping_shared.inbox.names import is_hidden, is_ignored

__all__ = ["Found", "scan"]


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A file below the inbox, ordered by its last change and name: what was written first is read first."""

    mtime_ns: int
    name: str
    identity: Identity


def scan(root: Path, *, limit: int) -> tuple[list[Found], int]:
    """The ``limit`` oldest files in order, and how many there are in all. Ignored names and folders are left out.

    Raises OSError when the inbox itself cannot be read; a folder within it that cannot is passed over.
    """
    with os.scandir(root):
        pass
    count = 0

    def counted() -> Iterator[Found]:
        nonlocal count
        for found in _walk(root):
            count += 1
            yield found

    return heapq.nsmallest(limit, counted()), count


def _walk(root: Path) -> Iterator[Found]:
    folders = [""]
    while folders:
        prefix = folders.pop()
        for entry in _entries(root / prefix):
            name = f"{prefix}/{entry.name}" if prefix else entry.name
            if entry.is_dir(follow_symlinks=False):
                if not is_hidden(entry.name):
                    folders.append(name)
            elif not is_ignored(name) and (status := _status(entry)):
                yield Found(status.st_mtime_ns, name, Identity.of(status))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except OSError:
        return None
