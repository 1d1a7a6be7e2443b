"""``kliping`` as a person runs it: real processes, bounded waits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

KLIPING = str(Path(sys.executable).with_name("kliping"))


def wait_until(condition: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Poll ``condition`` until it holds; fail with ``what`` after ``seconds``."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        time.sleep(0.05)


def kliping(
    *arguments: str | Path, cwd: Path | None = None, timeout: float = 120, environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; its output is text."""
    command = [KLIPING, *map(str, arguments)]
    given = {**_environ(), **(environ or {})}
    return subprocess.run(command, cwd=cwd, env=given, capture_output=True, text=True, timeout=timeout, check=False)


def exported(data: Path, kind: str) -> list[dict[str, Any]]:
    """All documents of a kind in the store of ``data``."""
    result = kliping("export", "--kind", kind, "--format", "jsonl", "--data", data)
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


class Running:
    """A ``kliping up`` in a session of its own."""

    def __init__(self, folder: Path, *, workers: int = 2) -> None:
        self.inbox, self.data, self.workers = folder / "inbox", folder / "data", workers
        self.inbox.mkdir(parents=True, exist_ok=True)
        self._output = folder / "up.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; does not wait."""
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                [
                    KLIPING,
                    "up",
                    "--inbox",
                    self.inbox,
                    "--data",
                    self.data,
                    "--port",
                    "0",
                    "--workers",
                    str(self.workers),
                ],
                stdout=output,
                stderr=output,
                env=_environ(),
                start_new_session=True,
            )

    def wait_ready(self, seconds: float = 60) -> str:
        """The page's address, once it is announced as ready."""
        before = self.output().count("Kliping is ready") if self._process is None else 0
        wait_until(
            lambda: self.output().count("Kliping is ready") > before, seconds=seconds, what=f"ready: {self.output()}"
        )
        return str(json.loads((self.data / "up.json").read_text())["url"])

    def output(self) -> str:
        """What it printed so far."""
        return self._output.read_text() if self._output.exists() else ""

    @property
    def alive(self) -> bool:
        """Whether the supervisor runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Process id of the supervisor, which leads its session."""
        assert self._process is not None
        return self._process.pid

    def stop(self, seconds: float = 60) -> int:
        """SIGTERM, as a person's Ctrl-C or a shutdown would; returns the exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(seconds)

    def kill_all(self) -> None:
        """kill -9 of everything in the session, at once."""
        for pid in self.pids():
            _kill(pid)
        if self._process is not None:
            self._process.wait(10)

    def pids(self) -> list[int]:
        """Every living process of the session, and the broker, which has a session of its own but works in our folder."""
        broker = str((self.data / "broker").absolute())
        return [pid for pid, session, folder in _processes() if session == self.pid or folder == broker]


def _processes() -> Iterator[tuple[int, int, str]]:
    """Process id, session and working directory of all that live (Linux)."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if fields[0] != "Z":
                    yield int(entry.name), int(fields[3]), str((entry / "cwd").readlink())


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _environ() -> Mapping[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("KLIPING_")}
