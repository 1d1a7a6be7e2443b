"""Under which names the page may be asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from kliping_search.app import build
from kliping_search.settings import SearchSettings
from kliping_shared.errors import SettingsError
from kliping_shared.settings import load


@pytest.mark.parametrize(
    ("host", "allowed", "asked", "status"),
    [
        ("127.0.0.1", None, "localhost:8080", 200),
        ("127.0.0.1", None, "attacker.example", 400),
        ("0.0.0.0", None, "kliping.example", 200),
        ("0.0.0.0", "localhost, kliping.example", "kliping.example", 200),
        ("0.0.0.0", "localhost, kliping.example", "localhost:8080", 200),
        ("0.0.0.0", "localhost,kliping.example", "attacker.example", 400),
        ("127.0.0.1", "kliping.example", "kliping.example", 200),
        ("127.0.0.1", "*", "anything.example", 200),
    ],
)
async def test_a_foreign_name_for_this_machine_is_refused(
    tmp_path: Path, host: str, allowed: str | None, asked: str, status: int
) -> None:
    """A web page could else read the news desk's articles under a name of its own that leads here."""
    settings = SearchSettings(host=host, allowed_hosts=allowed, data=tmp_path, api_token="rahasia")
    async with AsyncClient(transport=ASGITransport(build(settings)), base_url=f"http://{asked}") as client:
        assert (await client.get("/login")).status_code == status


async def test_the_refusal_is_told_as_any_other(tmp_path: Path) -> None:
    """On a page that looks like one, in the reader's language; to programs as a problem."""
    settings = SearchSettings(allowed_hosts="kliping.example", data=tmp_path, api_token="rahasia")
    async with AsyncClient(transport=ASGITransport(build(settings)), base_url="http://<b>.example") as client:
        page = await client.get("/", headers={"accept-language": "id", "host": "<b>.example"})
        style = await client.get("/static/css/base.css")
        program = await client.get("/api/v1/articles")
    assert (page.status_code, program.status_code, style.status_code) == (400, 400, 200)
    assert "KLIPING_ALLOWED_HOSTS" in page.text
    assert '<html lang="id"' in page.text
    assert "<b>" not in page.text
    assert program.headers["content-type"] == "application/problem+json"
    assert "content-security-policy" in page.headers


@pytest.mark.parametrize("path", ["/metrics", "/health/live", "/health/ready"])
async def test_machines_may_ask_by_address(tmp_path: Path, path: str) -> None:
    """Prometheus, and whoever looks whether the page is well, find it by address; it is still refused under that name."""
    settings = SearchSettings(host="0.0.0.0", allowed_hosts="kliping.example", data=tmp_path, api_token="rahasia")
    async with AsyncClient(transport=ASGITransport(build(settings)), base_url="http://172.18.0.5:8080") as client:
        statuses = (await client.get(path)).status_code, (await client.get("/")).status_code
    assert statuses == (200, 400)


@pytest.mark.parametrize(
    "name", ["https://kliping.example", "kliping.example:8080", "a.example, kliping.*", "*kliping"]
)
def test_what_is_no_name_is_refused_at_once(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It would match nothing, and every page would be an error without a hint."""
    monkeypatch.setenv("KLIPING_ALLOWED_HOSTS", name)
    with pytest.raises(SettingsError, match="KLIPING_ALLOWED_HOSTS"):
        load(SearchSettings)


@pytest.mark.parametrize("names", ["::1", "[::1], localhost", "*.kliping.example", "a.example,"])
def test_names_and_addresses_are_taken(names: str) -> None:
    """With wildcards for whole domains; a comma at the end is no name."""
    assert "" not in SearchSettings(allowed_hosts=names).trusted_hosts
