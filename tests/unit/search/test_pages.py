"""What every page has: a theme, files that browsers keep, numbers and days in the reader's language."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from kliping_search import formats, languages
from kliping_search.app import build
from kliping_search.settings import SearchSettings

#: Compressed bytes that a first view may take, style sheets and scripts included.
FIRST_VIEW = 100_000


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[AsyncClient]:
    """A reader before an empty store."""
    application = build(SearchSettings(data=tmp_path))
    async with AsyncClient(transport=ASGITransport(application), base_url="http://localhost") as reader:
        yield reader


async def test_a_theme_is_kept_and_leads_back(client: AsyncClient) -> None:
    """The system's, until one is chosen; one that there is not changes nothing."""
    assert 'data-theme="system"' in (await client.get("/")).text
    answer = await client.get("/theme/dark", params={"to": "/?q=beras"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?q=beras")
    await client.get("/theme/pink")
    assert 'data-theme="dark"' in (await client.get("/")).text
    assert (await client.get("/theme/light", params={"to": "//evil.example"})).headers["location"] == "/"


async def test_what_is_not_there_is_told_in_the_readers_language(client: AsyncClient) -> None:
    """Also where no page ever was."""
    answer = await client.get("/nowhere", headers={"accept-language": "id"})
    assert answer.status_code == 404
    assert "Halaman ini tidak ada." in answer.text
    assert "Not Found" not in answer.text


async def test_files_are_kept_for_good_under_the_hash_of_their_content(client: AsyncClient) -> None:
    """Under another hash, or none, they are asked for again."""
    page = (await client.get("/")).text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) >= 4
    for address in addresses:
        assert "immutable" in (await client.get(address)).headers["cache-control"]
        other = await client.get(address.partition("?")[0] + "?v=other")
        assert "immutable" not in other.headers["cache-control"]


async def test_a_first_view_is_small(client: AsyncClient) -> None:
    """All that a browser fetches for it, compressed."""
    page = await client.get("/")
    parts = [page, *[await client.get(address) for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)]]
    assert all(part.headers.get("content-encoding") == "gzip" for part in parts if len(part.content) >= 1000)
    assert sum(int(part.headers["content-length"]) for part in parts) < FIRST_VIEW


@pytest.mark.parametrize(
    ("language", "number", "day", "month", "stretch"),
    [
        ("en", "1,234,567", "Wed, 13 Sept 2023", "Sept 2023", "1 Sept 2023 – 13 Sept 2023"),
        ("id", "1.234.567", "Rab, 13 Sep 2023", "Sep 2023", "1 Sep 2023 – 13 Sep 2023"),
    ],
)
def test_numbers_and_days_are_those_of_the_language(
    language: str, number: str, day: str, month: str, stretch: str
) -> None:
    """As CLDR has them."""
    token = languages._language.set(language)
    try:
        assert formats.number(1234567) == number
        assert formats.day("2023-09-13T08:00:00+07:00") == day
        assert formats.month("2023-09") == formats.stretch("2023-09-01", "2023-09-30") == month
        assert formats.stretch("2023-09-01", "2023-09-13") == stretch
        assert formats.stretch("2023-01-01", "2023-12-31") == "2023"
        assert formats.stretch("2023-03-01", "2023-03-28") != formats.month("2023-03")
        assert formats.stretch("2023-02-01", "2023-02-28") == formats.month("2023-02")
        assert (formats.day("kemarin"), formats.day(None), formats.month("x")) == ("kemarin", "", "x")
    finally:
        languages._language.reset(token)
