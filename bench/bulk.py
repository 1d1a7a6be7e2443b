"""What writing documents costs: the OpenSearch store's writer against a bare bulk loop over the documents it makes.

Both write into the indices of this release, empty at first, on a server of their own; in turns, since the machine's
speed changes while one measures.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from opensearchpy import AsyncOpenSearch
from opensearchpy.helpers import async_scan

from bench.table import Row
from kliping_index.domain.documents import changes
from kliping_shared.lifecycle import settle_memory
from kliping_shared.settings import Settings
from kliping_shared.store.documents import KINDS
from kliping_shared.store.opensearch.client import connect
from kliping_shared.store.opensearch.names import Names
from kliping_shared.store.opensearch.setup import ensure_indices
from kliping_shared.store.opensearch.writer import OpenSearchWriter
from kliping_shared.store.ports import Change
from tests.support.opensearch import serve

ROUNDS = 5
#: Messages in one call of the writer, documents in one request of the bare loop, requests at once.
BATCH, CHUNK, AT_ONCE = 64, 500, 2

Documents = list[tuple[str, str, dict[str, Any]]]


def messages(texts: Sequence[str]) -> list[list[Change]]:
    """What the index service is told to write for these articles."""
    from kliping_extract.pipeline import load
    from kliping_ingest.reading import Limits, read_file
    from kliping_link.linker import link
    from kliping_link.memory_state import MemoryState

    now, state, told = datetime.now(UTC), MemoryState(), []
    with tempfile.TemporaryDirectory() as folder:
        read = []
        for number, text in enumerate(texts):
            path = Path(folder) / f"{number}.txt"
            path.write_text(text, encoding="utf-8")
            read += read_file(path, name=path.name, limits=Limits(), now=now)
        for enriched in load().extract_many(read):
            linked = link(state, enriched, now)
            if linked is not None:
                told.append(changes(linked))
    return told


def compare(texts: Sequence[str]) -> list[Row]:
    """The rows of the table."""
    told = messages(texts)
    settle_memory()  # as the service does
    return asyncio.run(_compare(serve(os.getpid()), told))


async def _compare(url: str, told: Sequence[Sequence[Change]]) -> list[Row]:
    documents: Documents = []

    async def ours(settings: Settings, client: AsyncOpenSearch) -> None:
        writer = OpenSearchWriter(settings, client)
        for start in range(0, len(told), BATCH):
            await writer.apply(told[start : start + BATCH])

    async def first(settings: Settings, client: AsyncOpenSearch) -> None:
        await ours(settings, client)
        documents.extend(await _all(settings, client))

    async def bare(settings: Settings, client: AsyncOpenSearch) -> None:
        await _bulk(Names(settings.index_prefix), client, documents)

    await _timed(url, first)  # warms the server up, and tells the documents
    times: dict[str, list[float]] = {"own": [], "bare": []}
    for _ in range(ROUNDS):
        times["own"].append(await _timed(url, ours))
        times["bare"].append(await _timed(url, bare))
    own, plain = (len(documents) / statistics.median(some) for some in times.values())
    return [
        Row("bulk: documents of how many articles", f"{len(documents)} of {len(told)}"),
        Row("bulk: index service's writer", f"{own:.0f} docs/s"),
        Row("bulk: bare AsyncOpenSearch.bulk", f"{plain:.0f} docs/s"),
        Row("bulk: writer / bare", f"{own / plain:.2f}", ">= 0.9"),
    ]


async def _timed(url: str, write: Callable[[Settings, AsyncOpenSearch], Awaitable[None]]) -> float:
    """Seconds that writing into new indices takes."""
    settings = Settings(opensearch_url=url, index_prefix=f"b{uuid.uuid4().hex[:8]}")
    client, names = connect(settings), Names(settings.index_prefix)
    try:
        await ensure_indices(client, names)
        started = time.monotonic()
        await write(settings, client)
        taken = time.monotonic() - started
        await client.indices.delete(index=f"{settings.index_prefix}-*")
        return taken
    finally:
        await client.close()


async def _all(settings: Settings, client: AsyncOpenSearch) -> Documents:
    """Every document as it was written."""
    found: Documents = []
    for kind in KINDS:
        index = Names(settings.index_prefix).write_alias(kind)
        await client.indices.refresh(index=index)
        found += [(kind, hit["_id"], hit["_source"]) async for hit in async_scan(client, index=index)]
    return found


async def _bulk(names: Names, client: AsyncOpenSearch, documents: Documents) -> None:
    slots = asyncio.Semaphore(AT_ONCE)

    async def send(some: Documents) -> None:
        lines = [
            orjson.dumps({"index": {"_index": names.write_alias(kind), "_id": name}}) + b"\n" + orjson.dumps(source)  # type: ignore[arg-type]
            for kind, name, source in some
        ]
        async with slots:
            answer = await client.bulk(body=b"\n".join(lines) + b"\n", params={"filter_path": "errors"})
        assert not answer["errors"]

    await asyncio.gather(*(send(documents[i : i + CHUNK]) for i in range(0, len(documents), CHUNK)))
