"""Under which names the page may be asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from kliping_search.app import build
from kliping_search.settings import SearchSettings


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
    settings = SearchSettings(host=host, allowed_hosts=allowed, data=tmp_path)
    async with AsyncClient(transport=ASGITransport(build(settings)), base_url=f"http://{asked}") as client:
        assert (await client.get("/health/live")).status_code == status


async def test_prometheus_may_ask_by_address(tmp_path: Path) -> None:
    """It finds containers by address; the page itself is still refused under that name."""
    settings = SearchSettings(host="0.0.0.0", allowed_hosts="kliping.example", data=tmp_path)
    async with AsyncClient(transport=ASGITransport(build(settings)), base_url="http://172.18.0.5:8080") as client:
        answer = await client.get("/metrics")
        assert (answer.status_code, (await client.get("/")).status_code) == (200, 400)
    assert "kliping_search_seconds" in answer.text
