"""The server from which all services are forked, with the heavy packages imported once. Imports next to nothing itself."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def without_command() -> Iterator[None]:
    """Processes started within do not import the command that started them: a quarter second of CPU for each service.

    multiprocessing has every child import its parent's main module by the path or name that it finds there.
    """
    main = sys.modules["__main__"]
    path, spec = getattr(main, "__file__", None), getattr(main, "__spec__", None)
    main.__file__ = main.__spec__ = None
    try:
        yield
    finally:
        main.__file__, main.__spec__ = path, spec
