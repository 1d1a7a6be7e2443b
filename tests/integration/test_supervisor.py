"""The supervisor with real children."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import pytest

from kliping.up.forking import start_fork_server, without_command
from kliping.up.plan import Service
from kliping.up.supervisor import Supervisor
from kliping_shared.errors import SettingsError


def test_a_service_that_refuses_its_settings_ends_the_supervision_with_its_words(tmp_path: Path) -> None:
    """A child's exit code 2 is not answered by starting it again: ``watch`` raises what the child said."""
    refused = Service("ingest", "kliping_ingest.app", {"KLIPING_MAX_ATTEMPTS": "0"})

    async def supervise() -> None:
        supervisor = Supervisor([refused], {}, tmp_path / "logs", None)
        supervisor.start()
        try:
            async with asyncio.timeout(60):
                await supervisor.watch(asyncio.Event())
        finally:
            await supervisor.shut_down()

    with pytest.raises(
        SettingsError, match=r"^ingest cannot start: KLIPING_MAX_ATTEMPTS: .*greater than or equal to 1"
    ):
        asyncio.run(supervise())
    log = (tmp_path / "logs" / "ingest.log").read_text()
    assert log.count("KLIPING_MAX_ATTEMPTS") == 1, f"started more than once: {log}"


def test_a_child_does_not_import_the_command_that_started_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service's process holds the service alone; the command's own main module is as it was afterwards."""
    command = sys.modules["__main__"]
    path = tmp_path / "command.py"
    path.write_text("raise SystemExit('imported')")
    monkeypatch.setattr(command, "__spec__", None)
    monkeypatch.setattr(command, "__file__", str(path), raising=False)
    process = start_fork_server().Process(target=time.monotonic)
    with without_command():
        process.start()
    process.join(60)
    assert process.exitcode == 0
    assert (command.__spec__, command.__file__) == (None, str(path))
