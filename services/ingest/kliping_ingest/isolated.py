"""Reading in a process of its own: a parser that hangs, crashes or eats memory costs one file, not the service."""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from kliping_ingest.domain.limits import Limits
from kliping_ingest.domain.rejections import reject
from kliping_ingest.reading import Head, Reading, read
from kliping_shared.errors import RejectedFile
from kliping_shared.inbox.names import shown, suffix_of

__all__ = ["IsolatedReader", "Request"]

#: Read within the service: their readers are ours and the standard JSON parser, which cannot hang.
_HARMLESS: Final = frozenset({"", "txt", "text", "md", "markdown", "json", "jsonl", "ndjson"})
_MEMORY: Final = 2 * 1024**3
#: Parsers leak a little; a fresh process now and then is cheap.
_READS_PER_PROCESS: Final = 1000
#: Imported before the clock runs, so that a busy machine's first page is not taken for a hanging one.
_LIBRARIES: Final = ("docx", "feedparser", "lxml.html", "pypdf", "trafilatura")
_PARENT_LOOK: Final = 2.0
_START_SECONDS: Final = 120.0
_Failure = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """What to read; the arguments of ``reading.read``."""

    path: Path
    name: str
    limits: Limits
    now: datetime
    root: Path | None = None
    head: Head | None = None


class IsolatedReader:
    """Reads files one at a time, those of complex formats in a child process. Blocking; not for several threads."""

    def __init__(self, *, seconds: float, reader: Callable[[Request], Reading] | None = None) -> None:
        self._seconds = seconds
        self._reader = reader or _read
        self._child: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._reads = 0

    def read(self, request: Request) -> Reading:
        """What the file holds. Raises FileNotFoundError (and other OSErrors) as ``reading.read`` does."""
        if suffix_of(request.name) in _HARMLESS:
            return _read(request)
        return self._read_apart(request)

    def close(self) -> None:
        """End the child, if there is one."""
        if self._pipe is not None:
            self._pipe.close()
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
        self._child = self._pipe = None
        self._reads = 0

    def _read_apart(self, request: Request) -> Reading:
        label = shown(request.name)
        pipe = self._ready_child()
        try:
            pipe.send(request)
            if not pipe.poll(self._seconds):
                self.close()
                return Reading(failure=reject("read-failed", f"{label} took more than {self._seconds:g} s to read"))
            answer = pipe.recv()
        except (EOFError, OSError):
            self.close()
            return Reading(failure=reject("read-failed", f"{label} made the reader of its format crash"))
        if isinstance(answer, OSError):
            raise answer
        reading: Reading = answer[0]
        return replace(reading, failure=RejectedFile(*answer[1])) if answer[1] else reading

    def _ready_child(self) -> Connection:
        if self._reads >= _READS_PER_PROCESS or (self._child is not None and not self._child.is_alive()):
            self.close()
        self._reads += 1
        if self._pipe is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._child = context.Process(
                target=_serve, args=(theirs, self._reader), daemon=True, name="kliping-reader"
            )
            self._child.start()
            theirs.close()
            self._await_start(self._pipe)
        return self._pipe

    def _await_start(self, pipe: Connection) -> None:
        """A process that cannot start (no memory, no processes left) is the machine's fault, not the file's."""
        try:
            started = pipe.poll(_START_SECONDS) and pipe.recv()
        except EOFError:
            started = False
        if not started:
            self.close()
            raise OSError("the process that reads files does not start")


def _serve(pipe: Connection, reader: Callable[[Request], Reading]) -> None:
    """Answer requests until the service is gone. The terminal's Ctrl-C is the service's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    for library in _LIBRARIES:
        importlib.import_module(library)
    with contextlib.suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            pipe.send(_answer(reader, pipe.recv()))


def _end_with(parent: int) -> None:
    """A parser that hangs would not notice that the service was killed."""
    while os.getppid() == parent:
        time.sleep(_PARENT_LOOK)
    os._exit(1)


def _answer(reader: Callable[[Request], Reading], request: Request) -> tuple[Reading, _Failure | None] | OSError:
    """The reading with its failure as plain values: exceptions with several arguments do not survive pickling."""
    try:
        reading = reader(request)
    except OSError as error:
        return error
    failure = reading.failure
    if failure is None:
        return reading, None
    return replace(reading, failure=None), (failure.code, failure.message, failure.hint)


def _read(request: Request) -> Reading:
    return read(
        request.path,
        name=request.name,
        limits=request.limits,
        now=request.now,
        root=request.root,
        head=request.head,
    )
