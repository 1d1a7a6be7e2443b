"""How answers are sent: HEAD, validators, limits of time and number."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response, StreamingResponse
from httpx import ASGITransport, AsyncClient
from starlette.exceptions import HTTPException

from kliping_search.app import build
from kliping_search.delivery import TimeLimit, Validators
from kliping_search.settings import SearchSettings
from kliping_shared.errors import SettingsError
from kliping_shared.settings import load

HERE = "http://localhost"


def client_of(app: Any) -> AsyncClient:
    """A client of the application."""
    return AsyncClient(transport=ASGITransport(app), base_url=HERE)


async def test_what_is_known_is_not_sent_again(tmp_path: Path) -> None:
    """A second request with the first one's validator has no body; another page has another validator."""
    async with client_of(build(SearchSettings(data=tmp_path))) as client:
        first = await client.get("/api/v1/openapi.json")
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "private, no-cache"
        for known in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
            again = await client.get("/api/v1/openapi.json", headers={"if-none-match": known})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
            assert "content-security-policy" in again.headers
        assert (await client.get("/api/v1/openapi.json", headers={"if-none-match": '"other"'})).status_code == 200
        assert (await client.get("/login")).headers["etag"] != tag
        assert "etag" not in (await client.get("/api/v1/nothing")).headers


@pytest.mark.parametrize("path", ["/api/v1/openapi.json", "/login", "/static/css/base.css", "/api/v1/nothing"])
async def test_head_is_get_without_the_body(tmp_path: Path, path: str) -> None:
    """The same status and headers; what is compressed is so only when it is sent."""
    async with client_of(build(SearchSettings(data=tmp_path))) as client:
        client.headers["accept-encoding"] = "identity"
        plain = {"accept-encoding": "identity"}  # what is not sent is not compressed either, and does not vary by it
        head, get = await client.head(path, headers=plain), await client.get(path, headers=plain)
    assert (head.status_code, head.content) == (get.status_code, b"")
    told = [{name: value for name, value in answer.headers.items() if name != "vary"} for answer in (head, get)]
    assert told[0] == told[1]


async def test_head_does_not_run_a_stream() -> None:
    """It may have no end."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1000:
            sent += 1
            yield b"x"

    app = FastAPI()
    app.add_middleware(Validators)

    @app.get("/")
    async def stream() -> Response:
        return StreamingResponse(endless())

    async with client_of(app) as client:
        assert (await client.head("/")).content == b""
        assert sent < 10
        assert "etag" not in (await client.get("/")).headers
    assert sent == 1000


async def test_what_takes_too_long_is_given_up_but_not_what_has_begun() -> None:
    """With 503; a stream that has begun goes on."""

    async def refuse(request: Request, error: HTTPException) -> Response:
        return PlainTextResponse(error.detail, error.status_code)

    async def slowly() -> AsyncIterator[bytes]:
        yield b"begun, "
        await asyncio.sleep(0.2)
        yield b"ended"

    app = FastAPI()
    app.add_middleware(TimeLimit, seconds=0.1, refuse=refuse)

    @app.get("/never")
    async def never() -> None:
        await asyncio.Event().wait()

    @app.get("/stream")
    async def stream() -> Response:
        return StreamingResponse(slowly())

    async with client_of(app) as client:
        assert (await client.get("/never")).status_code == 503
        assert (await client.get("/stream")).text == "begun, ended"


async def test_each_person_may_ask_so_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then he is told when to go on; files of the pages and what machines ask do not count."""
    clock = [1_000_000 * 60.0 + 30]  # half a minute past: what was asked in the minute before counts in part
    monkeypatch.setattr("time.time", lambda: clock[0])
    settings = SearchSettings(data=tmp_path, api_token="rahasia", rate_limit="3/minute")
    async with client_of(build(settings)) as client:
        client.headers["authorization"] = "Bearer rahasia"
        for path in ("/static/css/base.css", "/health/live", "/metrics"):
            assert (await client.get(path)).status_code == 200
        answers = [await client.get("/api/v1/openapi.json") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        assert answers[0].headers["ratelimit-policy"] == '"default";q=3;w=60'
        assert answers[0].headers["ratelimit"].startswith('"default";r=2;t=')
        assert 1 <= int(answers[3].headers["retry-after"]) <= 60
        assert answers[3].headers["content-type"] == "application/problem+json"
        assert (await client.get("/health/live")).status_code == 200
        clock[0] += 120
        assert (await client.get("/api/v1/openapi.json")).status_code == 200


async def test_where_nobody_is_asked_who_he_is_nobody_counts(tmp_path: Path) -> None:
    """It is his own machine."""
    async with client_of(build(SearchSettings(data=tmp_path, rate_limit="1/minute"))) as client:
        statuses = [(await client.get("/api/v1/openapi.json")).status_code for _ in range(3)]
    assert statuses == [200, 200, 200]


def test_a_rate_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the setting's name."""
    monkeypatch.setenv("KLIPING_RATE_LIMIT", "many")
    with pytest.raises(SettingsError, match="KLIPING_RATE_LIMIT"):
        load(SearchSettings)


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/api/v1/nothing", 404), ("PUT", "/api/v1/articles", 405)]
)
async def test_errors_of_the_way_are_problems_too(tmp_path: Path, method: str, path: str, status: int) -> None:
    """Not only those of our own routes."""
    async with client_of(build(SearchSettings(data=tmp_path))) as client:
        answer = await client.request(method, path)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert ("allow" in answer.headers) is (status == 405)
