"""Hostile news is text: on every page, in every feed and export, in a browser."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from lxml import etree
from playwright.sync_api import Browser

from tests.browser.conftest import browser
from tests.integration.api.hostile import HOSTILE, RUN, Page

__all__ = ["browser"]

#: Pages, feeds and exports of each kind that links are followed to.
EACH = 25


def _crawled(client: httpx.Client) -> Iterator[tuple[str, httpx.Response]]:
    """Every page that links lead to, and searches for what is hostile."""
    waiting = ["/", *(f"/?show={kind}" for kind in ("articles", "groups", "stories"))]
    waiting += [f"/{quote(one, safe='')}" for one in HOSTILE]
    waiting += [f"/?{name}={quote(one, safe='')}" for one in HOSTILE for name in ("q", "speaker", "from", "show", "x")]
    waiting += [f"/login?to={quote(one, safe='')}" for one in HOSTILE]
    seen, found = set(waiting), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        answer = client.get(path)
        yield path, answer
        if answer.headers.get("content-type", "").startswith("text/html"):
            for link in Page(answer.text).links:
                # The same kind of page under other filters shows nothing new.
                if link not in seen and found[_kind(link)] < EACH and not link.startswith(("/static/", "/language/")):
                    seen.add(link)
                    found[_kind(link)] += 1
                    waiting.append(link)


def _kind(path: str) -> str:
    """The first part of a page's path; of the API's, what stands behind its version."""
    return "/".join(path.partition("?")[0].split("/")[: 4 if path.startswith("/api/") else 2])


def test_no_page_has_a_script_of_an_article(hostile_url: str) -> None:
    """Whatever an article or an address says: it is text, nothing in it leads elsewhere, and no answer is a 5xx."""
    kinds = set()
    with httpx.Client(base_url=hostile_url, timeout=30) as client:
        for path, answer in _crawled(client):
            media = answer.headers.get("content-type", "").partition(";")[0]
            assert answer.status_code < 500, path
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "script-src 'self';" in answer.headers["content-security-policy"]
            if media == "text/html":
                assert not Page(answer.text).bad, path
                kinds.add(_kind(path))
            elif media.endswith("xml") and not path.startswith("/static"):
                _is_text_only(answer.content)
    assert {"/", "/articles", "/groups", "/stories", "/entities", "/outlets"} <= kinds


def _is_text_only(feed: bytes) -> None:
    tree = etree.fromstring(feed)
    for element in tree.iter():
        assert "script" not in str(element.tag)
        for name, value in element.attrib.items():
            assert name not in ("href", "src") or str(value).startswith(("http", "/", "urn:", "tag:")), value


def test_no_export_is_a_formula(hostile_url: str) -> None:
    """A cell that begins like one is not run by a spreadsheet; the text is whole in JSON."""
    text = httpx.get(f"{hostile_url}/api/v1/export/articles.csv", timeout=60).text
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "\t"))]


@pytest.mark.browser
@pytest.mark.timeout(300)
def test_nothing_runs_in_a_browser(hostile_url: str, browser: Browser, tmp_path: Path) -> None:
    """Every kind of page, looked at and pointed at."""
    context = browser.new_context(base_url=hostile_url)
    tab = context.new_page()
    refused: list[str] = []
    tab.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    by_kind: dict[str, list[str]] = {}
    with httpx.Client(base_url=hostile_url, timeout=30) as client:
        for path, answer in _crawled(client):
            if answer.headers.get("content-type", "").startswith("text/html"):
                by_kind.setdefault(_kind(path), []).append(path)
    for path in (path for paths in by_kind.values() for path in paths[-2:]):
        tab.goto(path)
        assert tab.evaluate("window.ran") is None, path
        for link in tab.locator("main a").all()[:5]:
            link.hover(force=True, timeout=2000)
        assert tab.evaluate("window.ran") is None, path
    assert refused == []
    assert RUN in HOSTILE[0]
    context.close()
