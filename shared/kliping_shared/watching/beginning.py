"""Beginning to watch: what is there already is no news, what comes from then on is, each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from kliping_shared.errors import KlipingError
from kliping_shared.notices import Notice
from kliping_shared.store.ports import SearchRequest, StoreReader
from kliping_shared.watching.alerts import Alert, alert, finding
from kliping_shared.watching.redis import Watches
from kliping_shared.watching.watches import Watch

#: Documents that a search may find when it begins to be watched: their ids are remembered, some 80 bytes each.
MOST: Final = 100_000


class TooBroad(KlipingError):
    """The search finds too much to be watched."""


async def begin(watch: Watch, watches: Watches, reader: StoreReader, known: Watch | None = None) -> Watch:
    """Keep the watch, in place of ``known`` after a change, and watch from now on. May be called again.

    What is found now is remembered first, then the watch is kept, so that index asks it of what arrives. What arrived in
    between index may have missed; it is what is found once more and not remembered, and noted here. A document that both
    see is noted once. Raises QueryError, TooBroad, Overtaken, StoreUnavailable, errors of Redis.
    """
    request = watch.search.request()
    await reader.catch_up()
    await _refuse_broad(request, reader)
    await watches.remember(watch.watch_id, [one.found.id for one in await _found(watch, request, reader)])
    await (watches.replace(known, watch) if known else watches.put(watch))
    await reader.catch_up()
    await watches.note(watch, await _found(watch, request, reader))
    return watch


async def _refuse_broad(request: SearchRequest, reader: StoreReader) -> None:
    total = (await reader.search(replace(request, limit=0))).total
    if total > MOST:
        raise TooBroad(
            Notice(
                "The search finds {total:,} documents already; narrow it to {most:,} at most to watch it.",
                total=total,
                most=MOST,
            )
        )


async def _found(watch: Watch, request: SearchRequest, reader: StoreReader) -> list[Alert]:
    now, kind = datetime.now(UTC), watch.search.kind
    return [alert(watch, finding(kind, document), now) async for document in reader.stream(request)]
