"""What people come for, from the first page to the end, in a real browser over a real ``kliping up``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

DESKTOP = {"width": 1280, "height": 900}
#: Milliseconds for an article to be read, linked and found on a busy machine.
READ_MS = 60_000

NEWS = """Bupati Tirtasari Resmikan Posko Air Bersih

TIRTASARI, Kabar Uji - Bupati Tirtasari Ratna Kusumaningtyas mengatakan posko air bersih {number} dibuka sampai akhir bulan, Kamis (8/10/2026).

"Setiap keluarga boleh mengambil dua puluh liter sehari," kata Ratna Kusumaningtyas.
"""


@pytest.fixture
def page(browser: Browser, page_url: str) -> Iterator[Page]:
    """A fresh desktop tab."""
    context = browser.new_context(viewport=DESKTOP, base_url=page_url, accept_downloads=True)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def search(page: Page, query: str) -> None:
    """Type into the search field, and look."""
    page.get_by_role("combobox", name="Search").or_(page.get_by_role("searchbox")).first.fill(query)
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")


def upload(page: Page, folder: Path, name: str, number: int) -> None:
    """Give an article to Kliping by the page of files."""
    file = folder / name
    file.write_text(NEWS.format(number=number), encoding="utf-8")
    give(page, file)


def give(page: Page, file: Path) -> None:
    """Bring a file in by the page of files."""
    page.goto("/files")
    page.locator("#upload").set_input_files(file)
    upload_button = page.get_by_role("button", name="Upload")
    if upload_button.is_visible():
        upload_button.click()


def read(page: Page, name: str) -> None:
    """Wait on the page of files, which tells by itself how far a file is, until the article is found."""
    expect(page.locator(".file", has_text=name).locator(".badge").first).to_have_text("searchable", timeout=READ_MS)


def test_a_first_visit(page: Page) -> None:
    """Without a word typed: who said what; a claim leads to its place in the unaltered article; Back leads back."""
    page.goto("/")
    said = page.locator(".card.claim").first
    words = said.locator(".said").inner_text().strip("“” \n")
    said.locator(".meta a").first.click()
    page.wait_for_url("**/articles/*")
    expect(page.locator("mark.claim:target").first).to_be_in_viewport()
    assert words.split()[0] in page.locator("mark.claim:target").first.inner_text()
    page.go_back()
    expect(page.locator(".card.claim").first).to_be_visible()


def test_who_said_it(page: Page) -> None:
    """A few words find the claim in whatever form it was said; its speaker leads to all that he says."""
    page.goto("/")
    search(page, "pengungsi OR mengungsi")
    card = page.locator(".card.claim", has=page.locator("mark.hit")).first
    expect(card).to_be_visible()
    speaker = card.locator(".who").inner_text()
    card.locator(".who").click()
    page.wait_for_url("**speaker=**")
    assert set(page.locator(".card.claim .who").all_inner_texts()) == {speaker}


def test_outlets_compared_on_a_story(page: Page) -> None:
    """The story in most outlets: who has what in a table; a claim of several is read side by side, what differs marked."""
    page.goto("/?show=stories&sort=outlets")
    page.locator(".card h2 a").first.click()
    page.wait_for_url("**/stories/*")
    table = page.locator("table").first
    assert table.locator("thead th").count() >= 4
    table.locator("tbody a[href^='/groups/']").first.click()
    page.wait_for_url("**/groups/*")
    assert len(set(page.locator(".side-by-side .outlet").all_inner_texts())) >= 2


def test_uploaded_and_watched(page: Page, tmp_path: Path) -> None:
    """A file goes in by the page, which tells by itself when it is read, and leads to the article."""
    upload(page, tmp_path, "posko.txt", 1)
    read(page, "posko.txt")
    page.locator(".file", has_text="posko.txt").get_by_role("link").first.click()
    page.wait_for_url("**/articles/*")
    expect(page.locator("mark.claim").first).to_be_visible()


def test_a_file_that_cannot_be_read_says_why(page: Page, tmp_path: Path) -> None:
    """It stands in the list with the reason and a hint, and can be tried again."""
    file = tmp_path / "kosong.pdf"
    file.write_bytes(b"%PDF-1.7\nbroken")
    give(page, file)
    row = page.locator(".file", has_text="kosong.pdf")
    expect(row.locator(".badge").first).to_have_text("rejected", timeout=READ_MS)
    expect(row.get_by_role("button", name="Try again")).to_be_visible()


def test_a_search_kept_tells_what_comes(page: Page, tmp_path: Path) -> None:
    """Saved with a name; an article that arrives later appears under it once, and in its feed."""
    page.goto("/")
    search(page, 'speaker:"Ratna Kusumaningtyas" posko')
    page.get_by_role("link", name="Watch this search").click()
    page.get_by_label("Name").fill("Ratna dan posko")
    page.get_by_role("button", name="Watch", exact=True).click()
    page.wait_for_url("**/watches/*")
    watch = page.url.split("?")[0]
    expect(page.get_by_text("Nothing yet")).to_be_visible()
    upload(page, tmp_path, "posko-dua.txt", 2)
    read(page, "posko-dua.txt")
    found = page.locator("#found + ol .card, section[aria-labelledby=found] .card")
    for _ in range(60):
        page.goto(watch)
        if found.count():
            break
        page.wait_for_timeout(500)
    expect(found).to_have_count(1)
    expect(found.locator(".said")).to_contain_text("posko air bersih 2")
    feed = page.request.get(f"{watch}/feed.json").json()
    assert len(feed["items"]) == 1


def test_taken_away(page: Page) -> None:
    """All that a search finds, as a table with sources: as many rows as the page counts."""
    page.goto("/?show=claims&q=speaker%3ARatna")
    total = int(page.locator(".tabs a[aria-current] .count").inner_text())
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").first.click()
    rows = list(csv.DictReader(started.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == total
    assert all(row["speaker"] and row["text"] and row["article_id"] for row in rows)


def test_a_person_renamed(page: Page) -> None:
    """The claims of one name come under the other, told as a correction with its reason; undone, they come back."""
    said = page.request.get("/api/v1/claims?limit=0&speaker=Endah Sulistyorini").json()["total"]
    assert said > 0

    def count(name: str, wanted: int) -> None:
        for _ in range(60):
            if page.request.get(f"/api/v1/claims?limit=0&speaker={name}").json()["total"] == wanted:
                return
            page.wait_for_timeout(500)
        raise AssertionError(f"{name} never had {wanted} claims")

    page.goto("/entities/PER/Endah%20Sulistyorini")
    page.locator("details.correct summary").first.click()
    page.locator("#real").fill("Endah Sulistiorini")
    page.locator("#why-real").fill("ejaan di kartu persnya")
    page.get_by_role("button", name="Rename, or join with that name").click()
    count("Endah Sulistiorini", said)
    page.goto("/corrections")
    row = page.locator("#names .card", has_text="Endah Sulistiorini")
    expect(row).to_contain_text("ejaan di kartu persnya")
    row.get_by_role("button", name="Undo").click()
    count("Endah Sulistyorini", said)
