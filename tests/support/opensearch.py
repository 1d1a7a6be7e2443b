"""A real OpenSearch for tests: one for the whole session, whatever number of processes it has."""

from __future__ import annotations

import fcntl
import logging
import os
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from opensearchpy import AsyncOpenSearch

from kliping_shared.settings import Settings
from kliping_shared.store.opensearch.client import connect
from tests.support.brokers import require_docker

OPENSEARCH_IMAGE = "opensearchproject/opensearch:3.4.0"
#: Where the server may keep snapshots.
SNAPSHOTS = "/tmp/snapshots"
#: A server that is there already; faster while developing, and without Docker.
URL_VARIABLE = "KLIPING_TEST_OPENSEARCH_URL"

#: Removes the container when the session's first process is gone, however it ended.
_REMOVER = """
import os, subprocess, sys, time
if os.fork():
    os._exit(0)
def there(pid):
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
while there(int(sys.argv[1])):
    time.sleep(0.5)
subprocess.run(["docker", "rm", "--force", "--volumes", sys.argv[2]], capture_output=True)
"""


@pytest.fixture(scope="session")
def opensearch_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the session's server, started by whichever process wants it first."""
    if given := os.environ.get(URL_VARIABLE):
        return given
    worker = "PYTEST_XDIST_WORKER" in os.environ
    shared = tmp_path_factory.getbasetemp().parent if worker else tmp_path_factory.getbasetemp()
    with _locked(shared / "opensearch.lock"):
        told = shared / "opensearch.url"
        if not told.exists():
            told.write_text(serve(os.getppid() if worker else os.getpid()))
        return told.read_text()


@pytest.fixture
def opensearch(opensearch_url: str) -> Settings:
    """Settings with a prefix of their own, so that tests do not meet."""
    return Settings(opensearch_url=opensearch_url, index_prefix=f"t{uuid.uuid4().hex[:12]}")


@pytest.fixture
async def client(opensearch: Settings) -> AsyncIterator[AsyncOpenSearch]:
    """A client; everything with the test's prefix is removed afterwards."""
    made = connect(opensearch)
    yield made
    await remove_all(made, opensearch.index_prefix)
    await made.close()


async def remove_all(client: AsyncOpenSearch, prefix: str) -> None:
    """Remove every index and template whose name begins with ``prefix``."""
    quiet = {"ignore": (404,)}
    for index in await client.indices.get(index=f"{prefix}-*", params={"expand_wildcards": "all"}):
        await client.indices.delete(index=index, params=quiet)
    await client.indices.delete_index_template(name=f"{prefix}-*", params=quiet)
    await client.cluster.delete_component_template(name=f"{prefix}-*", params=quiet)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def serve(session: int) -> str:
    """A running server, which ends with the process ``session``."""
    require_docker(OPENSEARCH_IMAGE)
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
    os.environ.setdefault("TESTCONTAINERS_CONNECTION_MODE", "docker_host")
    os.environ.setdefault("TC_MAX_TRIES", "280")  # seconds; a busy machine needs more than the usual 120
    from testcontainers.community.opensearch import OpenSearchContainer

    logging.getLogger("opensearch").setLevel(logging.ERROR)  # each of its looks at a starting server is a warning
    container = (
        OpenSearchContainer(OPENSEARCH_IMAGE)
        .with_env("OPENSEARCH_JAVA_OPTS", "-Xms512m -Xmx512m")
        .with_env("path.repo", SNAPSHOTS)
        # Else tests fail for others' files: a server takes no new indices on a disk that is nine tenths full.
        .with_env("cluster.routing.allocation.disk.threshold_enabled", "false")
    )
    try:
        container.start()
    except BaseException:
        container.stop()
        raise
    remover = [sys.executable, "-c", _REMOVER, str(session), container.get_wrapped_container().id]
    subprocess.run(remover, check=True, start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return f"http://{container.get_container_host_ip()}:{container.get_exposed_port(9200)}"
