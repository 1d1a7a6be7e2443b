"""Giving a rejected file back to the inbox."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from kliping_shared.inbox.folders import REJECTED, folder_below, reason_name, reserved, withdraw
from kliping_shared.inbox.names import unshown


def still_rejected(inbox: Path, kept_as: str) -> bool:
    """Whether the file (its path below the inbox as the ledger shows it) still lies among the rejected ones."""
    return _where(inbox, kept_as) is not None


def try_again(inbox: Path, kept_as: str, path: str) -> str | None:
    """Move it back to ``path``, its old one below the inbox, with a number where there is such a file; its path now.

    Its reason goes. None where it lies there no more. Raises OSError; links on the way are not followed.
    """
    name = _where(inbox, kept_as)
    if name is None:
        return None
    *shelf, kept = PurePosixPath(name).parts
    *folders, base = PurePosixPath(unshown(path)).parts
    with folder_below(inbox, tuple(shelf)) as here, folder_below(inbox, tuple(folders), make=True) as there:
        now = reserved(there, base)
        try:
            os.rename(kept, now, src_dir_fd=here, dst_dir_fd=there)
        except FileNotFoundError:
            withdraw(there, now)
            return None
        except OSError:
            withdraw(there, now)
            raise
        withdraw(here, reason_name(kept))
    return "/".join((*folders, now))


def _where(inbox: Path, kept_as: str) -> str | None:
    names = (kept_as, unshown(kept_as))
    own = (name for name in names if PurePosixPath(name).parts[:1] == (REJECTED,))
    return next((name for name in own if os.path.lexists(inbox / name)), None)
