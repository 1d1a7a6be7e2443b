"""Makes templates, first indices and aliases; may be run again at any time, and by a later version of Kliping."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import NotFoundError, RequestError, TransportError

from kliping_shared.errors import KlipingError, SettingsError, StoreUnavailable
from kliping_shared.settings import Settings
from kliping_shared.store.opensearch.client import connect, meaning
from kliping_shared.store.opensearch.mappings import BOOKKEEPING
from kliping_shared.store.opensearch.names import FAMILIES, Family, Names
from kliping_shared.store.opensearch.schema import (
    COUNTING,
    SCHEMA_VERSION,
    alias_actions,
    component_templates,
    index_templates,
    mappings,
    meta,
)

#: Seconds between two looks at a server that is not there yet; grows to the second.
_FIRST_WAIT: Final = 0.2
_LONGEST_WAIT: Final = 5.0


@dataclass(frozen=True)
class State:
    """What setup found or made. ``outdated``: families whose index needs ``reindex`` to be as this Kliping wants it.

    ``blocked``: families that take no writes, since a ``reindex`` has not ended.
    """

    indices: dict[Family, str]
    outdated: tuple[Family, ...]
    blocked: tuple[Family, ...]


class NewerSchema(SettingsError):
    """The server was set up by a later Kliping."""


@asynccontextmanager
async def opened(settings: Settings, seconds: float) -> AsyncIterator[AsyncOpenSearch]:
    """A client of a server that answers, which may take so many ``seconds``; errors become Kliping's, in one line.

    Raises SettingsError, StoreUnavailable, PermanentError.
    """
    client = connect(settings)
    try:
        await wait_for(client, settings, seconds)
        yield client
    except TransportError as error:
        raise meaning(error, settings) from error
    finally:
        await client.close()


async def wait_for(client: AsyncOpenSearch, settings: Settings, seconds: float) -> None:
    """Wait until the server answers and can be worked with. Raises StoreUnavailable after so many ``seconds``, and
    SettingsError at once for what waiting does not help: a wrong password, a certificate that is not trusted."""
    deadline, pause = time.monotonic() + seconds, _FIRST_WAIT
    while (trouble := await _trouble(client, settings)) is not None:
        if not isinstance(trouble, StoreUnavailable):
            raise trouble
        if time.monotonic() + pause > deadline:
            raise StoreUnavailable(f"{trouble} (waited {seconds:g} s)")
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_WAIT)


async def _trouble(client: AsyncOpenSearch, settings: Settings) -> KlipingError | None:
    try:
        await client.cluster.health()
    except TransportError as error:
        return meaning(error, settings)
    return None


async def ensure_indices(
    client: AsyncOpenSearch, names: Names, replicas: int = 0, families: Sequence[Family] = FAMILIES
) -> State:
    """Make or update templates, make missing indices and aliases of ``families``. Raises NewerSchema, TransportError.

    An index that is there gets new fields; what else differs in mapping or analysis is for ``reindex``.
    """
    await refuse_newer(client, names)
    for name, body in component_templates(names, replicas).items():
        await client.cluster.put_component_template(name=name, body=body)
    for name, body in index_templates(names).items():
        await client.indices.put_index_template(name=name, body=body)
    indices = {family: await _ensure_index(client, names, family) for family in families}
    settings = {"index": {"number_of_replicas": replicas, **COUNTING}}
    await client.indices.put_settings(index=",".join(indices.values()), body=settings)
    outdated = [family for family, index in indices.items() if not await _brought_up(client, family, index)]
    blocked = [family for family, index in indices.items() if await _is_blocked(client, index)]
    return State(indices, tuple(outdated), tuple(blocked))


async def refuse_newer(client: AsyncOpenSearch, names: Names) -> None:
    """Raises NewerSchema when a later Kliping has set the server up."""
    try:
        found = await client.cluster.get_component_template(name=names.settings_component)
    except NotFoundError:
        return
    version = found["component_templates"][0]["component_template"].get("version", 0)
    if version > SCHEMA_VERSION:
        raise NewerSchema(
            f"the indices {names.prefix}-* are of schema {version}, this Kliping knows {SCHEMA_VERSION}: update Kliping"
        )


async def _brought_up(client: AsyncOpenSearch, family: Family, index: str) -> bool:
    """Add the fields that the index lacks; whether it is as this Kliping wants it then."""
    found = (await client.indices.get_mapping(index=index))[index]["mappings"]
    made_by = found.get("_meta", {}).get("kliping", {})
    if made_by == meta()["kliping"]:
        return True
    wanted = {**BOOKKEEPING, **mappings(family)["properties"]}
    there = found.get("properties", {})
    if missing := {name: field for name, field in wanted.items() if name not in there}:
        await client.indices.put_mapping(index=index, body={"properties": missing})
    same_fields = all(there[name] == field for name, field in wanted.items() if name in there)
    if not same_fields or made_by.get("analysis") != meta()["kliping"]["analysis"]:
        return False
    await client.indices.put_mapping(index=index, body={"_meta": meta()})
    return True


async def _is_blocked(client: AsyncOpenSearch, index: str) -> bool:
    found = await client.indices.get_settings(index=index, name="index.blocks.write", params={"flat_settings": "true"})
    return index in found and found[index]["settings"].get("index.blocks.write") == "true"


async def _ensure_index(client: AsyncOpenSearch, names: Names, family: Family) -> str:
    """The index behind the family's write alias; made, with both aliases, where there is none."""
    index = await current_index(client, names, family)
    if index is None:
        index = await _create(client, names, family)
    await client.indices.update_aliases(body={"actions": alias_actions(names, family, index)})
    return index


async def current_index(client: AsyncOpenSearch, names: Names, family: Family) -> str | None:
    """The index that is written now; None when there is none."""
    try:
        found = await client.indices.get_alias(name=names.write_alias(family))
    except NotFoundError:
        return None
    return str(next(iter(found)))


async def _create(client: AsyncOpenSearch, names: Names, family: Family) -> str:
    """The first index, or one that an earlier run made and gave no alias."""
    found = await client.indices.get(index=names.pattern(family), params={"ignore_unavailable": "true"})
    if found:
        return str(max(found))
    index = names.index(family, 1)
    try:
        await client.indices.create(index=index)
    except RequestError as error:
        if error.error != "resource_already_exists_exception":
            raise
    return index
