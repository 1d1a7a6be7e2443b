"""The supervisor with real children."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

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
