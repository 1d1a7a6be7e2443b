"""Times in the terminal are those of the settings' zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from kliping.commands.output import local, zone


@pytest.fixture
def _makassar(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A zone other than the default, that no other test sees."""
    monkeypatch.setenv("KLIPING_TIMEZONE", "Asia/Makassar")
    zone.cache_clear()
    yield
    zone.cache_clear()


@pytest.mark.usefixtures("_makassar")
def test_moments_are_told_in_the_zone_of_the_settings() -> None:
    """As on the page."""
    assert local(datetime(2026, 3, 1, 16, 30, tzinfo=UTC)).isoformat() == "2026-03-02T00:30:00+08:00"
