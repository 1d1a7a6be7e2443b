"""The real stack as ``docker compose`` runs it: built images, an own project, own folders."""

from __future__ import annotations

import json
import os
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import pytest

from tests.support.brokers import free_port, require_docker
from tests.support.shared import ROOT

BASES = ("python:3.13-slim", "redis:8.0", "opensearchproject/opensearch:3.4.0")
#: What `up` starts for good; the other services of docker-compose.yml end by themselves.
OWN = ("ingest", "extract", "link", "index", "alert", "search")
RUNNING = (*OWN, "redis", "opensearch")
#: Whom the watched folder belongs to where the tests run as root: the containers are not to run as root.
SOMEBODY = 1000


def require_images() -> None:
    """Skip the test where the stack cannot be built; fail it when the environment says that this is CI."""
    require_docker()
    missing = [name for name in BASES if not _output("docker", "image", "ls", "-q", name).strip()]
    if missing and os.environ.get("CI"):
        pytest.fail(f"CI is set, but these images are missing: {', '.join(missing)}")
    if missing:
        pytest.skip(f"the stack needs these images, which are not here: {', '.join(missing)} (docker pull …)")


class Stack:
    """One compose project below ``folder``. Every method waits at most as long as its ``seconds``."""

    def __init__(self, folder: Path) -> None:
        self.inbox, self.secrets = folder / "inbox", folder / "secrets"
        self.port = free_port()
        self._user = os.getuid() or SOMEBODY
        for made in (self.inbox, self.secrets):
            made.mkdir()
            self._give_away(made)
        self._environ = folder / "environ"
        self._environ.write_text(
            "\n".join(f"{name}={value}" for name, value in self._settings().items()), encoding="utf-8"
        )
        self._project = f"kliping-test-{os.getpid()}"

    def _settings(self) -> dict[str, object]:
        return {
            "KLIPING_INBOX": self.inbox,
            "KLIPING_SECRETS": self.secrets,
            "KLIPING_UID": self._user,
            "KLIPING_GID": self._user,
            "KLIPING_PORT": self.port,
            "KLIPING_VERSION": "test",
            "KLIPING_OPENSEARCH_HEAP": "512m",
            "KLIPING_OPENSEARCH_MEMORY": "1500m",
        }

    def compose(self, *arguments: str, seconds: float = 120) -> str:
        """Run ``docker compose …`` of this project; its stdout."""
        options = ("--project-name", self._project, "--env-file", str(self._environ))
        return _output("docker", "compose", *options, *arguments, seconds=seconds)

    def start(self) -> None:
        """Build, make the secrets, bring everything up but Dashboards."""
        self.compose("--profile", "tools", "build", "--quiet", seconds=1200)
        self.compose("run", "--rm", "-T", "secrets")
        try:
            self.compose("--profile", "core", "up", "--detach", seconds=600)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.logs('setup')}") from error

    def remove(self) -> None:
        """Take everything down, volumes too."""
        self.compose("--profile", "tools", "down", "--volumes", "--timeout", "5", seconds=120)

    def containers(self, service: str) -> list[dict[str, Any]]:
        """What ``docker inspect`` tells of a service's containers."""
        ids = self.compose("ps", "--all", "--quiet", service).split()
        return json.loads(_output("docker", "inspect", *ids)) if ids else []

    def health(self, service: str) -> list[str]:
        """The health of each of its containers: starting, healthy, unhealthy; or its state where it does not run."""
        found = [container["State"] for container in self.containers(service)]
        return [state["Health"]["Status"] if state["Running"] else state["Status"] for state in found]

    def all_healthy(self) -> bool:
        """Whether all that is to run says that it is well."""
        return all(set(self.health(service)) == {"healthy"} for service in RUNNING)

    def kill(self, service: str) -> None:
        """kill -9 of each container's first process, from outside: to Docker it has crashed, so that it is restarted."""
        pids = [container["State"]["Pid"] for container in self.containers(service)]
        code = f"import os; [os.kill(pid, 9) for pid in {pids}]"
        _output("docker", "run", "--rm", "--pid", "host", "--network", "none", BASES[0], "python3", "-c", code)

    def drop(self, files: Iterable[Path]) -> None:
        """Copy files into the inbox, as its owner would."""
        for file in files:
            copy = self.inbox / file.name
            copy.write_bytes(file.read_bytes())
            self._give_away(copy)

    def write(self, name: str, text: str) -> None:
        """Write a file aside and rename it into the inbox, as a careful program does."""
        partial = self.inbox / f".{name}.part"
        partial.write_text(text, encoding="utf-8")
        self._give_away(partial)
        partial.rename(self.inbox / name)

    def _give_away(self, path: Path) -> None:
        if os.getuid() == 0:
            os.chown(path, self._user, self._user)

    def left(self) -> list[str]:
        """Files that are still to be ingested."""
        return [path.name for path in self.inbox.iterdir() if not path.name.startswith(".")]

    def redis(self, user: str, *command: str) -> str:
        """What redis-cli prints, as a user of Kliping's."""
        url = urlsplit((self.secrets / f"redis-{user}.url").read_text().strip())
        known = ("--no-auth-warning", "--user", str(url.username), "--pass", str(url.password))
        return self.compose("exec", "-T", "redis", "redis-cli", *known, *command).strip()

    def opensearch(self, user: str, method: str, path: str, body: str = "{}") -> dict[str, Any]:
        """The answer of OpenSearch to a user of Kliping's, over TLS; ``status`` in it when it is a refusal."""
        password = (self.secrets / f"opensearch-{user}.password").read_text().strip()
        url = f"https://opensearch:9200{path}"
        arguments = ("curl", "-s", "--cacert", "config/certs/ca.pem", "--connect-to", "opensearch:9200:localhost:9200")
        request = ("-u", f"{user}:{password}", "-X", method, "-H", "content-type: application/json", "-d", body, url)
        answer: dict[str, Any] = json.loads(self.compose("exec", "-T", "opensearch", *arguments, *request))
        return answer

    def exported(self, kind: str) -> list[dict[str, Any]]:
        """All documents of a kind, in the order of ``kliping export``."""
        lines = self.compose("run", "--rm", "-T", "cli", "export", "--kind", kind, "--format", "jsonl").splitlines()
        return [json.loads(line) for line in lines]

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of the page or the API; 0 while nobody answers."""
        token = (self.secrets / "api.token").read_text().strip()
        headers = {"Authorization": f"Bearer {token}"}
        return self._ask(urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers))

    def post(self, path: str, asked: object, token: str) -> int:
        """Status of a change by the API."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        url, body = f"http://127.0.0.1:{self.port}{path}", json.dumps(asked).encode()
        return self._ask(urllib.request.Request(url, body, headers))[0]

    def _ask(self, request: urllib.request.Request) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(request, timeout=15) as answer:
                return answer.status, answer.read()
        except HTTPError as error:
            return error.code, error.read()
        except (URLError, OSError):
            return 0, b""

    def total(self) -> int:
        """How many articles the API finds; -1 while it finds out nothing."""
        status, body = self.get("/api/v1/articles?limit=1")
        return int(json.loads(body)["total"]) if status == 200 else -1

    def logs(self, *services: str) -> str:
        """What the services said last."""
        return self.compose("logs", "--no-color", "--tail", "40", *services)


@contextmanager
def running_stack(folder: Path) -> Iterator[Stack]:
    """A stack that is ready, and gone afterwards."""
    require_images()
    stack = Stack(folder)
    try:
        stack.start()
        wait_until(stack.all_healthy, seconds=300, what=stack.logs)
        yield stack
    finally:
        stack.remove()


def wait_until(condition: Callable[[], bool], *, seconds: float, what: Callable[[], str]) -> None:
    """Poll until ``condition`` holds; fail with ``what()`` after ``seconds``."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"not within {seconds:g} s: {what()}"
        time.sleep(0.5)


def _output(*command: str, seconds: float = 60) -> str:
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False)
    assert result.returncode == 0, f"{' '.join(command)}\n{result.stdout[-2000:]}\n{result.stderr[-4000:]}"
    return result.stdout
