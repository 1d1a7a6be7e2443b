"""The server from which all services are forked, with the heavy packages imported once. Imports next to nothing itself."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext

#: One process per core: numerical libraries must not start threads of their own. They read this when they are loaded.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"), "1")


def start_fork_server() -> ForkServerContext:
    """Start the server if it does not run; it imports while we go on with other things."""
    os.environ.update(ONE_THREAD)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kliping.up.preload"])
    forkserver.ensure_running()
    return context
