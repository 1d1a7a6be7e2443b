"""Narrowing the results in a real browser: by time, by values, by what to leave out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

CURRENT = ".tabs a[aria-current] .count"


@pytest.fixture
def page(browser: Browser, page_url: str) -> Iterator[Page]:
    """A fresh desktop tab; any script error or policy violation fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=page_url, locale="en-GB")
    tab = context.new_page()
    problems: list[str] = []
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    yield tab
    context.close()
    assert problems == []


def total(tab: Page) -> int:
    """What the current tab counts."""
    return int(tab.locator(CURRENT).inner_text().replace(",", ""))


def test_a_bar_leads_to_its_days_also_by_keyboard(page: Page) -> None:
    """The bar finds as many as it says."""
    page.goto("/?show=articles")
    bar = page.locator(".timeline a").last
    count = str(bar.get_attribute("aria-label")).rpartition(": ")[2]
    bar.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**from=**")
    expect(page.locator(CURRENT)).to_have_text(count)


def test_a_stretch_is_chosen_by_drawing(page: Page) -> None:
    """From the middle of the first bar to the right end: all days from there on."""
    page.goto("/?show=articles")
    before = total(page)
    box = page.locator(".timeline svg").bounding_box()
    assert box is not None
    first = page.locator(".timeline a").first.get_attribute("data-first")
    page.mouse.move(box["x"] + 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + 20)
    page.mouse.up()
    page.wait_for_url("**from=**")
    assert f"from={first}" in page.url
    assert "show=articles" in page.url
    assert total(page) <= before


def test_a_facet_goes_on_in_place_and_its_values_are_found(page: Page) -> None:
    """All values stand where eight stood; typing leaves those that have the words, and one of them narrows the search."""
    page.goto("/")
    page.locator(".facet", has_text="Who says it").get_by_role("link", name="more").click()
    facet = page.locator(".facet", has_text="Who says it")
    expect(facet.locator(".pick").nth(9)).to_be_visible()
    name = facet.locator(".pick .value").nth(9).inner_text()
    facet.get_by_role("searchbox").fill(name)
    expect(facet.locator(".pick .value").first).to_have_text(name)
    expect(facet.locator(".pick").nth(9)).to_have_count(0)
    facet.locator(".pick").first.click()
    page.wait_for_url("**speaker=**")
    expect(page.locator(".chosen .chip")).to_contain_text(name)


def test_a_value_is_left_out_and_taken_back(page: Page) -> None:
    """As many are gone as the value had; the struck chip brings them back."""
    page.goto("/")
    before = total(page)
    row = page.locator(".facet", has_text="Outlet").locator("li").first
    count = int(row.locator(".count").inner_text())
    row.locator(".leave").click()
    page.wait_for_url("**not.outlet=**")
    assert total(page) == before - count
    page.locator(".chip.out").click()
    page.wait_for_url(lambda url: "not.outlet" not in url)
    assert total(page) == before


def test_what_is_contradicted_is_one_click_away(page: Page) -> None:
    """And another click undoes it."""
    page.goto("/")
    before = total(page)
    page.locator(".quick").get_by_role("link", name="Contradicted").click()
    page.wait_for_url("**agreement=disputed**")
    assert 0 < total(page) < before
    page.locator(".quick").get_by_role("link", name="Contradicted").click()
    page.wait_for_url(lambda url: "agreement" not in url)
    page.locator(".quick").get_by_role("link", name="≥ 2").click()
    page.wait_for_url("**origins**")
    assert 0 < total(page) < before


def test_facets_and_themes_need_no_script(browser: Browser, page_url: str) -> None:
    """The facet has its own page that leads back to the results; the theme is a link."""
    context = browser.new_context(java_script_enabled=False, base_url=page_url, locale="en-GB")
    tab = context.new_page()
    tab.goto("/?show=articles")
    tab.locator(".further").first.click()
    tab.wait_for_url("**/facets/**")
    tab.locator(".pick").first.click()
    tab.wait_for_url("**show=articles**")
    tab.get_by_role("link", name="Dark").click()
    expect(tab.locator("html")).to_have_attribute("data-theme", "dark")
    assert "show=articles" in tab.url
    context.close()
