"""Moving a file to ``.done`` or ``.rejected``: atomically, never over another file, never one that was not read."""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

from kliping_ingest.domain.file_identity import Identity
from kliping_shared.errors import SettingsError
from kliping_shared.inbox.folders import DONE, REJECTED, folder_below, reason_name, reserved, withdraw
from kliping_shared.inbox.names import numbered

__all__ = ["check_shelves", "drop_stale_reason", "move", "status_of"]


def check_shelves(root: Path) -> None:
    """Make both folders. Raises SettingsError when one of them is a link or a file: it would lead elsewhere."""
    for shelf in (DONE, REJECTED):
        try:
            with folder_below(root, (shelf,), make=True):
                pass
        except OSError as error:
            raise SettingsError(
                f"{root / shelf} must be a folder that Kliping may write to, not a link or a file: {error.strerror}"
            ) from error


def status_of(root: Path, name: str) -> Identity | None:
    """The state of a file in the inbox (of a link itself), None when it is gone or cannot be reached."""
    try:
        return Identity.of((root / name).lstat())
    except OSError:
        return None


def move(root: Path, name: str, identity: Identity, shelf: str, reason: dict[str, Any] | None = None) -> str | None:
    """Move the file to ``shelf``, keeping its folders, with ``reason`` beside it; its new path below the inbox.

    None when the file is gone or no longer in the state ``identity``: it is left (or put back) to be read again.
    Raises OSError when it cannot be moved.
    """
    *folders, base = PurePosixPath(name).parts
    try:
        with folder_below(root, tuple(folders)) as here, _shelf(root, shelf, folders) as (there, kept_folder):
            if not _is(here, base, identity):
                return None
            kept = reserved(there, base)
            if reason is not None:
                _write_reason(there, kept, reason)
            try:
                os.rename(base, kept, src_dir_fd=here, dst_dir_fd=there)
            except FileNotFoundError:
                withdraw(there, kept)
                return None
            if not _is(there, kept, identity):
                _put_back(there, kept, here, base)
                return None
            return "/".join((*kept_folder, kept))
    except FileNotFoundError:
        return None


@contextmanager
def _shelf(root: Path, shelf: str, folders: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The folder on the shelf, made if need be. Where a file has a folder's name there, the folder is numbered."""
    kept = [shelf]
    for folder in folders:
        for number in count(1):
            candidate = numbered(folder, number)
            try:
                with folder_below(root, (*kept, candidate), make=True):
                    break
            except OSError as error:
                if error.errno not in {errno.ENOTDIR, errno.ELOOP}:
                    raise
        kept.append(candidate)
    with folder_below(root, tuple(kept), make=True) as descriptor:
        yield descriptor, kept


def _is(folder: int, base: str, identity: Identity) -> bool:
    return Identity.of(os.stat(base, dir_fd=folder, follow_symlinks=False)) == identity


def _write_reason(folder: int, kept: str, reason: dict[str, Any]) -> None:
    """Beside the file; one left over from a file that was moved back is replaced."""
    draft, name = f".{os.getpid()}.tmp", reason_name(kept)
    descriptor = os.open(
        draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644, dir_fd=folder
    )
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(reason, file, ensure_ascii=False, indent=2)
        file.write("\n")
    os.rename(draft, name, src_dir_fd=folder, dst_dir_fd=folder)


def drop_stale_reason(root: Path, kept_as: str) -> None:
    """Remove the reason of a rejected file that is no longer there: its user moved it back to try again."""
    *folders, base = PurePosixPath(kept_as).parts
    with contextlib.suppress(OSError), folder_below(root, tuple(folders)) as there:
        try:
            os.stat(base, dir_fd=there, follow_symlinks=False)
        except FileNotFoundError:
            withdraw(there, reason_name(base))


def _put_back(there: int, kept: str, here: int, base: str) -> None:
    """What was moved is not what was read (it was replaced in that moment): give it back to the inbox, unread."""
    name = reserved(here, base)
    os.rename(kept, name, src_dir_fd=there, dst_dir_fd=here)
    withdraw(there, reason_name(kept))
