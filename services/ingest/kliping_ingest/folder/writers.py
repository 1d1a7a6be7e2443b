"""Whether a program still has a file open for writing."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
from pathlib import Path
from typing import Final

from kliping_ingest.domain.arrivals import Writer

__all__ = ["is_remote", "writer_of"]

#: File systems that other machines (or the host of a virtual one) write to: neither their events nor their open files
#: are seen here.
_REMOTE: Final = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "fuse",
    "virtiofs",
    "ceph",
    "gluster",
    "afs",
    "vboxsf",
    "prl_fs",
    "lustre",
)


def writer_of(path: Path) -> Writer:
    """Ask the kernel for a read lease, which it grants only while nobody has the file open for writing (fcntl(2)).

    The lease is given back at once. Linux only, and for files of this user (or with CAP_LEASE): else UNKNOWN.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return Writer.UNKNOWN
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return Writer.UNKNOWN
    try:
        # A writer that opens the file within these microseconds would have the kernel send SIGIO, which kills;
        # SIGURG is ignored unless someone asks for it.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return Writer.OPEN if error.errno in {errno.EAGAIN, errno.EBUSY} else Writer.UNKNOWN
    finally:
        os.close(descriptor)
    return Writer.NONE


def is_remote(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> bool:
    """Whether the folder lies on a network or host file system; False where that cannot be told."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    target = folder.resolve()
    best, kind = 0, ""
    for line in lines:
        _, point, file_system, *_ = [*line.split(" "), "", "", ""]
        mount = Path(point.replace("\\040", " "))
        if target.is_relative_to(mount) and len(mount.parts) >= best:
            best, kind = len(mount.parts), file_system
    return kind.startswith(_REMOTE)
