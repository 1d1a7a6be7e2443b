"""The embedded broker keeps what it has acknowledged, whatever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kliping_shared.broker import BrokerError, EmbeddedBroker
from kliping_shared.broker.server import ask, server_pid
from tests.support.brokers import wait_until


def kill(broker: EmbeddedBroker) -> None:
    assert broker.pid is not None
    os.kill(broker.pid, signal.SIGKILL)
    wait_until(lambda: not broker.alive())


@pytest.mark.parametrize("name", ["data", "with blank", 'with "quotes" and %', "ünï-🗞", "long" * 40])
def test_starts_in_any_folder(tmp_path: Path, name: str) -> None:
    """Blanks, quotes, other alphabets and paths too long for a socket are all right; clients reach it by its URL."""
    import redis

    with EmbeddedBroker(tmp_path / name) as broker, redis.Redis.from_url(broker.url) as client:
        assert client.ping()
        assert len(os.fsencode(broker.socket)) <= 103


def test_only_this_user_may_connect_and_no_port_is_open(tmp_path: Path) -> None:
    """The socket has mode 700 and TCP is off."""
    with EmbeddedBroker(tmp_path / "data") as broker:
        assert broker.socket.stat().st_mode & 0o777 == 0o700
        assert (ask(broker.socket, "CONFIG", "GET", "port") or "").startswith("*2")


def test_killed_server_comes_back_with_everything_acknowledged(tmp_path: Path) -> None:
    """start() after kill -9 of the server loads every write it had answered."""
    with EmbeddedBroker(tmp_path / "data") as broker:
        for number in range(100):
            assert ask(broker.socket, "SET", f"key{number}", "x") == "+OK"
        kill(broker)
        assert broker.start() == broker.url
        assert ask(broker.socket, "DBSIZE") == ":100"


def test_torn_end_of_the_append_only_file_is_cut_off(tmp_path: Path) -> None:
    """Half a command at the end, as a power cut leaves it, costs that command only."""
    with EmbeddedBroker(tmp_path / "data") as broker:
        assert ask(broker.socket, "SET", "key", "value") == "+OK"
        kill(broker)
        (increment,) = (tmp_path / "data").glob("appendonlydir/*.incr.aof")
        with increment.open("ab") as file:
            file.write(b"*3\r\n$3\r\nSET\r\n$4\r\nha")
        broker.start()
        assert ask(broker.socket, "DBSIZE") == ":1"


def test_server_that_outlived_its_parent_is_adopted(tmp_path: Path) -> None:
    """After kill -9 of the owner the next one finds the server running, takes it with its data, and can stop it."""
    owner = (
        "import sys, time; from pathlib import Path; from kliping_shared.broker import EmbeddedBroker;"
        "b = EmbeddedBroker(Path(sys.argv[1])); b.start(); sys.stdout.write('up\\n'); sys.stdout.flush(); time.sleep(60)"
    )
    folder = tmp_path / "data"
    parent = subprocess.Popen([sys.executable, "-c", owner, str(folder)], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"up\n"
    broker = EmbeddedBroker(folder)
    with pytest.raises(BrokerError, match="in use by another running kliping"):
        broker.start()
    assert ask(broker.socket, "SET", "key", "value") == "+OK"
    left = server_pid(broker.socket)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    broker.start()
    assert broker.pid == left
    assert ask(broker.socket, "DBSIZE") == ":1"
    broker.stop()
    assert ask(broker.socket, "PING") is None


def test_stop_is_idempotent_and_frees_the_folder(tmp_path: Path) -> None:
    """After stop() another owner may start at once and finds the data."""
    first, second = EmbeddedBroker(tmp_path / "data"), EmbeddedBroker(tmp_path / "data")
    first.start()
    assert ask(first.socket, "SET", "key", "value") == "+OK"
    first.stop()
    first.stop()
    with second:
        assert ask(second.socket, "DBSIZE") == ":1"


def test_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    """The error holds the end of the server's log."""
    broker = EmbeddedBroker(tmp_path / "data", config={"no-such-option": "1"})
    with pytest.raises(BrokerError, match="no-such-option"):
        broker.start()
    broker.stop()


def test_nothing_is_evicted_and_every_write_is_logged(tmp_path: Path) -> None:
    """noeviction and an append-only file synced every second, whatever the server's defaults are."""
    import redis

    with EmbeddedBroker(tmp_path / "data") as broker, redis.Redis.from_url(broker.url, decode_responses=True) as client:
        wanted = {"maxmemory-policy": "noeviction", "appendonly": "yes", "appendfsync": "everysec", "save": ""}
        assert {name: client.config_get(name)[name] for name in wanted} == wanted
