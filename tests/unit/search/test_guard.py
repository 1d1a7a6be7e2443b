"""What may change anything: by where it comes from, and what it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient, Response

from kliping_search.app import build
from kliping_search.guard import LARGEST
from kliping_search.settings import SearchSettings

HERE = "http://localhost"
BODY = '{"groups": ["g1", "g2"]}'
#: There is no such group: whoever is told so was let in.
LET_IN = 404


async def _merge(tmp_path: Path, **headers: str) -> Response:
    async with AsyncClient(transport=ASGITransport(build(SearchSettings(data=tmp_path))), base_url=HERE) as client:
        given = {"content-type": "application/json"} | {name.replace("_", "-"): said for name, said in headers.items()}
        return await client.post("/api/v1/groups/merge", content=BODY, headers=given)


@pytest.mark.parametrize("media_type", ["text/plain", "", "application/jsonp", "application/octet-stream"])
async def test_only_json_and_forms_change_anything(tmp_path: Path, media_type: str) -> None:
    """With or without what else the type says."""
    assert (await _merge(tmp_path, content_type=media_type)).status_code == 415
    with_charset = await _merge(tmp_path, content_type="application/json; charset=utf-8")
    assert with_charset.status_code == LET_IN


@pytest.mark.parametrize(
    ("headers", "let_in"),
    [
        ({}, True),
        ({"origin": "http://localhost"}, True),
        ({"origin": "http://localhost:3000"}, False),
        ({"origin": "https://attacker.example"}, False),
        ({"origin": "null"}, False),
        ({"sec_fetch_site": "same-origin"}, True),
        ({"sec_fetch_site": "none"}, True),
        ({"sec_fetch_site": "same-site"}, False),
        ({"sec_fetch_site": "cross-site"}, False),
        ({"sec_fetch_site": "same-origin", "origin": "http://proxied.example"}, True),
        ({"sec_fetch_site": "cross-site", "origin": "http://localhost"}, False),
    ],
)
@pytest.mark.parametrize("media_type", ["application/json", "application/x-www-form-urlencoded"])
async def test_pages_of_other_sites_change_nothing(
    tmp_path: Path, headers: dict[str, str], let_in: bool, media_type: str
) -> None:
    """A browser sends a form to this machine for any page, and tells whose page it was; a program tells nothing."""
    status = (await _merge(tmp_path, content_type=media_type, **headers)).status_code
    assert status != 403 if let_in else status == 403


async def test_nobody_fills_the_memory(tmp_path: Path) -> None:
    """A body that is too large is not read to its end, whether or not its sender says how large it is."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 4 * LARGEST:
            sent += 1 << 16
            yield b" " * (1 << 16)

    async with AsyncClient(transport=ASGITransport(build(SearchSettings(data=tmp_path))), base_url=HERE) as client:
        headers = {"content-type": "application/json"}
        answer = await client.post("/api/v1/groups/merge", content=endless(), headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert sent < 2 * LARGEST


async def test_a_form_with_files_is_large_only_where_files_are_brought_in(tmp_path: Path) -> None:
    """What says that it is one does not make anybody read it."""
    async with AsyncClient(transport=ASGITransport(build(SearchSettings(data=tmp_path))), base_url=HERE) as client:
        answer = await client.post("/login", files={"key": b" " * (LARGEST + 1)})
    assert answer.status_code == 413
