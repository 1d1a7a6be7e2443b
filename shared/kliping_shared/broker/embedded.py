"""Starting, adopting, watching and stopping the embedded broker."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import structlog

from kliping_shared.broker.server import BrokerError, ask, configuration, find_server, server_pid
from kliping_shared.settings import socket_path, unix_url

#: Seconds. A server with a large append-only file needs time to load it.
START_LIMIT = 60.0
STOP_LIMIT = 10.0
POLL = 0.02


class EmbeddedBroker:
    """A broker whose data lies in ``data_dir`` and which listens on a unix socket only this user may open.

    Blocking; call it from a thread where an event loop runs. Two of them on one folder are refused.
    """

    def __init__(self, data_dir: Path, *, prefer_path: bool = False, config: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir.absolute()
        self.socket = socket_path(self.data_dir)
        self.log_path = self.data_dir / "broker.log"
        self._prefer_path = prefer_path
        self._config = dict(config or {})
        self._pid: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None
        self._log = structlog.get_logger("kliping.broker")

    @property
    def url(self) -> str:
        """What to give as KLIPING_REDIS_URL."""
        return unix_url(self.socket)

    @property
    def pid(self) -> int | None:
        """Process id of the server, also of an adopted one."""
        return self._pid

    def start(self) -> str:
        """Have a server running on the folder; gives its URL when it answers. Raises BrokerError.

        A server that outlived its parent (which was killed) is adopted with all its data. Calling ``start`` again
        after the server died starts a new one.
        """
        if self.alive():
            return self.url
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self._own_socket_folder()
        self._take_lock()
        if self._still_running():
            self._wait_until_ready()
        elif not self._adopt():
            self._launch()
        return self.url

    def alive(self) -> bool:
        """Whether the server process exists and answers; also true while it is still loading its data."""
        if self._process is not None and self._process.poll() is not None:
            self._process = self._pid = None
        return self._pid is not None and ask(self.socket, "PING") is not None

    def stop(self) -> None:
        """End the server in order (it writes out what it has); kill it only when it does not go. Idempotent."""
        try:
            if self._pid is not None:
                self._end(self._pid)
        finally:
            self._pid = self._process = None
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _still_running(self) -> bool:
        """Whether our own server is only slow to answer; one that is just dying is waited for."""
        if self._process is None:
            return False
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1.0)
            self._process = self._pid = None
        return self._process is not None

    def _own_socket_folder(self) -> None:
        """The folder under the shared temporary one must be ours: who owns it could put another socket there."""
        folder = self.socket.parent
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder != self.data_dir and (folder.is_symlink() or folder.stat().st_uid != os.getuid()):
            raise BrokerError(f"{folder} belongs to somebody else; remove it, or give --data a shorter path")

    def _take_lock(self) -> None:
        """One owner per folder; the lock falls with its process (and forked children of it), however that ends."""
        if self._lock is not None:
            return
        lock = os.open(self.data_dir / "broker.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise BrokerError(
                f"{self.data_dir} is in use by another running kliping; stop that one, or give --data another folder"
            ) from None
        self._lock = lock

    def _adopt(self) -> bool:
        reply = ask(self.socket, "PING")
        if reply is None:
            return False
        pid = server_pid(self.socket)
        if pid is None:
            return False
        self._pid = pid
        self._wait_until_ready()
        self._log.info("adopted the broker that was left running", pid=pid)
        return True

    def _launch(self) -> None:
        binary = find_server(prefer_path=self._prefer_path)
        with contextlib.suppress(FileNotFoundError):
            self.socket.unlink()
        text = configuration(self.data_dir, self.socket, self._config)
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own binary, no input in the arguments
                [binary, "-"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.data_dir,
                start_new_session=True,  # Ctrl-C is for the supervisor: it stops the broker last
            )
        assert self._process.stdin is not None
        self._process.stdin.write(text.encode())
        self._process.stdin.close()
        self._pid = self._process.pid
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline:
            if ask(self.socket, "PING") == "+PONG":
                return
            if self._process is not None and self._process.poll() is not None:
                code, self._process, self._pid = self._process.returncode, None, None
                raise BrokerError(f"the broker ended with code {code}; the end of {self.log_path}:\n{self._log_tail()}")
            time.sleep(POLL)
        raise BrokerError(f"the broker did not answer within {START_LIMIT:g} s; see {self.log_path}")

    def _end(self, pid: int) -> None:
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            deadline = time.monotonic() + STOP_LIMIT
            while time.monotonic() < deadline:
                if self._gone(pid):
                    return
                time.sleep(POLL)

    def _gone(self, pid: int) -> bool:
        if self._process is not None:
            return self._process.poll() is not None
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        return ask(self.socket, "PING") is None and not Path(f"/proc/{pid}").exists()

    def _log_tail(self) -> str:
        try:
            return "\n".join(self.log_path.read_text(errors="replace").splitlines()[-8:])
        except OSError:
            return ""
