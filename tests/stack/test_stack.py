"""The whole of Kliping in containers, as ``docker compose up`` brings it up: what may be disturbed, and what may not."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.stack.compose import OWN, Stack, wait_until
from tests.stack.conftest import KINDS

pytestmark = [pytest.mark.docker, pytest.mark.timeout(1500)]

#: Seconds that OpenSearch is away.
OUTAGE = 60
#: When something happened: the only values that may differ between two runs.
TIMES = ("ingested_at", "extracted_at", "linked_at")


def test_everything_arrives_once_whatever_is_killed_and_scaled(
    stack: Stack, files: list[Path], calm: dict[str, list[dict[str, Any]]]
) -> None:
    """Workers come and go, each service is killed, Redis restarts, OpenSearch is away: the result is the calm run's."""
    parts = [files[number::5] for number in range(5)]
    stack.drop(parts[0])
    stack.compose("up", "--detach", "--no-deps", "--no-recreate", "--scale", "extract=3", "extract")

    stack.drop(parts[1])
    for service in OWN:
        before = {container["State"]["Pid"] for container in stack.containers(service)}
        stack.kill(service)
        wait_until(lambda: _restarted(stack, service, before), seconds=60, what=lambda: stack.logs(service))  # noqa: B023

    stack.drop(parts[2])
    stack.compose("restart", "redis")
    stack.kill("redis")

    stack.compose("stop", "opensearch")
    stack.drop(parts[3])
    _stay_away(stack)
    stack.compose("start", "opensearch")

    stack.drop(parts[4])
    stack.compose("up", "--detach", "--no-deps", "--no-recreate", "--scale", "extract=1", "extract")
    assert len(stack.containers("extract")) == 1

    wait_until(lambda: not stack.left(), seconds=180, what=lambda: stack.logs("ingest"))
    wait_until(lambda: stack.total() == len(calm["articles"]), seconds=240, what=stack.logs)
    wait_until(lambda: _empty(stack), seconds=120, what=stack.logs)
    for kind in KINDS:
        assert [_without_times(document) for document in stack.exported(kind)] == [
            _without_times(document) for document in calm[kind]
        ]
    done = sorted(path.name for path in (stack.inbox / ".done").iterdir())
    assert done == [file.name for file in files]
    assert stack.redis("admin", "XLEN", "kliping.dead.v1") == "0"
    wait_until(stack.all_healthy, seconds=120, what=stack.logs)


def _restarted(stack: Stack, service: str, before: set[int]) -> bool:
    pids = {container["State"]["Pid"] for container in stack.containers(service)}
    return 0 not in pids and not pids & before


def _stay_away(stack: Stack) -> None:
    """While OpenSearch is away its users say so, and the page says it in a sentence."""
    since = time.monotonic()
    unwell = Counter[str]()
    while time.monotonic() - since < OUTAGE or len(unwell) < 2:
        assert time.monotonic() - since < 3 * OUTAGE, f"only {set(unwell)} noticed: {stack.logs('index', 'search')}"
        unwell.update(service for service in ("index", "search") if stack.health(service) == ["unhealthy"])
        status, body = stack.get("/")
        assert status in (0, 503), body
        assert b"Traceback" not in body
        assert b"Exception" not in body
        time.sleep(1)


def _empty(stack: Stack) -> bool:
    """Whether every group has acknowledged everything, and all of it is trimmed."""
    return all(stack.redis("admin", "XLEN", f"kliping.{name}.v1") == "0" for name in ("article", "enriched", "linked"))


def _without_times(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in TIMES}


@pytest.mark.parametrize("service", ["ingest", "index", "search", "link"])
def test_only_extract_carries_the_language_library(stack: Stack, service: str) -> None:
    """An image holds what its service needs."""
    code = "import importlib.util as u; print([n for n in ('spacy', 'thinc') if u.find_spec(n)])"
    assert stack.compose("exec", "-T", service, "python", "-c", code).strip() == "[]"
    assert "spacy" in stack.compose("exec", "-T", "extract", "python", "-c", code)


@pytest.mark.parametrize("service", OWN)
def test_a_container_has_no_more_rights_than_it_needs(stack: Stack, service: str) -> None:
    """Not root, nothing to write to but what is mounted, no capabilities, limits on memory, processes and logs."""
    for container in stack.containers(service):
        host = container["HostConfig"]
        assert container["Config"]["User"].split(":")[0] not in ("", "0", "root")
        assert host["ReadonlyRootfs"]
        assert host["CapDrop"] == ["ALL"]
        assert "no-new-privileges:true" in host["SecurityOpt"]
        assert host["Memory"] > 0
        assert host["PidsLimit"] > 0
        assert host["LogConfig"]["Config"] == {"max-size": "10m", "max-file": "5"}
        assert host["RestartPolicy"]["Name"] == "unless-stopped"
        assert container["Config"]["StopTimeout"] > 15 + 5  # KLIPING_GRACE, and giving back what was read ahead


def test_only_the_page_is_reached_from_outside(stack: Stack) -> None:
    """And from this machine only."""
    published = {
        service: [binding for ports in container["HostConfig"]["PortBindings"].values() for binding in ports]
        for service in (*OWN, "redis", "opensearch")
        for container in stack.containers(service)
    }
    assert published.pop("search") == [{"HostIp": "127.0.0.1", "HostPort": str(stack.port)}]
    assert not any(published.values())


def test_no_password_is_shown_by_inspecting_a_container(stack: Stack) -> None:
    """Neither in its environment nor in its command line."""
    secrets = [path.read_text().strip() for kind in ("password", "token") for path in stack.secrets.glob(f"*.{kind}")]
    passwords = {path.name: urlsplit(path.read_text().strip()).password for path in stack.secrets.glob("*.url")}
    assert [name for name, password in passwords.items() if not password] == ["smtp.url"]  # no mail server here
    secrets += [password for password in passwords.values() if password]
    assert len(secrets) >= 10
    for service in (*OWN, "redis", "opensearch", "setup"):
        shown = str(stack.containers(service))
        assert not [secret for secret in secrets if secret in shown]


def test_the_api_takes_changes_from_who_has_the_token_only(stack: Stack) -> None:
    """Nobody else; with it the service asks store and broker, where there is no such group."""
    token, asked = (stack.secrets / "api.token").read_text().strip(), {"groups": ["gone", "lost"]}
    assert stack.post("/api/v1/groups/merge", asked, "") == 401
    assert stack.post("/api/v1/groups/merge", asked, token) == 404
    assert stack.get("/api/v1/corrections") == (200, b"[]")


@pytest.mark.parametrize(
    ("user", "command"),
    [
        ("ingest", ("XADD", "kliping.linked.v1", "*", "a", "b")),
        ("ingest", ("XRANGE", "kliping.article.v1", "-", "+")),
        ("extract", ("XREADGROUP", "GROUP", "link", "x", "STREAMS", "kliping.enriched.v1", ">")),
        ("extract", ("XTRIM", "kliping.linked.v1", "MAXLEN", "0")),
        ("extract", ("GET", "kliping:link:version")),
        ("link", ("XACK", "kliping.article.v1", "extract", "1-1")),
        ("index", ("XADD", "kliping.linked.v1", "*", "a", "b")),
        ("index", ("FLUSHALL",)),
        ("link", ("SET", "kliping:corrections:group:k1", "{}")),
        ("search", ("XRANGE", "kliping.article.v1", "-", "+")),
        ("search", ("XADD", "kliping.linked.v1", "*", "a", "b")),
        ("search", ("GET", "kliping:link:version")),
        ("setup", ("DEL", "kliping.article.v1")),
        ("operator", ("CONFIG", "GET", "*")),
    ],
)
def test_a_redis_user_may_do_its_own_work_only(stack: Stack, user: str, command: tuple[str, ...]) -> None:
    """What belongs to another service is refused."""
    assert stack.redis(user, *command).startswith("NOPERM")


@pytest.mark.parametrize(
    ("user", "method", "path"),
    [
        ("index", "PUT", "/kliping-more"),
        ("index", "DELETE", "/kliping-claims-000001"),
        ("index", "PUT", "/other/_doc/1"),
        ("index", "GET", "/kliping-claims/_search"),
        ("search", "PUT", "/kliping-claims-write/_doc/1"),
        ("search", "DELETE", "/kliping-claims-000001"),
        ("search", "GET", "/.opendistro_security/_search"),
        ("setup", "PUT", "/other"),
        ("setup", "GET", "/_plugins/_security/api/internalusers"),
        ("editor", "PUT", "/kliping-claims-write/_doc/1"),
        ("dashboards", "GET", "/kliping-claims/_search"),
    ],
)
def test_an_opensearch_user_may_do_its_own_work_only(stack: Stack, user: str, method: str, path: str) -> None:
    """Index writes documents, search reads them, setup makes indices of ours; everything else is refused."""
    assert stack.opensearch(user, method, path)["status"] in (403, "FORBIDDEN")


def test_nothing_that_a_service_does_is_refused(stack: Stack) -> None:
    """Redis has noted no refusal but those that the tests above asked for by redis-cli."""
    refusals = stack.redis("admin", "--json", "ACL", "LOG")
    lines = [line for line in refusals.splitlines() if "client-info" in line]
    assert not [line for line in lines if "lib-name=redis-py" in line]
