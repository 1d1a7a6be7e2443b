"""Every page in a real browser: accessible in both themes, and no wider than any screen."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

#: What a page is called in docs/images, and its address; ``{kind}`` is the id of the first document of the kind.
PAGES: Final = {
    "start": "/",
    "articles": "/?show=articles",
    "same-claim": "/?show=groups&sort=outlets",
    "stories": "/?show=stories",
    "search": "/?q=tanggul",
    "facet": "/facets/speaker?not.outlet=ANTARA",
    "article": "/articles/{articles}",
    "group": "/groups/{groups}",
    "story": "/stories/{stories}",
    "report": "/stories/{stories}/report",
    "person": "/entities/PER/Bambang Setyoraharjo",
    "outlet": "/outlets/HarianKota.com",
    "corrections": "/corrections",
    "watches": "/watches",
    "watch": "/watches/new?q=tanggul",
    "files": "/files",
    "api": "/api/v1/docs",
    "syntax": "/?q=%22",
    "nothing": "/nothing",
}
VIEWS: Final = {"phone": (390, 844), "desktop": (1280, 900), "wide": (1920, 1080)}
ID: Final = {"articles": "article_id", "groups": "group_id", "stories": "story_id"}


def address(tab: Page, name: str) -> str:
    """The page's address, with the id of the first document where it shows one."""
    path = PAGES[name]
    for kind, id_field in ID.items():
        if f"{{{kind}}}" in path:
            sort = "newest" if kind == "articles" else "outlets"
            hits = tab.request.get(f"/api/v1/{kind}?sort={sort}&limit=1").json()["hits"]
            path = path.replace(f"{{{kind}}}", hits[0][id_field])
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody(
    browser: Browser, page_url: str, name: str, scheme: str, screenshots: Path | None
) -> None:
    """axe-core finds nothing on a desk or a phone, in either theme; nothing is wider than any screen."""
    context = browser.new_context(base_url=page_url, color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(address(tab, name))
    # The footer names the folder of this test run, which is of no interest in a picture.
    tab.locator(".foot code").evaluate_all("nodes => nodes.forEach(node => { node.textContent = 'inbox' })")
    for view, (width, height) in VIEWS.items():
        tab.set_viewport_size({"width": width, "height": height})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        if view != "wide":
            results = Axe().run(tab)
            assert results.violations_count == 0, results.generate_report()
        if screenshots:
            screenshots.mkdir(parents=True, exist_ok=True)
            tab.screenshot(path=screenshots / f"{name}-{view}-{scheme}.jpg", type="jpeg", quality=60)
    context.close()
