"""What tests of the watched folder share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.ingest.fakes import FakePublisher


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def publisher() -> FakePublisher:
    return FakePublisher()
