"""Who may change anything through the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient, Response

from kliping_search.app import build
from kliping_search.guard import LARGEST
from kliping_search.settings import SearchSettings
from kliping_shared.settings import load

TOKEN = "rahasia-bersama"
BODY = '{"groups": ["g1", "g2"]}'
#: There is no such group: whoever is told so was let in.
LET_IN = 404


async def _merge(tmp_path: Path, host: str, token: str | None, allowed: str | None = None, **headers: str) -> Response:
    settings = SearchSettings(host=host, api_token=token, data=tmp_path, allowed_hosts=allowed)
    async with AsyncClient(transport=ASGITransport(build(settings)), base_url="http://localhost") as client:
        given = {"content-type": "application/json"} | {name.replace("_", "-"): said for name, said in headers.items()}
        return await client.post("/api/v1/groups/merge", content=BODY, headers=given)


@pytest.mark.parametrize(
    ("host", "token", "authorization", "status"),
    [
        ("127.0.0.1", None, "", LET_IN),
        ("localhost", None, "", LET_IN),
        ("0.0.0.0", None, "", 403),
        ("0.0.0.0", "", "Bearer ", 403),
        ("0.0.0.0", TOKEN, f"Bearer {TOKEN}", LET_IN),
        ("0.0.0.0", TOKEN, "", 401),
        ("0.0.0.0", TOKEN, f"Bearer {TOKEN}x", 401),
        ("0.0.0.0", TOKEN, TOKEN, 401),
        ("127.0.0.1", TOKEN, "", 401),
        ("127.0.0.1", TOKEN, f"Bearer {TOKEN}", LET_IN),
    ],
)
async def test_people_of_this_machine_or_with_the_token(
    tmp_path: Path, host: str, token: str | None, authorization: str, status: int
) -> None:
    """Where others reach the service nobody may without the token; where one is set everybody needs it."""
    answer = await _merge(tmp_path, host, token, authorization=authorization)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert ("www-authenticate" in answer.headers) is (status == 401)
    if status == 403:
        assert "KLIPING_API_TOKEN" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("allowed", "status"), [("localhost", LET_IN), ("localhost, kliping.example", 403), ("*", 403)]
)
async def test_behind_a_proxy_people_are_of_any_machine(tmp_path: Path, allowed: str, status: int) -> None:
    """A proxy on this machine asks at its loopback address, for whoever it lets in."""
    assert (await _merge(tmp_path, "127.0.0.1", None, allowed)).status_code == status
    assert (await _merge(tmp_path, "127.0.0.1", TOKEN, allowed, authorization=f"Bearer {TOKEN}")).status_code == LET_IN


@pytest.mark.parametrize("media_type", ["text/plain", "", "application/jsonp", "application/octet-stream"])
async def test_only_json_and_forms_change_anything(tmp_path: Path, media_type: str) -> None:
    """With or without what else the type says."""
    assert (await _merge(tmp_path, "127.0.0.1", None, content_type=media_type)).status_code == 415
    with_charset = await _merge(tmp_path, "127.0.0.1", None, content_type="application/json; charset=utf-8")
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
    status = (await _merge(tmp_path, "127.0.0.1", None, content_type=media_type, **headers)).status_code
    assert status != 403 if let_in else status == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
async def test_nobody_fills_the_memory(tmp_path: Path, host: str) -> None:
    """A body that is too large is not read to its end, whoever sends it, and whether or not he says how large it is."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 4 * LARGEST:
            sent += 1 << 16
            yield b" " * (1 << 16)

    settings = SearchSettings(host=host, data=tmp_path, allowed_hosts="*")
    async with AsyncClient(transport=ASGITransport(build(settings)), base_url="http://localhost") as client:
        headers = {"content-type": "application/json"}
        answer = await client.post("/api/v1/groups/merge", content=endless(), headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert sent < 2 * LARGEST


async def test_taking_back_is_guarded_too(tmp_path: Path) -> None:
    """A deletion has no body, and wants the same right."""
    settings = SearchSettings(host="0.0.0.0", data=tmp_path, allowed_hosts="*")
    async with AsyncClient(transport=ASGITransport(build(settings)), base_url="http://localhost") as client:
        assert (await client.delete("/api/v1/corrections/k1")).status_code == 403


def test_the_token_comes_from_a_file_and_is_not_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As all secrets do."""
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    monkeypatch.setenv("KLIPING_API_TOKEN_FILE", str(tmp_path / "token"))
    settings = load(SearchSettings)
    assert settings.api_token is not None
    assert settings.api_token.get_secret_value() == TOKEN
    assert TOKEN not in repr(settings)
