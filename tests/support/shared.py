"""Where the acceptance material lies (real articles, gold, corpora): beside the project, never in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def shared_folder() -> Path | None:
    """``KLIPING_TEST_SHARED``, else ``shared`` beside the project; None where there is none."""
    folder = Path(os.environ.get("KLIPING_TEST_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "seeds").is_dir() else None


def require_shared() -> Path:
    """The folder, or skip the calling test; in CI its absence is a failure."""
    folder = shared_folder()
    if folder is None:
        if os.environ.get("CI"):
            pytest.fail("acceptance material is missing in CI: set KLIPING_TEST_SHARED")
        pytest.skip("acceptance material (KLIPING_TEST_SHARED or ../shared) is not here")
    return folder
