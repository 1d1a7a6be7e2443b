"""File events of the inbox, handed from watchdog's threads to the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Final

import structlog
from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from kliping_shared.inbox.names import is_ignored

__all__ = ["Watch"]

_log = structlog.get_logger(__name__)
#: Seconds for which watchdog holds back a "moved from" to pair it with its "moved to"; all later events wait with it.
#: Its own 0.5 would delay every file renamed within the inbox, and each one that follows a move to .done.
_PAIRING: Final = 0.01
_EVENTS: Final[list[type[FileSystemEvent]]] = [
    FileClosedEvent,
    FileCreatedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirMovedEvent,
]


class Watch(FileSystemEventHandler):
    """Collects names below ``root`` that events told of; ``wake`` is called on the loop when the first one comes in."""

    def __init__(self, root: Path, wake: Callable[[], None]) -> None:
        self._root = os.fspath(root)
        self._loop = asyncio.get_running_loop()
        self._wake = wake
        self._lock = threading.Lock()
        self._told: dict[str, bool] = {}
        self._folders = False
        self._observer: BaseObserver | None = None

    def start(self) -> bool:
        """Begin to watch; False where the system gives no events (then only scans find files)."""
        _pair_quickly()
        # Folders made within each other at once are met twice by watchdog, which says so and goes on.
        warnings.filterwarnings("ignore", message="Callback with id", category=RuntimeWarning)
        observer = Observer()
        try:
            observer.schedule(self, self._root, recursive=True, event_filter=_EVENTS)
            observer.start()
        except OSError as error:
            _log.debug("no file events: polling", inbox=self._root, error=str(error))
            return False
        self._observer = observer
        return True

    def stop(self) -> None:
        """End the threads."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None

    @property
    def alive(self) -> bool:
        """Whether events still come; the observer ends when the inbox itself is removed."""
        return self._observer is not None and all(emitter.is_alive() for emitter in self._observer.emitters)

    def take(self) -> tuple[dict[str, bool], bool]:
        """Names told of since the last call (True: closed or moved here), and whether a folder came in."""
        with self._lock:
            told, self._told = self._told, {}
            folders, self._folders = self._folders, False
        return told, folders

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called in watchdog's thread."""
        path = os.fsdecode(event.dest_path or event.src_path)
        if not path.startswith(self._root + "/"):
            return
        name = path[len(self._root) + 1 :]
        if is_ignored(name):
            return
        with self._lock:
            first = not self._told and not self._folders
            if event.is_directory:
                self._folders = True
            else:
                closed = isinstance(event, FileClosedEvent | FileMovedEvent)
                self._told[name] = self._told.get(name, False) or closed
        if first:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._wake)


def _pair_quickly() -> None:
    """Only where inotify is what watchdog uses."""
    with contextlib.suppress(ImportError):
        from watchdog.observers.inotify_move_event_grouper import InotifyMoveEventGrouper

        InotifyMoveEventGrouper.delay = _PAIRING
