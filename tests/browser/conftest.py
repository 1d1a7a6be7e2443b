"""A page over a real store, and a real browser to look at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.running import Running, wait_until
from tests.support.shared import ROOT, shared_folder

#: A headless browser in a container without a sandbox, which must not call home.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of this machine; skip without one, fail in CI."""
    executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if executable is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing in CI")
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def page_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of a ``kliping up`` that has read the demo articles, and the real ones where they are at hand."""
    up = Running(tmp_path_factory.mktemp("page"), workers=1)
    shared = shared_folder()
    sources = [path for path in sorted((ROOT / "seeds" / "articles").iterdir()) if path.is_file()]
    sources += sorted((shared / "seeds").glob("*.txt")) if shared else []
    for source in sources:
        shutil.copyfile(source, up.inbox / source.name)
    up.start()
    try:
        url = up.wait_ready()
        done = up.inbox / ".done"
        wait_until(
            lambda: done.is_dir() and len(list(done.iterdir())) == len(sources), seconds=90, what="articles read"
        )
        wait_until(lambda: _settled(url, len(sources)), seconds=90, what="articles searchable")
        yield url
    finally:
        up.stop()


def _settled(url: str, count: int) -> bool:
    import json
    import urllib.request

    with urllib.request.urlopen(f"{url}/api/v1/articles?limit=0") as answer:
        return bool(json.load(answer)["total"] == count)


@pytest.fixture(scope="module")
def screenshots() -> Path | None:
    """Where to keep screenshots, when asked to (KLIPING_TEST_SCREENSHOTS)."""
    folder = os.environ.get("KLIPING_TEST_SCREENSHOTS")
    return Path(folder) if folder else None
