"""Keeping watch in a real browser: a search is saved, something arrives, the watch tells it; by keyboard, accessible."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ARGUMENTS
from tests.support.running import Running, wait_until

__all__ = ["ARGUMENTS"]

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ARTICLE = """Bupati Minta Warga Tenang

Wonosari, Kamis (14/9/2023) - "Kami sudah menyiapkan {n} posko pengungsian," kata Bupati Wonosari Slamet Raharjo.
"""


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, str]]:
    """An empty Kliping."""
    running = Running(tmp_path_factory.mktemp("watching"), workers=1)
    running.start()
    try:
        yield running, running.wait_ready()
    finally:
        running.stop()


@pytest.fixture(params=[1280, 390], ids=["desktop", "phone"])
def tab(browser: Browser, up: tuple[Running, str], request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh tab without JavaScript: everything here works so."""
    size = {"width": request.param, "height": 900}
    context = browser.new_context(viewport=size, base_url=up[1], java_script_enabled=False)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def test_an_alert_is_saved_and_seen_to_fire(tab: Page, up: tuple[Running, str]) -> None:
    """From the search to the alert and away again."""
    number = tab.viewport_size["width"] if tab.viewport_size else 0
    tab.goto("/?q=posko")
    tab.get_by_role("link", name="Watch this search").click()
    tab.get_by_label("Name").fill("Posko")
    tab.get_by_role("button", name="Watch").click()
    expect(tab.get_by_role("heading", name="Posko", level=1)).to_be_visible()
    (up[0].inbox / f"berita-{number}.txt").write_text(ARTICLE.format(n=number), encoding="utf-8")

    def told() -> bool:
        tab.reload()
        return tab.locator(".card .said").count() > 0

    wait_until(told, seconds=60, what="the alert is on the watch's page")
    expect(tab.locator(".card .said").first).to_contain_text(f"menyiapkan {number} posko")
    tab.get_by_role("link", name="Watches").first.click()
    expect(tab.locator(".card .badge.new").first).to_have_text("1 new")
    tab.get_by_role("link", name="Posko").first.click()
    tab.get_by_role("button", name="Mark all as read").click()
    expect(tab.locator(".badge.new")).to_have_count(0)
    tab.get_by_text("Change or remove").click()
    tab.get_by_role("button", name="Remove this watch").click()
    expect(tab.get_by_role("heading", name="Nothing is watched yet")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_the_pages_are_accessible(
    browser: Browser, up: tuple[Running, str], scheme: str, width: int, screenshots: Path | None
) -> None:
    """axe finds nothing; nothing is wider than the window."""
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=up[1], color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    form = {
        "name": "Banjir di pesisir",
        "search": "q=banjir",
        "webhook": "http://127.0.0.1:9/",
        "mail": "a@desk.example",
    }
    made = page.request.post("/watches", form=form | {"every": "60"})
    path = f"/watches/{page.request.get('/api/v1/watches').json()[-1]['watch_id']}"
    assert made.ok
    for name, address in (("watches", "/watches"), ("watch", path), ("watch-new", "/watches/new?q=banjir")):
        page.goto(address)
        if name == "watch":
            page.get_by_text("Change or remove").click()
        if screenshots:
            page.screenshot(path=screenshots / f"{name}-{width}-{scheme}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    page.request.post(f"{path}/remove", form={"ok": "1"})
    context.close()
