"""``make bench-stack``: the stack of docker-compose.yml under load, in one table from one run.

``--count`` invented articles go through it once for each number of extract workers in ``--workers``, other articles
each time. CPU is what Docker has counted for each service's containers. Bulk writing is measured beside it, on a server
of its own: the index service's writer against a bare loop of ``AsyncOpenSearch.bulk`` over the documents it makes.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import docker

from bench.bulk import compare
from bench.table import Row, percentiles, show
from tests.stack.compose import RUNNING, Stack, running_stack, wait_until
from tests.support.articles import invented

POLL_S = 0.02
#: Files that may wait in the inbox; ingest holds back by itself, this keeps the folder small.
WAITING = 1_000


def cpu_seconds(stack: Stack, services: Sequence[str]) -> dict[str, float]:
    """What each service's containers have used since they were made."""
    engine = docker.from_env()
    found = dict.fromkeys(services, 0.0)
    for service in services:
        for container in stack.containers(service):
            stats = engine.containers.get(container["Id"]).stats(stream=False, one_shot=True)
            found[service] += stats["cpu_stats"]["cpu_usage"]["total_usage"] / 1e9
    return found


def through(stack: Stack, texts: Sequence[str], name: str) -> tuple[float, dict[str, float]]:
    """Articles/s from the first drop until all are searchable; CPU seconds per article by service."""
    have, before = stack.total(), cpu_seconds(stack, RUNNING)
    started = time.monotonic()
    for number, text in enumerate(texts):
        while number % 100 == 0 and len(stack.left()) > WAITING:
            time.sleep(POLL_S)
        stack.write(f"{name}-{number:05d}.txt", text)
    wait_until(lambda: stack.total() >= have + len(texts), seconds=3600, what=stack.logs)
    wall = time.monotonic() - started
    used = cpu_seconds(stack, RUNNING)
    return len(texts) / wall, {service: (used[service] - before[service]) / len(texts) for service in RUNNING}


def latencies(stack: Stack, texts: Sequence[str]) -> list[float]:
    """Seconds from the rename into the inbox until the API finds the article, one by one."""
    found = []
    for number, text in enumerate(texts):
        have, started = stack.total(), time.monotonic()
        stack.write(f"single-{number:04d}.txt", text)
        while stack.total() == have:
            time.sleep(POLL_S)
        found.append(time.monotonic() - started)
        wait_until(lambda: not stack.left(), seconds=30, what=stack.logs)
    return found


def redis_memory(stack: Stack, field: str) -> int:
    """A figure of Redis' memory, in bytes."""
    found = re.search(rf"^{field}:(\d+)", stack.redis("admin", "INFO", "memory"), re.MULTILINE)
    assert found, "Redis does not tell"
    return int(found[1])


def on_disk(stack: Stack, service: str, path: str) -> int:
    """Bytes that a service's files take."""
    return 1024 * int(stack.compose("exec", "-T", service, "du", "-sk", path).split()[0])


def sizes(stack: Stack) -> dict[str, int]:
    """Bytes that are kept, by where."""
    return {
        "Redis, memory": redis_memory(stack, "used_memory"),
        "Redis, disk": on_disk(stack, "redis", "/data"),
        "OpenSearch, disk": on_disk(stack, "opensearch", "/usr/share/opensearch/data"),
    }


def measure(count: int, workers: Sequence[int], singles: int) -> Iterator[Row]:
    """The whole table, row by row."""
    texts = [article.text for article in invented(count * len(workers) + singles, seed=5)]
    yield Row("articles, words per article", f"{count}, {sum(len(t.split()) for t in texts) / len(texts):.0f}")
    with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder)) as stack:
        empty = sizes(stack)
        for turn, number in enumerate(workers):
            stack.compose("up", "--detach", "--no-recreate", "--scale", f"extract={number}", "extract", seconds=300)
            wait_until(stack.all_healthy, seconds=120, what=stack.logs)
            rate, cpu = through(stack, texts[turn * count : (turn + 1) * count], f"load{number}")
            yield Row(f"end to end, {number} extract", f"{rate:.1f} articles/s")
            for service, seconds in cpu.items():
                yield Row(f"  CPU of {service}", f"{1000 * seconds:.1f} ms/article")
            yield Row("  CPU of all services", f"{1000 * sum(cpu.values()):.1f} ms/article")
        yield Row("drop -> searchable, idle", percentiles(latencies(stack, texts[-singles:])), "p99 <= 1.5 s")
        yield Row("Redis, peak memory", f"{redis_memory(stack, 'used_memory_peak') / 2**20:.0f} MiB")
        for where, kept in sizes(stack).items():
            yield Row(where, f"{(kept - empty[where]) / len(texts) / 1000:.1f} kB/article")
    yield from compare(texts[: min(count, 1000)])


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--singles", type=int, default=40)
    options = parser.parse_args()
    show(measure(options.count, options.workers, options.singles))
    return 0


if __name__ == "__main__":
    sys.exit(main())
