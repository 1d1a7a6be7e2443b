"""Beginning to watch: what is there already is no news, what comes from then on is, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from kliping_shared.errors import KlipingError
from kliping_shared.notices import Notice
from kliping_shared.portions import portions
from kliping_shared.store.ports import StoreReader
from kliping_shared.watching.alerts import Alert, alert, finding
from kliping_shared.watching.redis import Watches
from kliping_shared.watching.watches import Watch

#: Documents that a search may find when it begins to be watched: their ids are remembered, some 80 bytes each.
MOST: Final = 100_000
#: Documents that are read at once.
_AT_ONCE: Final = 200


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
    await check(watch, reader)
    async for some in reader.ids(request):
        await watches.remember(watch.watch_id, some)
    await (watches.replace(known, watch) if known else watches.put(watch))
    await reader.catch_up()
    async for some in reader.ids(request):
        missed = await watches.unknown(watch.watch_id, some)
        for few in portions(missed, _AT_ONCE):
            await watches.note(watch, await _alerts(watch, few, reader))
    return watch


async def check(watch: Watch, reader: StoreReader) -> None:
    """Raise QueryError, TooBroad where it cannot be watched."""
    total = (await reader.search(replace(watch.search.request(), limit=0))).total
    if total > MOST:
        raise TooBroad(
            Notice(
                "The search finds {total:,} documents already; narrow it to {most:,} at most to watch it.",
                total=total,
                most=MOST,
            )
        )


async def _alerts(watch: Watch, ids: Sequence[str], reader: StoreReader) -> list[Alert]:
    now, kind = datetime.now(UTC), watch.search.kind
    return [alert(watch, finding(kind, one), now) for one in await reader.get_many(kind, ids, body=False)]
