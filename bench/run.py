"""``make bench``: one table, from one run on this machine. Read ratios; absolutes depend on the machine and its load.

Articles: ``--count`` variations of the demo articles, four outlets an event, each event with other people, places, words
and numbers (tests/support/articles.py); ``--articles DIR`` takes the texts of a folder instead, each made unique by a line.
CPU seconds stand beside wall time. The pipeline's CPU counts every process, broker and page included, from the moment
it is ready until all is searchable.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.articles import silence, texts
from bench.extract import extraction
from bench.processes import usage
from bench.table import Row, percentiles, show, speed
from tests.support.running import Running, wait_until

ROOT = Path(__file__).resolve().parent.parent
POLL_S = 0.005


def counts(data: Path) -> int:
    """Searchable articles."""
    from kliping_shared.settings import Settings, load
    from kliping_shared.store import open_reader

    async def count() -> int:
        reader = open_reader(load(Settings, data=data))
        try:
            return (await reader.counts())["articles"]
        finally:
            await reader.close()

    return asyncio.run(count())


def drop(inbox: Path, name: str, text: str) -> None:
    """Write aside, then rename in: as a careful program does."""
    partial = inbox / f".{name}.part"
    partial.write_text(text, encoding="utf-8")
    partial.rename(inbox / name)


def throughput(articles: Sequence[str], workers: int) -> tuple[float, float, float, float]:
    """Seconds until ready, articles/s from drop to searchable, CPU seconds per article, peak memory in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        up = Running(Path(folder), workers=workers)
        started = time.monotonic()
        up.start()
        up.wait_ready()
        ready = time.monotonic() - started
        before, peak = usage(up.pids()), 0.0
        started = time.monotonic()
        for number, text in enumerate(articles):
            drop(up.inbox, f"{number:05d}.txt", text)
        while counts(up.data) < len(articles):
            peak = max(peak, usage(up.pids()).memory)
            time.sleep(0.2)
        wall = time.monotonic() - started
        cpu = usage(up.pids()).cpu - before.cpu
        up.stop()
    return ready, len(articles) / wall, cpu / len(articles), peak


def latencies(articles: Sequence[str], workers: int) -> list[float]:
    """Seconds from the rename into the inbox until the article is in the store, one by one on an idle system."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        up = Running(Path(folder), workers=workers)
        up.start()
        up.wait_ready()
        for number, text in enumerate(articles):
            have = counts(up.data)
            started = time.monotonic()
            drop(up.inbox, f"{number:05d}.txt", text)
            while counts(up.data) == have:
                time.sleep(POLL_S)
            found.append(time.monotonic() - started)
            wait_until(
                lambda: not [p for p in up.inbox.iterdir() if p.name[0] != "."], seconds=30, what="moved to .done"
            )
        up.stop()
    return found


def measure(folder: Path | None, count: int, singles: int, workers: int) -> list[Row]:
    """The whole table."""
    articles = texts(folder, count)
    bare = extraction(articles)
    ready, rate, cpu, peak = throughput(articles, workers)
    single = latencies(texts(folder, count + singles)[count:], workers)
    return [
        Row("articles, words per article", f"{count}, {bare.words / count:.0f}"),
        Row("tokeniser and recogniser, one core", speed(bare.words, bare.recognised, count)),
        Row("extractor (nlp.pipe to EnrichedArticle), one core", speed(bare.words, bare.whole, count)),
        Row("whole pipeline, all processes", f"{1000 * cpu:.1f} ms CPU/article"),
        Row("pipeline CPU / bare extraction CPU", f"{cpu / (bare.whole / count):.2f}", "<= 1.3"),
        Row(f"end to end, {workers} workers", f"{rate:.1f} files/s", "> 74"),
        Row("drop -> searchable, idle", percentiles(single), "p50 <= 0.5 s"),
        Row("peak memory (PSS, all processes)", f"{peak:.0f} MiB"),
        Row("start until ready", f"{ready:.1f} s", "<= 5 s"),
    ]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--singles", type=int, default=40)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with silence():
        rows = measure(options.articles, options.count, options.singles, options.workers)
    show(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
