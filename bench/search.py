"""``make bench-search``: the server's time for pages of the search over many articles in the embedded store.

The store is made by the index service's writer from the messages of bench/search_load.py, in ``--data`` or for this run;
one that is there already is taken as it is. What is asked for is drawn from what the store holds
(bench/search_questions.py). Pages are made as for a browser, without the network; nothing but the first view is asked for
twice. Wall time beside CPU time: on a busy machine only the latter tells.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from httpx import ASGITransport, AsyncClient

from bench.search_bare import compare
from bench.search_load import messages
from bench.search_questions import questions
from bench.table import Row, show
from kliping_search.app import build
from kliping_search.settings import SearchSettings
from kliping_shared.store.embedded.writer import EmbeddedWriter

#: Messages in one transaction.
BATCH = 256
TARGET_MS = 50


async def fill(path: Path, articles: int) -> Iterator[Row]:
    """Write the store; how long that took, and how large it is."""
    writer, batch, began, used = EmbeddedWriter(path), [], time.monotonic(), time.process_time()
    for message in messages(articles):
        batch.append(message)
        if len(batch) == BATCH:
            await writer.apply(batch)
            batch = []
    await writer.apply(batch)
    await writer.close()
    seconds, cpu = time.monotonic() - began, time.process_time() - used
    return iter(
        (
            Row("built in", f"{seconds:,.0f} s ({1000 * cpu / articles:.1f} ms CPU/article)"),
            Row("size", f"{path.stat().st_size / articles / 1000:.0f} kB/article"),
        )
    )


async def measure(data: Path) -> None:
    """Print the table."""
    application = build(SearchSettings(data=data, search_timeout=60))
    async with AsyncClient(transport=ASGITransport(application), base_url="http://localhost", timeout=120) as reader:
        counts = {
            kind: (await reader.get(f"/api/v1/{kind}?limit=0")).json()["total"] for kind in ("articles", "claims")
        }
        show([Row("articles, claims", f"{counts['articles']:,}, {counts['claims']:,}")])
        asked = await questions(reader)
        every: list[tuple[float, float]] = []
        for name, addresses in asked.items():
            times = [await _timed(reader, address) for address in addresses]
            every += times
            show([Row(name, _told(times))])
        show([Row("all of these", _told(every), f"p95 <= {TARGET_MS} ms")])


async def _timed(reader: AsyncClient, address: str) -> tuple[float, float]:
    """Milliseconds by the clock, and of CPU."""
    began, used = time.perf_counter(), time.process_time()
    answer = await reader.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - used)


def _told(times: Sequence[tuple[float, float]]) -> str:
    return "; ".join(
        f"{name} p50 {_at(some, 0.5):.0f}, p95 {_at(some, 0.95):.0f} ms"
        for name, some in zip(("wall", "CPU"), zip(*times, strict=True), strict=True)
    )


def _at(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def main() -> int:
    """Build the store where there is none, then measure."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--data", type=Path, help="folder of the store, kept; by default one for this run")
    options.add_argument("--opensearch", action="store_true", help="measure what the service adds to OpenSearch's time")
    asked = options.parse_args()
    if asked.opensearch:
        asyncio.run(compare(asked.articles))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        data: Path = asked.data or Path(folder)
        path = SearchSettings(data=data).store_path
        if not path.exists():
            show(asyncio.run(fill(path, asked.articles)))
        asyncio.run(measure(data))
    return 0


if __name__ == "__main__":
    sys.exit(main())
