"""The behaviour suite runs on the embedded server and on the Redis image."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from kliping.provision.accounts import redis_accounts
from kliping.provision.folder import SecretFolder
from kliping_shared.bus import connect, ensure_topology
from tests.support.brokers import KINDS, BrokerServer, server_of
from tests.support.bus_bench import Bench
from tests.support.shared import ROOT


@pytest.fixture(scope="session", params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrokerServer]:
    """One server of each kind for the whole run; each test finds it empty."""
    with server_of(request.param, tmp_path_factory.mktemp("broker")) as running:
        yield running


@pytest.fixture
async def bench(server: BrokerServer) -> AsyncIterator[Bench]:
    """An empty bus."""
    server.start()
    made = Bench(server)
    await made.client.config_set("maxmemory", 0)
    await made.client.flushall()
    yield made
    await made.client.aclose()


@pytest.fixture
async def users(bench: Bench, tmp_path: Path) -> AsyncIterator[dict[str, Any]]:
    """The users of deploy/redis/users.acl on the bench's server, a client for each; their passwords are in ``tmp_path``."""
    await ensure_topology(bench.client)
    redis_accounts(SecretFolder(tmp_path), ROOT / "deploy" / "redis" / "users.acl", host="redis", rotate=False)
    rules = [line.split() for line in (tmp_path / "redis.acl").read_text().splitlines()]
    clients = {}
    for _, name, *rule in rules:
        if name != "default":
            await bench.client.execute_command("ACL", "SETUSER", name, *rule)
            # In the address, since a client's pipelines have connections of their own.
            account = name if name == "health" else f"{name}:{password_of(tmp_path, name)}"
            clients[name] = connect(bench.server.url.replace("://", f"://{account}@", 1))
    yield clients
    for name, client in clients.items():
        await client.aclose()
        await bench.client.execute_command("ACL", "DELUSER", name)


def password_of(secrets: Path, user: str) -> str:
    """The password that ``kliping secrets`` made for a user of Redis."""
    return (secrets / f"redis-{user}.url").read_text().split(":")[2].split("@")[0]
