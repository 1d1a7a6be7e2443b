"""Backing up and restoring, by the words of docs/how-to/back-up-and-restore.md."""

from __future__ import annotations

import pytest
from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import TransportError

from kliping_shared.settings import Settings
from kliping_shared.store.opensearch.names import Family, Names
from kliping_shared.store.opensearch.setup import State, ensure_indices
from tests.support.opensearch import SNAPSHOTS

pytestmark = [pytest.mark.docker, pytest.mark.timeout(300)]

FAMILY: Family = "stories"


async def test_a_snapshot_brings_everything_back(client: AsyncOpenSearch, opensearch: Settings) -> None:
    """After the indices are lost, restoring a snapshot brings back documents and aliases, and setup finds all well."""
    names = Names(opensearch.index_prefix)
    before = await ensure_indices(client, names, families=(FAMILY,))
    for id_, live in (("a", True), ("b", False)):
        body = {"story_id": id_, "title": "Banjir", "live": live}
        await client.index(index=names.write_alias(FAMILY), id=id_, body=body, params={"refresh": "true"})
    await _repository(client, names.prefix)
    wait = {"wait_for_completion": "true"}
    kept = {"indices": f"{names.prefix}-*", "include_global_state": False}
    taken = await client.snapshot.create(repository=names.prefix, snapshot="monday", body=kept, params=wait)
    assert taken["snapshot"]["state"] == "SUCCESS"

    await client.indices.delete(index=names.index(FAMILY, 1))
    await client.snapshot.restore(repository=names.prefix, snapshot="monday", body=kept, params=wait)

    assert (await client.count(index=names.alias(FAMILY)))["count"] == 1
    assert (await client.count(index=names.write_alias(FAMILY)))["count"] == 2
    assert await ensure_indices(client, names, families=(FAMILY,)) == before == State(before.indices, (), ())
    await client.snapshot.delete(repository=names.prefix, snapshot="monday")
    await client.snapshot.delete_repository(repository=names.prefix)


async def _repository(client: AsyncOpenSearch, name: str) -> None:
    body = {"type": "fs", "settings": {"location": f"{SNAPSHOTS}/{name}"}}
    try:
        await client.snapshot.create_repository(repository=name, body=body)
    except TransportError as error:
        if error.error == "repository_exception":
            pytest.skip(f"this server was started without path.repo={SNAPSHOTS}")
        raise
