"""The address of the page, and the lock that keeps two supervisors off one data folder."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kliping_shared.errors import SettingsError


def free_port(host: str, port: int) -> int:
    """``port``, or a free one for 0. Raises SettingsError when it is taken or the address is not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"cannot serve on {host}:{port} ({error.strerror}); choose another with --port, or --port 0 for a free one"
            ) from error
        return int(probe.getsockname()[1])


@contextmanager
def only_one(data: Path) -> Iterator[Path]:
    """Hold the data folder's lock; yields the file that says what runs there. Raises SettingsError when it is held."""
    data.mkdir(parents=True, exist_ok=True)
    running = data / "up.json"
    with (data / "up.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            there = what_runs(data)
            raise SettingsError(
                f"Kliping runs already on {data}: {there.get('url', 'starting')} (process {there.get('pid', '?')})"
            ) from None
        running.unlink(missing_ok=True)  # of one that was killed
        try:
            yield running
        finally:
            running.unlink(missing_ok=True)


def announce(running: Path, url: str, inbox: Path) -> None:
    """Tell other commands what runs here."""
    running.write_text(json.dumps({"pid": os.getpid(), "url": url, "inbox": str(inbox)}), encoding="utf-8")


def what_runs(data: Path) -> dict[str, Any]:
    """What ``announce`` wrote, empty when nothing runs."""
    if not _held(data):
        return {}
    try:
        found: dict[str, Any] = json.loads((data / "up.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _held(data: Path) -> bool:
    """Whether a supervisor holds the folder's lock: one that was killed leaves its file behind."""
    try:
        with (data / "up.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def shown(host: str, port: int) -> str:
    """The address to open for a server on ``host``: this machine's own where it serves on all."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
