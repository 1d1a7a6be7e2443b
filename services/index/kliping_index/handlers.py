"""Index's one handler: linked articles in, documents in the store."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from kliping_index.domain.documents import changes
from kliping_index.ports import Lookout, StoreWriter
from kliping_shared.contracts import LinkedArticle
from kliping_shared.errors import PermanentError
from kliping_shared.store.ports import Change


async def index_articles(
    messages: list[LinkedArticle], *, writer: StoreWriter, lookout: Lookout
) -> list[Exception | None]:
    """Write the articles; one outcome each, None when it is durable and the watches were asked of it. May be called
    again with the same articles.

    Raises StoreUnavailable when the store is away: then none of them is done. A message that the store refuses for
    good does not hold up the others.
    """
    units: list[list[Change]] = await asyncio.to_thread(lambda: [changes(linked) for linked in messages])
    outcomes = await _write(units, writer)
    await lookout.look([unit for unit, error in zip(units, outcomes, strict=True) if error is None])
    return outcomes


async def _write(units: Sequence[Sequence[Change]], writer: StoreWriter) -> list[Exception | None]:
    try:
        await writer.apply(units)
    except PermanentError:
        return [await _alone(unit, writer) for unit in units]
    return [None] * len(units)


async def _alone(unit: Sequence[Change], writer: StoreWriter) -> Exception | None:
    try:
        await writer.apply([unit])
    except PermanentError as error:
        return error
    return None
