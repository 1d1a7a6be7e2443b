"""What runs inside a child process, before and around a service's ``main()``."""

from __future__ import annotations

import ctypes
import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Mapping
from multiprocessing.connection import wait
from pathlib import Path

#: Time a child has to stop by itself when its supervisor has died, where the kernel does not end it at once.
ORPHAN_GRACE_S = 10.0
#: How often a child looks whether its fork server is still there, where the kernel does not tell.
ORPHAN_POLL_S = 0.5
PR_SET_PDEATHSIG = 1


def run(module: str, environ: Mapping[str, str], log: str) -> None:
    """Run ``module.main()`` with this environment, its output appended to the file ``log``; exit with its code."""
    os.environ.update(environ)
    # Ctrl-C reaches the whole process group; the supervisor alone decides the order of stopping.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _redirect(Path(log))
    _die_with_fork_server()
    threading.Thread(target=_stop_when_orphaned, args=(os.getppid(),), name="parent-watch", daemon=True).start()
    sys.exit(importlib.import_module(module).main())


def _redirect(log: Path) -> None:
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)


def _die_with_fork_server() -> None:
    """The supervisor takes a child for dead when its fork server is; so it must be, or two would do one's work."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _stop_when_orphaned(fork_server: int) -> None:
    supervisor = multiprocessing.parent_process()
    while supervisor is not None and os.getppid() == fork_server:
        if wait([supervisor.sentinel], ORPHAN_POLL_S):
            break
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(ORPHAN_GRACE_S)
    os._exit(1)
