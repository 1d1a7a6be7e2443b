"""The importer against a server that keeps to the API's contract."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kliping.dashboards.building import Site
from kliping.dashboards.client import Access, DashboardsApi
from kliping.dashboards.importing import Outcome, Patience, bring_up_to_date
from kliping.dashboards.objects import ndjson, saved_objects
from kliping.dashboards.setup import set_up_dashboards
from kliping.main import build
from kliping.settings import SetupSettings
from kliping_shared.errors import PermanentError, SettingsError, StoreUnavailable
from tests.integration.dashboards.conftest import Desk
from tests.integration.dashboards.server import Dashboards, serving

OBJECTS = [json.loads(line) for line in ndjson(saved_objects(Site())).splitlines()]


@pytest.fixture
def dashboards() -> Iterator[Dashboards]:
    """A server without users that is ready."""
    with serving(Dashboards()) as served:
        yield served


def _bring(dashboards: Dashboards, *, release: str = "1.0", seconds: float = 20, **access: object) -> Outcome:
    api = DashboardsApi(Access(dashboards.url, **access))  # type: ignore[arg-type]
    return bring_up_to_date(api, Site(), release, Patience(seconds, sleep=lambda _: None))


def test_objects_arrive_as_they_are(dashboards: Dashboards) -> None:
    """Every object is kept with its attributes and references; only the remembered release is added."""
    assert _bring(dashboards) == Outcome("imported", "1.0", len(OBJECTS))
    kept = dashboards.objects["dashboard", "kliping-who-says-what"]["attributes"]
    kept["description"], _, remembered = kept["description"].partition(" Imported by ")
    assert remembered.startswith("Kliping 1.0 (objects ")
    assert [dashboards.objects[one["type"], one["id"]] for one in OBJECTS] == OBJECTS


def test_again_and_later_and_earlier(dashboards: Dashboards) -> None:
    """The same release writes nothing, a later one replaces, an earlier one leaves all as it is."""
    _bring(dashboards)
    dashboards.objects["search", "kliping-claims-all"]["attributes"]["title"] = "Ours"
    written = sum(one.startswith("POST") for one in dashboards.requests)
    assert _bring(dashboards).what == "unchanged"
    assert _bring(dashboards, release="0.9").what == "newer"
    assert sum(one.startswith("POST") for one in dashboards.requests) == written
    assert dashboards.objects["search", "kliping-claims-all"]["attributes"]["title"] == "Ours"
    assert _bring(dashboards, release="1.1").what == "imported"
    assert dashboards.objects["search", "kliping-claims-all"]["attributes"]["title"] == "Claims"


def test_it_waits_while_dashboards_starts(dashboards: Dashboards) -> None:
    """503 and broken connections are waited out, at any point of the import."""
    dashboards.starting, dashboards.broken = 5, 3
    assert _bring(dashboards).what == "imported"
    assert len(dashboards.requests) == 5 + 3 + 3


def test_it_waits_until_something_listens() -> None:
    """A refused connection is waited out too: Dashboards may start after setup."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    later = Dashboards(port=port)
    tried = threading.Event()
    api = DashboardsApi(Access(later.url))
    found: list[Outcome] = []
    patience = Patience(60, sleep=lambda _: tried.set())
    waiting = threading.Thread(target=lambda: found.append(bring_up_to_date(api, Site(), "1.0", patience)))
    waiting.start()
    assert tried.wait(20)
    with serving(later):
        waiting.join(20)
    assert [one.what for one in found] == ["imported"]


def test_it_gives_up(dashboards: Dashboards) -> None:
    """When Dashboards does not come up in time, the server's words are told."""
    dashboards.starting = 1000
    with pytest.raises(
        StoreUnavailable,
        match=r"is not ready \(HTTP 503\): OpenSearch Dashboards server is not ready yet \(waited 0 s\)",
    ):
        _bring(dashboards, seconds=0)


def test_users_and_passwords(dashboards: Dashboards) -> None:
    """The user of OpenSearch is let in with a password of any characters; a wrong one is told at once."""
    dashboards.users = {"setup": "pässwörd: {x}"}
    with pytest.raises(SettingsError, match=r"refuses the user 'setup' \(HTTP 401\): Authentication required"):
        _bring(dashboards, user="setup", password="wrong")
    with pytest.raises(SettingsError, match="refuses a request without a user"):
        _bring(dashboards)
    assert _bring(dashboards, user="setup", password="pässwörd: {x}").what == "imported"


def test_conflicts_are_named(dashboards: Dashboards) -> None:
    """Objects that are not replaced are named, the others are there, and the next run imports again."""
    dashboards.objects["search", "kliping-claims-all"] = {
        "type": "search",
        "id": "kliping-claims-all",
        "attributes": {},
    }
    dashboards.locked = {("search", "kliping-claims-all")}
    with pytest.raises(PermanentError, match="did not take: search 'kliping-claims-all' is there already"):
        _bring(dashboards)
    assert ("dashboard", "kliping-pipeline") in dashboards.objects
    dashboards.locked.clear()
    assert _bring(dashboards).what == "imported"


def test_references_are_whole(dashboards: Dashboards) -> None:
    """The server, which refuses what refers to missing patterns and searches, refuses nothing; without patterns it does."""
    api = DashboardsApi(Access(dashboards.url))
    lacking = api.bring([one for one in saved_objects(Site()) if one.type != "index-pattern"])
    assert any("needs what is not there: index-pattern 'kliping-claims'" in line for line in lacking.failures)
    assert api.bring(saved_objects(Site())).failures == ()


def test_the_server_enforces_the_contract(dashboards: Dashboards) -> None:
    """Without the header, or without a form, an import is refused: what the tests above prove depends on it."""
    connection = HTTPConnection("127.0.0.1", dashboards.port, timeout=10)
    for headers, status in (
        ({}, 400),
        ({"osd-xsrf": "true"}, 415),
        ({"osd-xsrf": "true", "Content-Type": "text/plain"}, 415),
    ):
        connection.request("POST", "/api/saved_objects/_import?overwrite=true", b"{}", headers)
        response = connection.getresponse()
        assert (response.status, bool(response.read())) == (status, True)
    connection.close()
    assert dashboards.objects == {}


def test_not_dashboards(dashboards: Dashboards, tmp_path: Path) -> None:
    """An address that is none, another server's, a certificate file without certificates: the setting is named."""
    with pytest.raises(SettingsError, match="KLIPING_DASHBOARDS_URL: 'dashboards:5601' is no address like"):
        DashboardsApi(Access("dashboards:5601"))
    (tmp_path / "ca.pem").write_text("none")
    with pytest.raises(SettingsError, match="KLIPING_OPENSEARCH_CA"):
        DashboardsApi(Access("https://localhost:5601", authority=tmp_path / "ca.pem"))


def test_nothing_is_sent_in_clear() -> None:
    """With https in the address a server that speaks no TLS gets no request, and no password."""
    with serving(Dashboards()) as served:
        api = DashboardsApi(Access(served.url.replace("http://", "https://"), "setup", "secret"))
        with pytest.raises(StoreUnavailable, match="does not answer"):
            api.description("visualization", "kliping-about")
    assert served.requests == []


def test_setup_imports_for_the_configured_site(dashboards: Dashboards) -> None:
    """What kliping setup calls takes prefix, page, user and password from the settings, and tells what it did."""
    dashboards.users = {"setup": "secret"}
    settings = SetupSettings(
        dashboards_url=dashboards.url,
        page_url="https://news.example",
        index_prefix="desk",
        opensearch_user="setup",
        opensearch_password="secret",  # type: ignore[arg-type]
    )
    assert set_up_dashboards(settings, 10).startswith(f"Dashboards: {len(OBJECTS)} objects of Kliping ")
    assert set_up_dashboards(settings, 10).endswith("are there.")
    assert dashboards.objects["index-pattern", "desk-claims"]["attributes"]["title"] == "desk-claims"
    formats = dashboards.objects["index-pattern", "desk-claims"]["attributes"]["fieldFormatMap"]
    assert "https://news.example/articles/{{value}}" in formats


@pytest.mark.docker
def test_the_command_imports_after_the_indices_are_there(
    dashboards: Dashboards, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`kliping setup` beside OpenSearch ends with the dashboards, and says so; without an address it leaves them out."""
    monkeypatch.setenv("KLIPING_OPENSEARCH_URL", desk.settings.opensearch_url or "")
    monkeypatch.setenv("KLIPING_INDEX_PREFIX", desk.settings.index_prefix)
    without = CliRunner().invoke(build(), ["setup"])
    assert (without.exit_code, "Dashboards" in without.output) == (0, False)
    monkeypatch.setenv("KLIPING_DASHBOARDS_URL", dashboards.url)
    done = CliRunner().invoke(build(), ["setup", "--timeout", "30"])
    assert done.exit_code == 0
    assert done.output.splitlines()[-1].startswith(f"Dashboards: {len(OBJECTS)} objects of Kliping ")
    assert ("dashboard", f"{desk.settings.index_prefix}-pipeline") in dashboards.objects
