"""Real brokers for tests: the embedded server, and the Redis image through a Docker engine."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from kliping_shared.broker import EmbeddedBroker

REDIS_IMAGE = "redis:8.0"


class BrokerServer(Protocol):
    """A broker that a test may kill and bring back; ``url`` stays the same."""

    @property
    def url(self) -> str: ...

    def start(self) -> None:
        """Bring it up (with the data it had) and wait until it answers."""

    def kill(self) -> None:
        """End it without warning, as a crash would."""


class EmbeddedServer:
    """The server of the one-machine mode."""

    def __init__(self, folder: Path) -> None:
        self._broker = EmbeddedBroker(folder)

    @property
    def url(self) -> str:
        return self._broker.url

    def start(self) -> None:
        self._broker.start()

    def kill(self) -> None:
        pid = self._broker.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not self._broker.alive())

    def close(self) -> None:
        self._broker.stop()


class DockerServer:
    """The official image, with the options of the deployment; its host port is fixed so that it survives a restart."""

    def __init__(self) -> None:
        os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
        os.environ.setdefault("TESTCONTAINERS_CONNECTION_MODE", "docker_host")
        from testcontainers.community.redis import RedisContainer

        self._port = free_port()
        self._container = (
            RedisContainer(REDIS_IMAGE)
            .with_bind_ports(6379, self._port)
            .with_command("redis-server --protected-mode no --appendonly yes --maxmemory-policy noeviction")
        )
        try:
            self._container.start()
        except BaseException:
            self._container.stop()
            raise

    @property
    def url(self) -> str:
        return f"redis://{self._container.get_container_host_ip()}:{self._port}"

    def start(self) -> None:
        self._container.get_wrapped_container().start()
        wait_until(lambda: _answers(self.url), seconds=20)

    def kill(self) -> None:
        self._container.get_wrapped_container().kill()
        wait_until(lambda: not _answers(self.url), seconds=20)

    def close(self) -> None:
        self._container.stop()


@contextmanager
def embedded(folder: Path) -> Iterator[EmbeddedServer]:
    """The embedded server, running."""
    server = EmbeddedServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.close()


@contextmanager
def in_docker() -> Iterator[DockerServer]:
    """The Redis image, running. Skips where there is no Docker engine, fails there in CI."""
    require_docker()
    server = DockerServer()
    try:
        yield server
    finally:
        server.close()


#: What a fixture that runs a suite on each kind of server is given.
KINDS = ("embedded", pytest.param("docker", marks=pytest.mark.docker))


def server_of(kind: str, folder: Path) -> AbstractContextManager[EmbeddedServer | DockerServer]:
    """A running server of one of the ``KINDS``."""
    return embedded(folder) if kind == "embedded" else in_docker()


def require_docker(image: str = REDIS_IMAGE) -> None:
    """Skip the test without a Docker engine; fail it when the environment says that this is CI."""
    if shutil.which("docker") and subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0:
        return
    if os.environ.get("CI"):
        pytest.fail(f"CI is set, but there is no Docker engine to run {image}")
    pytest.skip(f"no Docker engine here: tests on {image} do not run (those of the embedded mode do)")


def free_port() -> int:
    """A TCP port that nobody listens on now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def wait_until(condition: object, seconds: float = 10.0) -> None:
    """Poll a callable until it is true; fail after so many seconds."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not so within {seconds} s"
        time.sleep(0.01)


def _answers(url: str) -> bool:
    import redis

    try:
        with redis.Redis.from_url(url, socket_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
