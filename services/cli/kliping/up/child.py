"""What runs inside a child process, before and around a service's ``main()``."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

#: Time a child has to stop by itself when its supervisor has died.
ORPHAN_GRACE_S = 10.0


def run(module: str, environ: Mapping[str, str], log: str) -> None:
    """Run ``module.main()`` with this environment, its output appended to the file ``log``; exit with its code."""
    os.environ.update(environ)
    # Ctrl-C reaches the whole process group; the supervisor alone decides the order of stopping.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _redirect(Path(log))
    threading.Thread(target=_stop_with_parent, name="parent-watch", daemon=True).start()
    sys.exit(importlib.import_module(module).main())


def _redirect(log: Path) -> None:
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)


def _stop_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(ORPHAN_GRACE_S)
    os._exit(1)
