"""A search's documents as the bytes of a file, made as they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from kliping_shared.export.formats import Encoder
from kliping_shared.export.sources import with_sources
from kliping_shared.store.ports import SearchRequest, StoreReader

#: Documents that are encoded at once: a row group of Parquet, some megabytes of articles.
_PORTION = 2_000


@dataclass
class Tally:
    """How many documents have been encoded."""

    documents: int = 0


async def encoded(
    reader: StoreReader, request: SearchRequest, encoder: Encoder, tally: Tally | None = None
) -> AsyncGenerator[bytes, None]:
    """Every document that is found, in the request's order, none left out; ``limit`` and ``cursor`` do not count.

    Close it where it is not read to its end. Raises QueryError, StoreUnavailable, at any part.
    """
    counted = tally or Tally()
    # Encoding some thousand documents takes long enough to keep others waiting.
    yield await asyncio.to_thread(encoder.begin)
    async with aclosing(_portions(reader, request)) as parts:
        async for some in parts:
            documents = await with_sources(reader, request.kind, some)
            yield await asyncio.to_thread(encoder.rows, documents)
            counted.documents += len(documents)
    yield await asyncio.to_thread(encoder.end)


async def _portions(reader: StoreReader, request: SearchRequest) -> AsyncGenerator[list[Mapping[str, Any]], None]:
    some: list[Mapping[str, Any]] = []
    async with aclosing(reader.stream(request)) as documents:  # type: ignore[type-var]
        async for document in documents:
            some.append(document)
            if len(some) == _PORTION:
                yield some
                some = []
    if some:
        yield some
