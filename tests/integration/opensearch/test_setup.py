"""``kliping setup`` on a server."""

from __future__ import annotations

import pytest
from opensearchpy import AsyncOpenSearch

from kliping_shared.settings import Settings
from kliping_shared.store.opensearch.names import FAMILIES, Names
from kliping_shared.store.opensearch.setup import ensure_indices

pytestmark = [pytest.mark.docker, pytest.mark.timeout(300)]


async def test_everything_is_made_once(client: AsyncOpenSearch, opensearch: Settings) -> None:
    """The first run makes an index with both aliases for each family, the second changes nothing."""
    names = Names(opensearch.index_prefix)
    first = await ensure_indices(client, names)
    made = await client.indices.get_alias(index=f"{names.prefix}-*")
    assert await ensure_indices(client, names) == first
    assert await client.indices.get_alias(index=f"{names.prefix}-*") == made
    assert set(made) == {names.index(family, 1) for family in FAMILIES}
    assert {alias for index in made.values() for alias in index["aliases"]} == {
        alias for family in FAMILIES for alias in (names.alias(family), names.write_alias(family))
    }
