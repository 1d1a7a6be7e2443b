"""Who may do what: keys, sessions, a proxy's word, roles."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx import ASGITransport, AsyncClient

from kliping_search.access.roles import OPEN, SAFE
from kliping_search.app import build
from kliping_search.settings import SearchSettings
from kliping_shared.errors import SettingsError
from kliping_shared.keys import Role, add_key, remove_key
from kliping_shared.settings import load

TOKEN = "rahasia-bersama"
BODY = {"groups": ["g1", "g2"]}
#: There is no such group, or no broker to ask: whoever is told so was let in.
LET_IN = (404, 503)


def serving(data: Path, peer: str = "127.0.0.1", **told: Any) -> AsyncClient:
    """A client on a machine ``peer`` of a service that is told this."""
    app = build(SearchSettings(data=data, redis_url="redis://127.0.0.1:1", **told))
    return AsyncClient(transport=ASGITransport(app, client=(peer, 4000)), base_url="http://localhost")


def bearer(key: str) -> dict[str, str]:
    """The header that sends a key."""
    return {"authorization": f"Bearer {key}"}


@pytest.fixture
def keys(tmp_path: Path) -> dict[Role, str]:
    """A key of each role; its name is the role's."""
    return {role: add_key(tmp_path / "api-keys.json", role, role) for role in ("read", "correct", "admin")}


@pytest.mark.parametrize(
    "told",
    [
        {"host": "0.0.0.0"},
        {"host": "192.0.2.7"},
        {"host": "0.0.0.0", "api_token": ""},
        {"allowed_hosts": "localhost, kliping.example"},
        {"allowed_hosts": "*"},
    ],
)
def test_beyond_this_machine_it_does_not_start_without_keys(tmp_path: Path, told: dict[str, Any]) -> None:
    """And says what to do; a proxy on this machine lets in people of any machine."""
    with pytest.raises(SettingsError, match="kliping key add") as refused:
        build(SearchSettings(data=tmp_path, **told))
    assert all(name in str(refused.value) for name in ("KLIPING_API_TOKEN", "KLIPING_TRUST_PROXY_USER_HEADER"))
    add_key(tmp_path / "api-keys.json", "sari", "read")
    build(SearchSettings(data=tmp_path, **told))


async def test_on_this_machine_nobody_is_asked_until_there_is_a_key(tmp_path: Path) -> None:
    """The first key counts from then on, and the last one taken back opens it again."""
    async with serving(tmp_path) as client:
        assert (await client.post("/api/v1/groups/merge", json=BODY)).status_code in LET_IN
        key = add_key(tmp_path / "api-keys.json", "sari", "correct")
        assert (await client.post("/api/v1/groups/merge", json=BODY)).status_code == 401
        assert (await client.post("/api/v1/groups/merge", json=BODY, headers=bearer(key))).status_code in LET_IN
        remove_key(tmp_path / "api-keys.json", "sari")
        assert (await client.post("/api/v1/groups/merge", json=BODY)).status_code in LET_IN


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        ("", 401),
        (f"Bearer {TOKEN}", 200),
        (f"bearer  {TOKEN} ", 200),
        (f"Bearer {TOKEN}x", 401),
        (TOKEN, 401),
        (f"Basic {b64encode(f'feeds:{TOKEN}'.encode()).decode()}", 200),
        (f"Basic {b64encode(TOKEN.encode()).decode()}", 401),
        ("Basic %%%", 401),
    ],
)
async def test_a_key_comes_as_bearer_or_as_a_password(tmp_path: Path, authorization: str, status: int) -> None:
    """Readers of feeds know passwords only."""
    async with serving(tmp_path, host="0.0.0.0", api_token=TOKEN) as client:
        answer = await client.get("/api/v1/openapi.json", headers={"authorization": authorization})
    assert answer.status_code == status
    assert ("www-authenticate" in answer.headers) is (status == 401)
    if status == 401:
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("role", "method", "let_in"),
    [
        ("read", "GET", True),
        ("read", "POST", False),
        ("read", "DELETE", False),
        ("correct", "POST", True),
        ("correct", "DELETE", True),
        ("admin", "POST", True),
    ],
)
async def test_a_role_may_what_those_before_it_may(
    tmp_path: Path, keys: dict[Role, str], role: Role, method: str, let_in: bool
) -> None:
    """Readers read, correctors change things, too."""
    paths = {"GET": "/api/v1/openapi.json", "POST": "/api/v1/groups/merge", "DELETE": "/api/v1/corrections/k1"}
    body = BODY if method == "POST" else None
    async with serving(tmp_path) as client:
        answer = await client.request(method, paths[method], json=body, headers=bearer(keys[role]))
    assert answer.status_code != 403 if let_in else answer.status_code == 403
    assert answer.status_code != 401


def routes(of: Any) -> Iterator[tuple[str, str]]:
    """Method and path of every route of the application, which stands in what is wrapped around it."""
    while not isinstance(of, FastAPI):
        of = getattr(of, "app", None) or of._app
    for route in iter_route_contexts(of.routes):
        yield from ((method, str(route.path)) for method in route.methods or ())


async def test_every_route_needs_a_role(tmp_path: Path, keys: dict[Role, str]) -> None:
    """But for those that are listed: whatever route is added, a stranger is refused, and a reader changes nothing."""
    app = build(SearchSettings(data=tmp_path))
    guarded = [(method, path) for method, path in routes(app) if not path.startswith(OPEN)]
    assert len(guarded) > 20
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as client:
        for method, path in guarded:
            body = None if method in SAFE else {}
            assert (await client.request(method, path, json=body)).status_code == 401, (method, path)
            if method not in SAFE and path != "/logout":
                refused = await client.request(method, path, json=body, headers=bearer(keys["read"]))
                assert refused.status_code == 403, (method, path)


@pytest.fixture
async def browser(tmp_path: Path, keys: dict[Role, str]) -> AsyncIterator[AsyncClient]:
    """A browser that keeps cookies and says whose pages ask."""
    async with serving(tmp_path, host="0.0.0.0") as client:
        client.headers.update({"accept": "text/html", "origin": "http://localhost"})
        yield client


async def test_a_person_signs_in_with_a_key_and_out(
    tmp_path: Path, browser: AsyncClient, keys: dict[Role, str]
) -> None:
    """A page leads to the login and the login back to the page; the cookie is for this site and no script."""
    led = await browser.get("/articles/a1?x=1")
    assert (led.status_code, led.headers["location"]) == (303, "/login?to=%2Farticles%2Fa1%3Fx%3D1")
    assert 'value="/articles/a1?x=1"' in (await browser.get(led.headers["location"])).text
    wrong = await browser.post("/login", data={"key": "kliping_no", "to": "/"})
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (401, False)
    right = await browser.post("/login", data={"key": f" {keys['correct']} ", "to": "/articles/a1"})
    assert (right.status_code, right.headers["location"]) == (303, "/articles/a1")
    assert {"HttpOnly", "SameSite=lax"} <= set(right.headers["set-cookie"].split("; "))
    assert keys["correct"] not in right.headers["set-cookie"]
    assert (await browser.post("/api/v1/groups/merge", json=BODY)).status_code in LET_IN
    assert "correct" in (await browser.get("/login")).text
    assert (await browser.post("/logout")).headers["location"] == "/login"
    assert (await browser.get("/")).status_code == 303
    again = await browser.post("/login", data={"key": keys["correct"], "to": "//elsewhere.example"})
    assert again.headers["location"] == "/"
    remove_key(tmp_path / "api-keys.json", "correct")
    assert (await browser.get("/")).status_code == 303


async def test_a_session_outlives_a_restart_and_cannot_be_made_up(
    tmp_path: Path, browser: AsyncClient, keys: dict[Role, str]
) -> None:
    """The service signs with a secret that it keeps, and that only its owner reads."""
    await browser.post("/login", data={"key": keys["read"]})
    (cookie,) = browser.cookies.jar
    assert (tmp_path / "session.secret").stat().st_mode & 0o077 == 0
    async with serving(tmp_path, host="0.0.0.0") as client:
        for value, status in ((cookie.value, 200), (f"{cookie.value}x", 401), (f"x{cookie.value}", 401)):
            sent = {"cookie": f"{cookie.name}={value}"}
            assert (await client.get("/api/v1/openapi.json", headers=sent)).status_code == status


async def test_a_page_of_another_site_signs_nobody_in(browser: AsyncClient, keys: dict[Role, str]) -> None:
    """Else it could have people work under a key of its own."""
    answer = await browser.post("/login", data={"key": keys["read"]}, headers={"origin": "https://attacker.example"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


PROXY = {
    "host": "0.0.0.0",
    "trust_proxy_user_header": "X-Forwarded-User",
    "trust_proxy_groups_header": "X-Forwarded-Groups",
    "trust_proxy_roles": "desk=correct, chiefs=admin",
    "trust_proxy_addresses": "127.0.0.1, 10.1.0.0/16",
}


@pytest.mark.parametrize(
    ("peer", "headers", "roles", "status"),
    [
        ("127.0.0.1", {"x-forwarded-user": "sari", "x-forwarded-groups": "all, desk"}, "desk=correct", LET_IN),
        ("10.1.2.3", {"x-forwarded-user": "sari", "x-forwarded-groups": "desk"}, "desk=correct", LET_IN),
        ("10.2.0.1", {"x-forwarded-user": "sari", "x-forwarded-groups": "desk"}, "desk=correct", (401,)),
        ("10.2.0.1", {"x-forwarded-user": "sari", "x-forwarded-for": "127.0.0.1"}, "*=admin", (401,)),
        ("127.0.0.1", {"x-forwarded-user": "sari", "x-forwarded-for": "10.9.9.9"}, "*=admin", LET_IN),
        ("127.0.0.1", {"x-forwarded-user": "sari", "x-forwarded-groups": "sport"}, "desk=correct", (403,)),
        ("127.0.0.1", {"x-forwarded-user": "sari"}, "*=read,desk=correct", (403,)),
        ("127.0.0.1", {"x-forwarded-user": "sari"}, "*=correct", LET_IN),
        ("127.0.0.1", {"x-forwarded-groups": "desk"}, "desk=correct", (401,)),
        ("127.0.0.1", {"x-forwarded-user": " "}, "*=admin", (401,)),
    ],
)
async def test_a_proxy_says_who_asks(
    tmp_path: Path, peer: str, headers: dict[str, str], roles: str, status: tuple[int, ...]
) -> None:
    """It is believed if it is one of ours, whoever it asks for; others are not, whatever they say."""
    async with serving(tmp_path, peer, **{**PROXY, "trust_proxy_roles": roles}) as client:
        assert (await client.post("/api/v1/groups/merge", json=BODY, headers=headers)).status_code in status


async def test_by_https_the_cookie_and_the_browser_stay_there(tmp_path: Path, keys: dict[Role, str]) -> None:
    """As the proxy says that it was."""
    async with serving(tmp_path, **PROXY) as client:
        told = {"x-forwarded-proto": "https"}
        answer = await client.post("/login", data={"key": keys["read"]}, headers=told)
        assert "Secure" in answer.headers["set-cookie"]
        assert "strict-transport-security" in answer.headers
        assert "strict-transport-security" not in (await client.get("/login")).headers


@pytest.mark.parametrize("roles", ["desk", "desk=chief", "=read", "desk=correct;all=read"])
def test_roles_that_are_none_are_refused(monkeypatch: pytest.MonkeyPatch, roles: str) -> None:
    """At once, not when somebody of that group comes."""
    monkeypatch.setenv("KLIPING_TRUST_PROXY_ROLES", roles)
    with pytest.raises(SettingsError, match="KLIPING_TRUST_PROXY_ROLES"):
        load(SearchSettings)


def test_the_token_comes_from_a_file_and_is_not_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As all secrets do."""
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    monkeypatch.setenv("KLIPING_API_TOKEN_FILE", str(tmp_path / "token"))
    settings = load(SearchSettings)
    assert settings.api_token is not None
    assert settings.api_token.get_secret_value() == TOKEN
    assert TOKEN not in repr(settings)


@pytest.mark.parametrize("role", ["read", "correct"])
async def test_who_may_only_read_is_offered_nothing_that_would_be_refused(
    tmp_path: Path, keys: dict[Role, str], role: Role
) -> None:
    """Neither a form to upload nor a watch to make; who may correct finds both."""
    (tmp_path / "inbox").mkdir()
    async with serving(tmp_path, inbox=tmp_path / "inbox") as reader:
        paths = ("/files", "/?q=banjir", "/watches/new?q=banjir")
        files, found, new = [(await reader.get(path, headers=bearer(keys[role]))).text for path in paths]
    assert ('type="file"' in files) is (role == "correct")
    assert ("/watches/new" in found) is (role == "correct")
    assert ('action="/watches"' in new) is (role == "correct")
    assert ("Watches are made by who may correct." in new) is (role == "read")
