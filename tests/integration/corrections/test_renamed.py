"""A name that was joined with another: its page says so, and leads on once no article has it any more."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from kliping_extract.extractor import Extractor
from kliping_search.app import build
from kliping_search.lookup import Store
from kliping_search.settings import SearchSettings
from kliping_shared.contracts import streams
from kliping_shared.store import open_reader, open_writer
from tests.integration.corrections.stages import OTHER, Stages

PAGE = "/entities/PER/Rani%20Kusuma"


@pytest.fixture
async def client(url: str, tmp_path: Path, extractor: Extractor) -> AsyncIterator[AsyncClient]:
    """A browser before a store with one article, which names Rani Kusuma."""
    settings = SearchSettings(data=tmp_path, redis_url=url)
    writer, reader = open_writer(settings), open_reader(settings)
    await Stages(extractor, writer, reader).publish(streams.ARTICLE, [OTHER])
    app = build(settings, Store(reader, 10))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as asking:
        yield asking
    await reader.close()
    await writer.close()


async def _renamed(client: AsyncClient, **told: str) -> str:
    """Where the form of a name's page leads."""
    given = {"type": "PER", "name": "Dewi Anggraini", "alias": "Rani Kusuma", "reason": "nama panggung", **told}
    answer = await client.post("/corrections/names", data=given, headers={"origin": "http://localhost"})
    assert answer.status_code == 303
    return answer.headers["location"]


async def test_who_renames_stays_on_the_page_which_tells_of_it(client: AsyncClient) -> None:
    """With reason and way back, as long as articles have the old name."""
    assert await _renamed(client, at="Rani Kusuma") == PAGE
    page = (await client.get(PAGE)).text
    assert all(told in page for told in ("Dewi Anggraini", "nama panggung", "/corrections/names/undo", "read anew"))


async def test_a_name_that_no_article_has_any_more_leads_to_the_right_one(client: AsyncClient) -> None:
    """Links to the old name go on to lead somewhere; a name that never was does not."""
    assert await _renamed(client, alias="Bunda Dewi") == "/corrections#names"
    answer = await client.get("/entities/PER/Bunda%20Dewi")
    assert (answer.status_code, answer.headers["location"]) == (303, "/entities/PER/Dewi%20Anggraini")
    assert (await client.get("/entities/ORG/Bunda%20Dewi")).status_code == 404
