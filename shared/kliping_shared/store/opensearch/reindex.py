"""Exchanges an index for a new one with this Kliping's mapping and analysis, while it is searched and written.

The new index is filled by ``_reindex`` in passes: all, then what was written meanwhile, by sequence number, until
little is left. For the last pass the old index takes no writes (writers get ``cluster_block_exception`` and try again);
then both aliases move in one step. The old index stays, blocked, until it is deleted on request.

Documents keep their versions (``external``), so that passes may overlap and be repeated: nothing older ever replaces
what is there. What a run has reached is kept in the new index's ``_meta``: a run that ended anyhow is resumed by the next.

Writers that have read a document before the exchange and write it after must not succeed by chance: the new index has a
higher primary term than the old one, so their ``if_primary_term`` cannot match.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import NotFoundError

from kliping_shared.errors import PermanentError
from kliping_shared.store.opensearch.names import FAMILIES, Family, Names
from kliping_shared.store.opensearch.schema import REFRESH, alias_actions, meta
from kliping_shared.store.opensearch.setup import current_index, ensure_indices

Phase = Literal["current", "copying", "catching up", "exchanging", "exchanged"]
#: Seconds between two looks at a pass.
_POLL: Final = 0.5
#: Writes that may be left for the last pass, for which writers wait.
_LITTLE: Final = 500
#: Writers may be faster than we copy; after so many passes they wait for a longer last one.
_MOST_PASSES: Final = 20
_BATCH: Final = 1000
#: The copying is parted in so many, each a thread of the server's.
_SLICES: Final = 2


@dataclass(frozen=True)
class Progress:
    """How far a family is. ``done`` and ``total`` are documents of the pass."""

    family: Family
    phase: Phase
    done: int = 0
    total: int = 0


Tell = Callable[[Progress], None]


@dataclass(frozen=True)
class _Exchange:
    """One family's way from index ``old`` to index ``new``."""

    client: AsyncOpenSearch
    names: Names
    family: Family
    old: str
    new: str
    tell: Tell


async def reindex(
    client: AsyncOpenSearch,
    names: Names,
    replicas: int,
    *,
    families: Sequence[Family] = FAMILIES,
    force: bool = False,
    tell: Tell = lambda _: None,
) -> None:
    """Exchange the index of each family that another schema or analysis made; ``force``: of each.

    Templates are brought up to date first. Raises NewerSchema, TransportError, and PermanentError where documents
    cannot be taken over; the old index is in use as before then.
    """
    state = await ensure_indices(client, names, replicas, families)
    for family in families:
        old = state.indices[family]
        new = names.index(family, names.number(family, old) + 1)
        begun = await client.indices.exists(index=new)  # by a run with ``force``; writers may be waiting for its end
        if family not in state.outdated and not force and not begun:
            tell(Progress(family, "current"))
            continue
        await _run(_Exchange(client, names, family, old, new, tell), replicas)


async def abort(client: AsyncOpenSearch, names: Names, families: Sequence[Family] = FAMILIES) -> list[str]:
    """Give up what an earlier run has begun: new indices are removed, old ones take writes. Returns the removed."""
    removed = []
    for family in families:
        old = await current_index(client, names, family)
        if old is None:
            continue
        new = names.index(family, names.number(family, old) + 1)
        for task in await _copying_tasks(client, new):
            await client.tasks.cancel(task_id=task)
        if await client.indices.exists(index=new):
            await client.indices.delete(index=new)
            removed.append(new)
        await _unblock(client, old)
    return removed


async def delete_old(client: AsyncOpenSearch, names: Names, families: Sequence[Family] = FAMILIES) -> list[str]:
    """Delete the indices that newer ones have replaced. Returns their names."""
    deleted = []
    for family in families:
        current = await current_index(client, names, family)
        found = await client.indices.get_alias(index=names.pattern(family))
        for index in sorted(found):
            if current is not None and index < current and not found[index]["aliases"]:
                await client.indices.delete(index=index)
                deleted.append(index)
    return deleted


async def _run(exchange: _Exchange, replicas: int) -> None:
    copied = await _resumed(exchange)
    if copied is None:
        await _create(exchange)
        copied = -1
    passes = 0
    while True:
        copied = await _pass(exchange, copied, "catching up" if passes else "copying")
        passes += 1
        if passes >= _MOST_PASSES or await _checkpoint(exchange) - copied <= _LITTLE:
            break
    await _swap(exchange, copied, replicas)
    exchange.tell(Progress(exchange.family, "exchanged"))


async def _resumed(exchange: _Exchange) -> int | None:
    """The sequence number up to which an earlier run has copied; None when there is none to go on with."""
    client, new = exchange.client, exchange.new
    try:
        found = await client.indices.get_mapping(index=new)
    except NotFoundError:
        return None
    while await _copying_tasks(client, new):  # of a run that is gone: the server goes on by itself
        exchange.tell(Progress(exchange.family, "copying"))
        await asyncio.sleep(_POLL)
    known = found[new]["mappings"].get("_meta", {})
    reached = known.get("reindex", {})
    if known.get("kliping") == meta()["kliping"] and reached.get("from") == exchange.old:
        return int(reached["copied"])
    await client.indices.delete(index=new)
    return None


async def _create(exchange: _Exchange) -> None:
    """Make the new index, not refreshed while it is filled, with a primary term above the old one's."""
    client, new = exchange.client, exchange.new
    settings = {"refresh_interval": "-1", "number_of_replicas": 0}
    await client.indices.create(index=new, body={"settings": {"index": settings}})
    while await _term(client, new) <= await _term(client, exchange.old):
        await client.indices.close(index=new)
        await client.indices.open(index=new)
    await _remember(exchange, -1)


async def _pass(exchange: _Exchange, copied: int, phase: Phase) -> int:
    """Copy what was written after number ``copied``; the number up to which all is copied then."""
    reached = await _checkpoint(exchange)
    await exchange.client.indices.refresh(index=exchange.old)
    source: dict[str, Any] = {"index": exchange.old, "size": _BATCH}
    if copied >= 0:
        source["query"] = {"range": {"_seq_no": {"gt": copied}}}
    body = {
        "source": source,
        "dest": {"index": exchange.new, "version_type": "external"},
        "conflicts": "proceed",
    }
    params = {"wait_for_completion": "false", "slices": str(_SLICES)}
    task = (await exchange.client.reindex(body=body, params=params))["task"]
    await _finished(exchange, task, phase)
    await _remember(exchange, reached)
    return reached


async def _finished(exchange: _Exchange, task: str, phase: Phase) -> None:
    """Wait for a pass. Raises PermanentError when documents could not be copied."""
    while True:
        found = await exchange.client.tasks.get(task_id=task)
        status = found["task"]["status"]
        done = status["created"] + status["updated"] + status["version_conflicts"]
        exchange.tell(Progress(exchange.family, phase, done, status["total"]))
        if found["completed"]:
            break
        await asyncio.sleep(_POLL)
    response = found.get("response", {})
    if trouble := found.get("error") or response.get("failures") or response.get("canceled"):
        raise PermanentError(f"{exchange.old} could not be copied to {exchange.new}: {_first(trouble)}")


def _first(trouble: Any) -> str:
    one = trouble[0] if isinstance(trouble, list) else trouble
    if not isinstance(one, dict):
        return str(one)
    cause = one.get("cause", one)
    document = f"document {one['id']!r}: " if "id" in one else ""
    return f"{document}{cause.get('reason', cause)}"


async def _swap(exchange: _Exchange, copied: int, replicas: int) -> None:
    """The last pass and the exchange, while the old index takes no writes; it takes them again if this fails."""
    client, names, family = exchange.client, exchange.names, exchange.family
    exchange.tell(Progress(family, "exchanging"))
    settings = {"index": {"refresh_interval": REFRESH, "number_of_replicas": replicas}}
    await client.indices.put_settings(index=exchange.new, body=settings)
    try:
        await client.indices.add_block(index=exchange.old, block="write")
        await _pass(exchange, copied, "exchanging")
        await client.indices.refresh(index=f"{exchange.old},{exchange.new}")
        await _compare(exchange)
        aliases = (names.alias(family), names.write_alias(family))
        gone = [{"remove": {"index": exchange.old, "alias": alias}} for alias in aliases]
        await client.indices.update_aliases(body={"actions": [*gone, *alias_actions(names, family, exchange.new)]})
    except BaseException:
        if await current_index(client, names, family) == exchange.old:
            await _unblock(client, exchange.old)
        raise
    await client.indices.put_mapping(index=exchange.new, body={"_meta": meta()})


async def _compare(exchange: _Exchange) -> None:
    """Raises PermanentError unless both indices hold as many documents."""
    counts = [(await exchange.client.count(index=index))["count"] for index in (exchange.old, exchange.new)]
    if counts[0] != counts[1]:
        raise PermanentError(
            f"{exchange.old} holds {counts[0]} documents, its copy {exchange.new} {counts[1]}: "
            "run 'kliping reindex --abort', then 'kliping reindex' again"
        )


async def _remember(exchange: _Exchange, copied: int) -> None:
    reached = {"from": exchange.old, "copied": copied}
    await exchange.client.indices.put_mapping(index=exchange.new, body={"_meta": {**meta(), "reindex": reached}})


async def _checkpoint(exchange: _Exchange) -> int:
    """The number up to which all writes to the old index are done; the lowest, where it has several shards."""
    found = await exchange.client.indices.stats(index=exchange.old, params={"level": "shards"})
    copies = [copy for shard in found["indices"][exchange.old]["shards"].values() for copy in shard]
    return min(int(copy["seq_no"]["local_checkpoint"]) for copy in copies if copy["routing"]["primary"])


async def _term(client: AsyncOpenSearch, index: str) -> int:
    found = await client.cluster.state(metric="metadata", index=index)
    return max(int(term) for term in found["metadata"]["indices"][index]["primary_terms"].values())


async def _copying_tasks(client: AsyncOpenSearch, index: str) -> list[str]:
    """The tasks on the server that copy into ``index``."""
    params = {"actions": "*reindex", "detailed": "true", "group_by": "parents"}
    found = await client.tasks.list(params=params)
    return [task for task, told in found["tasks"].items() if f"to [{index}]" in told.get("description", "")]


async def _unblock(client: AsyncOpenSearch, index: str) -> None:
    await client.indices.put_settings(index=index, body={"index": {"blocks": {"write": None}}})
