"""Keys by command, and who is let in by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.running import kliping


def test_made_listed_and_removed(tmp_path: Path) -> None:
    """It is shown once, and what is listed is no key."""
    made = kliping("key", "add", "sari", "--role", "correct", "--data", tmp_path)
    assert (made.returncode, made.stdout.startswith("kliping_")) == (0, True)
    listed = kliping("key", "list", "--data", tmp_path).stdout
    assert listed.startswith("sari  correct  since ")
    assert made.stdout.strip() not in listed
    assert kliping("key", "remove", "sari", "--data", tmp_path).returncode == 0
    assert kliping("key", "list", "--data", tmp_path).stdout == "No keys.\n"
    again = kliping("key", "remove", "sari", "--data", tmp_path)
    assert (again.returncode, "no key of sari" in again.stderr) == (2, True)


@pytest.mark.parametrize("command", ["up", "search-server"])
def test_beyond_this_machine_nothing_starts_without_keys(tmp_path: Path, command: str) -> None:
    """It says what to do instead."""
    folders = ("--inbox", tmp_path / "inbox", "--data", tmp_path / "data", "--host", "0.0.0.0", "--port", "0")
    environ = {"KLIPING_HOST": "0.0.0.0", "KLIPING_PORT": "0", "KLIPING_DATA": str(tmp_path / "data")}
    started = kliping(command, *(folders if command == "up" else ()), environ=environ)
    assert (started.returncode, "kliping key add" in started.stderr) == (2, True)
    assert not (tmp_path / "inbox").exists()
