"""What the terminal shows while ``kliping up`` runs: a bar while many files are on their way, a line for each rejection."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer
from redis.exceptions import RedisError

from kliping.settings import UpSettings
from kliping_shared.bus import connect, stream_stats
from kliping_shared.inbox.ledger import FileCounts, file_counts, latest_files

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

POLL_S = 1.0
#: Fewer files on their way are through before a bar could be read.
MANY = 20


@dataclass(frozen=True)
class OnTheWay:
    """Files and articles that are not searchable yet, and all that were ever seen."""

    files: FileCounts
    queued: int

    @property
    def open(self) -> int:
        """Waiting or being worked on, in any stage."""
        return self.files.waiting + self.files.in_work + self.queued

    @property
    def finished(self) -> int:
        """Files that are done with."""
        return self.files.done + self.files.rejected


async def show_progress(settings: UpSettings, broker_url: str, stop: asyncio.Event) -> None:
    """Show progress until ``stop`` is set. Never fails: what it cannot see it does not show."""
    client = connect(broker_url)
    bar = Bar() if sys.stdout.isatty() else None
    told = file_counts(settings.ledger_path).rejected
    try:
        while not stop.is_set():
            try:
                queued = sum(row.waiting for row in await stream_stats(client))
            except RedisError:
                queued = 0
            now = OnTheWay(file_counts(settings.ledger_path), queued)
            told = _tell_rejections(settings, told, now.files.rejected)
            if bar:
                bar.update(now)
            try:
                await asyncio.wait_for(stop.wait(), POLL_S)
            except TimeoutError:
                continue
    finally:
        if bar:
            bar.close()
        await client.aclose()


def _tell_rejections(settings: UpSettings, told: int, rejected: int) -> int:
    for file in reversed(latest_files(settings.ledger_path, ("rejected",), limit=max(0, rejected - told))):
        typer.echo(f"rejected: {file.path}: {file.message} {file.hint or ''}".rstrip())
    return max(told, rejected)


class Bar:
    """A progress bar that is there only while many files are on their way."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._base = 0

    def update(self, now: OnTheWay) -> None:
        """Show, move or take away the bar."""
        if now.open == 0:
            self.close()
            self._base = now.finished
        elif self._progress is not None and self._task is not None:
            done = now.finished - self._base - now.queued
            self._progress.update(self._task, completed=max(0, done), total=max(0, done) + now.open)
        elif now.open >= MANY:
            self._show()

    def close(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
        self._progress = self._task = None

    def _show(self) -> None:
        from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

        columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, transient=True)
        self._task = self._progress.add_task("Reading articles", total=None)
        self._progress.start()
