"""What ``kliping up`` starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kliping.settings import UpSettings
from kliping.up.address import announce, free_port, only_one, shown, what_runs
from kliping.up.plan import common_environ, plan
from kliping_shared.errors import SettingsError


def test_each_worker_has_a_stable_name_of_its_own() -> None:
    """A worker that is started again finds what it had in hand, because its name is the same."""
    services = plan(3)
    assert [service.name for service in services] == [
        "search",
        "alert",
        "extract-1",
        "extract-2",
        "extract-3",
        "link",
        "index",
        "ingest",
    ]
    consumers = [service.environ.get("KLIPING_CONSUMER") for service in services if service.name != "search"]
    assert len(set(consumers)) == len(consumers)


def test_once_starts_no_watcher() -> None:
    """With --once the folder is read by the command itself."""
    assert "ingest" not in [service.name for service in plan(1, watch=False)]


def test_children_are_told_absolute_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child's working directory does not matter."""
    monkeypatch.chdir(tmp_path)
    environ = common_environ(UpSettings(inbox=Path("in"), data=Path("d")), "unix:///x", "127.0.0.1", 1)
    assert environ["KLIPING_INBOX"] == str(tmp_path / "in")
    assert environ["KLIPING_DATA"] == str(tmp_path / "d")


def test_one_supervisor_per_data_folder(tmp_path: Path) -> None:
    """The second is told where the first one runs; afterwards the folder is free."""
    with only_one(tmp_path) as running:
        announce(running, "http://here", tmp_path)
        with pytest.raises(SettingsError, match="http://here"), only_one(tmp_path):
            pass
    assert what_runs(tmp_path) == {}
    with only_one(tmp_path):
        pass


def test_a_taken_port_is_told_with_a_way_out() -> None:
    """The message names the port and --port 0."""
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match="--port 0"):
            free_port("127.0.0.1", taken.getsockname()[1])
    assert free_port("127.0.0.1", 0) > 0


def test_what_a_killed_supervisor_left_is_not_believed(tmp_path: Path) -> None:
    """Its announcement without its lock means that nothing runs."""
    announce(tmp_path / "up.json", "http://gone", tmp_path)
    assert what_runs(tmp_path) == {}


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("::1", "http://[::1]:80"), ("0.0.0.0", "http://127.0.0.1:80")],
)
def test_the_address_shown_can_be_opened(host: str, address: str) -> None:
    """IPv6 in brackets; an address that means all of this machine's becomes one of them."""
    assert shown(host, 80) == address
