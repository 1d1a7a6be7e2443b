"""How far ingest is: counts for whoever asks, a bar for a terminal when many files wait, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final, TextIO

import structlog

from kliping_ingest.ports import Outcome

__all__ = ["Progress", "Reporter"]

_log = structlog.get_logger(__name__)
#: Fewer files are done before a bar could be read.
_MANY: Final = 200


@dataclass(slots=True)
class Progress:
    """Files of this run by state; ``outcomes`` counts the files moved away."""

    waiting: int = 0
    in_work: int = 0
    articles: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        """Files in ``.done``."""
        return self.outcomes["ok"] + self.outcomes["duplicate"]

    @property
    def rejected(self) -> int:
        """Files in ``.rejected``."""
        return self.outcomes["rejected"]

    @property
    def open(self) -> int:
        """Files that are still to be moved away."""
        return self.waiting + self.in_work


class Reporter:
    """Shows progress while many files wait; ``update`` after every batch, ``close`` at the end."""

    def __init__(self, progress: Progress, *, stream: TextIO | None = None) -> None:
        self._progress = progress
        self._stream = stream or sys.stderr
        self._bar: Any = None
        self._task: Any = None
        self._base = 0
        self._told = 0

    def update(self) -> None:
        """Show where things stand."""
        finished = self._progress.done + self._progress.rejected
        if self._progress.open + (finished - self._base) < _MANY or not self._progress.open:
            self.close()
            return
        if self._stream.isatty() and self._show_bar(finished):
            return
        if finished - self._told >= _MANY:
            self._told = finished
            _log.info("ingesting", finished=finished, waiting=self._progress.open, rejected=self._progress.rejected)

    def close(self) -> None:
        """Take the bar away; what comes next is a new crowd of files."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        self._base = self._told = self._progress.done + self._progress.rejected

    def _show_bar(self, finished: int) -> bool:
        """False where rich (an optional dependency) is missing."""
        if self._bar is None:
            try:
                from rich.console import Console
                from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn
            except ImportError:
                return False
            columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(file=self._stream), transient=True)
            self._task = self._bar.add_task("Reading files", total=None)
            self._bar.start()
        self._bar.update(self._task, completed=finished - self._base, total=finished - self._base + self._progress.open)
        return True
