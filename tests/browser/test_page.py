"""The page in a real browser: found, read, compared; by mouse, by keyboard, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kliping_shared.query import FIELDS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def page(browser: Browser, page_url: str) -> Iterator[Page]:
    """A fresh desktop tab; any script error, refused resource or policy violation fails the test."""
    context = browser.new_context(viewport=DESKTOP, base_url=page_url)  # type: ignore[arg-type]
    tab = context.new_page()
    problems: list[str] = []
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    yield tab
    context.close()
    assert [problem for problem in problems if "400" not in problem and "404" not in problem] == []


def test_a_first_visit_shows_who_said_what(page: Page) -> None:
    """Claims with their speakers are there without a search, with facets beside them."""
    page.goto("/")
    expect(page.locator(".card.claim").first.locator(".who")).not_to_be_empty()
    expect(page.get_by_role("heading", name="Who says it")).to_be_visible()


def test_search_facet_and_back(page: Page) -> None:
    """Typing finds, a facet narrows and counts what it said it would, the address keeps it, Back undoes it."""
    page.goto("/")
    total = int(page.locator(".tabs a[aria-current] .count").inner_text())
    facet = page.locator(".facet").first.locator("a").first
    count = int(facet.locator(".count").inner_text())
    facet.click()
    expect(page.locator(".tabs a[aria-current] .count")).to_have_text(str(count))
    assert "speaker=" in page.url
    page.reload()
    expect(page.locator(".tabs a[aria-current] .count")).to_have_text(str(count))
    page.go_back()
    expect(page.locator(".tabs a[aria-current] .count")).to_have_text(str(total))


def test_found_words_are_highlighted_in_any_form(page: Page) -> None:
    """The form of the word in the text is marked, whatever form was typed."""
    page.goto("/")
    page.get_by_label("Search", exact=True).fill("mengatakan OR pernyataan")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Articles").click()
    expect(page.locator("mark.hit").first).to_be_visible()


def test_an_article_is_its_unaltered_text_with_claims_marked(page: Page) -> None:
    """What stands on the page is the text, character by character; a claim is marked and told in the margin."""
    page.goto("/?show=articles")
    page.locator(".card h2 a").first.click()
    page.wait_for_url("**/articles/*")
    article = page.request.get(f"/api/v1/articles/{page.url.rsplit('/', 1)[1]}").json()
    assert page.locator(".text").evaluate("node => node.textContent") == article["text"]
    expect(page.locator("mark.claim").first).to_be_visible()
    expect(page.locator(".margin .note").first.locator(".who")).not_to_be_empty()
    page.locator("#t-zones").check()
    expect(page.locator(".zone.body").first).to_be_visible()


def test_the_same_claim_side_by_side(page: Page) -> None:
    """A group carried by several outlets shows every wording with its outlet and a way into its context."""
    page.goto("/?show=groups&sort=outlets")
    page.locator(".card .carried").first.click()
    page.wait_for_url("**/groups/*")
    assert page.locator(".side-by-side .card").count() >= 2
    assert len(set(page.locator(".side-by-side .outlet").all_inner_texts())) >= 2
    expect(page.locator(".side-by-side ins").first).to_be_visible()
    page.get_by_role("link", name="read in").first.click()
    page.wait_for_url("**/articles/*")


def test_a_claim_in_dispute_tells_who_says_what(page: Page) -> None:
    """Each value with its outlets, before the wordings; the facet leads to it, and from there it goes on to its story."""
    page.goto("/?show=groups&agreement=disputed&sort=outlets")
    page.locator(".card .carried").first.click()
    page.wait_for_url("**/groups/*")
    expect(page.get_by_role("heading", name="What differs")).to_be_visible()
    assert page.locator(".difference").first.locator("li").count() >= 2
    page.locator("main a[href^='/stories/']").first.click()
    page.wait_for_url("**/stories/*")


def test_a_story_tells_what_is_agreed_and_what_is_single_source(page: Page) -> None:
    """Carriers, agreed claims and claims of one outlet stand apart; a claim leads to its wordings."""
    page.goto("/?show=stories&sort=outlets")
    page.locator(".card h2 a").first.click()
    page.wait_for_url("**/stories/*")
    for heading in ("Who carries it", "Agreed", "From one outlet only"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.locator("#agreed .row a").first.click()
    page.wait_for_url("**/groups/*")


def test_bad_syntax_is_told_at_the_right_spot(page: Page) -> None:
    """The message names the mistake and marks its place; the page stays usable."""
    page.goto("/")
    page.get_by_label("Search", exact=True).fill('"tak tertutup')
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(".where mark")).to_be_visible()


def test_a_misspelt_name_is_one_click_from_the_right_one(page: Page) -> None:
    """What was typed stays in the box until then."""
    page.goto("/")
    speakers = page.request.get("/api/v1/claims?facets=true&limit=0").json()["facets"]["speaker"]
    word = next(word for speaker in speakers for word in speaker["value"].split() if len(word) > 7)
    page.goto(f"/?q=speaker:{word[:2]}{word[3:]}")
    expect(page.get_by_label("Search", exact=True)).to_have_value(f"speaker:{word[:2]}{word[3:]}")
    # Names are read now and then, so those of articles that have just come show a moment later.
    for _ in range(20):
        if page.locator(".meant a").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    page.locator(".meant a").click()
    expect(page.locator(".card").first).to_be_visible()


def test_suggestions_by_keyboard(page: Page) -> None:
    """A field, then who is in it; Escape leaves what was typed; the list is a combobox's."""
    page.goto("/")
    box, options = page.get_by_role("combobox", name="Search"), page.locator("#suggestions").get_by_role("option")
    box.press_sequentially("kata spea")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Enter")
    expect(box).to_have_value("kata speaker:")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    name = options.first.locator(".value").inner_text()
    page.keyboard.press("Enter")
    expect(box).to_have_value(f'kata speaker:"{name}" ')
    box.press_sequentially("spea")
    expect(options).to_have_count(1)
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value(f'kata speaker:"{name}" spea')


def test_suggestions_by_mouse_while_the_caret_is_inside(page: Page) -> None:
    """What stands behind the caret stays; the box keeps the focus."""
    page.goto("/")
    box = page.get_by_role("combobox", name="Search")
    box.fill("stan banjir")
    box.evaluate("box => box.setSelectionRange(4, 4)")
    box.dispatch_event("input")
    page.locator("#suggestions li").first.click()
    expect(box).to_have_value("stance:banjir")
    expect(box).to_be_focused()


def test_the_help_is_one_press_away(page: Page) -> None:
    """It names every field; nothing in it is wider than a phone; no rule of accessibility is broken."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/")
    page.get_by_text("How to search").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("about:satelit")).to_be_visible()
    assert page.locator(".help .fields dt").count() == len(FIELDS)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_dates_alone_that_leave_nothing_are_told_with_a_way_out(page: Page) -> None:
    """A first day in the far future finds nothing; that is not said to be an empty inbox, and a link leads back."""
    page.goto("/?from=2999-01-01")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    page.get_by_role("link", name="without filters and dates").click()
    expect(page.locator(".card.claim").first).to_be_visible()


def test_a_facet_and_the_badges_use_the_same_words(page: Page) -> None:
    """What is called a quote beside the results is called a quote on them, and in the chosen filter."""
    page.goto("/")
    page.locator(".facet a", has_text="quote").first.click()
    page.wait_for_url("**kind=**")
    words = page.locator(".facet", has_text="Quoted or reported").locator("a[aria-current] .value").all_inner_texts()
    assert set(page.locator(".card.claim .badge:not(.stance)").all_inner_texts()) == set(words)
    expect(page.locator(".chosen .chip")).to_contain_text(words[0])


def test_what_was_cleared_does_not_come_back(page: Page) -> None:
    """A filter that was chosen stays for the next search, one that was removed does not; the tab stays."""
    page.goto("/")
    page.locator(".facet").first.locator("a").first.click()
    page.get_by_label("Search", exact=True).fill("kata")
    page.keyboard.press("Enter")
    page.wait_for_url("**speaker=**")
    page.locator(".clear").click()
    page.get_by_role("link", name="Stories").click()
    page.get_by_label("Search", exact=True).fill("banjir")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=banjir**")
    assert "speaker=" not in page.url
    assert "show=stories" in page.url


def test_more_results_are_added_below(page: Page) -> None:
    """The list grows by the next page, and no claim is there twice."""
    page.goto("/")
    first = page.locator(".card.claim").count()
    page.get_by_role("link", name="More results").click()
    expect(page.locator(".card.claim").nth(first)).to_be_visible()
    links = page.locator(".card.claim .meta a:first-child").evaluate_all("nodes => nodes.map(node => node.href)")
    assert len(set(links)) == len(links)


def test_everything_by_keyboard(page: Page) -> None:
    """Skip link first, then search; Enter on a focused result opens it."""
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_label("Search", exact=True).focus()
    page.keyboard.type("kata")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=kata**")
    page.locator(".card .meta a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*")


def test_it_works_without_javascript(browser: Browser, page_url: str) -> None:
    """Search, facet and reading are plain links and forms."""
    context = browser.new_context(java_script_enabled=False, base_url=page_url)
    tab = context.new_page()
    tab.goto("/")
    tab.get_by_label("Search", exact=True).fill("kata")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**q=kata**")
    tab.locator(".facet a").first.click()
    tab.locator(".card .meta a").first.click()
    tab.wait_for_url("**/articles/*")
    context.close()
