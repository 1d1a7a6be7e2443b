"""Pages that repeat code are what the code says; links lead somewhere; no page names what is not ours to name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kliping.reference import PAGES
from tests.support.shared import ROOT

PAGES_IN_PROSE = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "services").glob("*/README.md")),
]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_reference_pages_are_up_to_date(name: str) -> None:
    """`python -m kliping.reference docs/reference` would change nothing."""
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == PAGES[name]()


@pytest.mark.parametrize("page", PAGES_IN_PROSE, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(page: Path) -> None:
    """Every relative link and picture of a page exists."""
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert missing == []
