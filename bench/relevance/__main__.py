"""``make bench-relevance``: how well search ranks, by the judged queries of this folder.

Each query is asked as the page asks it, for 50 hits. Rows: Kliping's search on both stores; and, on the same
OpenSearch, plain indices of the same columns with three analyzers, asked for all words and for any word. ``read`` is the half of the queries that ranking was worked on with, ``unread`` the other half.
OpenSearch: the one at KLIPING_TEST_OPENSEARCH_URL, else a container; ``--embedded`` does without.
``--worst N`` lists the worst queries of the read half.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager

from bench.articles import silence
from bench.relevance.collection import Collection, collection
from bench.relevance.judged import SOUGHT, Judged, Measures, Sought, load
from bench.relevance.systems import ANALYZERS, Search, embedded, opensearch, plain
from tests.support.opensearch import URL_VARIABLE, serve

#: Measures of every query, by its id.
Results = Mapping[str, Measures]
HEADINGS = f"{'nDCG@10':>8}{'R@10':>8}{'R@50':>8}{'MRR':>8}"
OURS = "embedded, as the page asks"


async def ranking(search: Search, told: Collection, sought: Sought, query: str) -> list[str]:
    """Keys of the hits, each once."""
    return list(dict.fromkeys(told.key(hit) for hit in await search(sought, query)))


async def measured(search: Search, told: Collection, judged: Mapping[Sought, Sequence[Judged]]) -> Results:
    """Ask every query."""
    return {
        one.id: Measures.of(await ranking(search, told, sought, one.query), one.grades)
        for sought, several in judged.items()
        for one in several
    }


async def compared(
    told: Collection, judged: Mapping[Sought, Sequence[Judged]], url: str | None
) -> AsyncIterator[tuple[str, Results]]:
    """Each system's name and results."""

    async def of(opened: AbstractAsyncContextManager[Search]) -> Results:
        async with opened as search:
            return await measured(search, told, judged)

    yield OURS, await of(embedded(told))
    if url is None:
        return
    yield "OpenSearch, as the page asks", await of(opensearch(url, told))
    async with plain(url, told) as searched:
        for operator, words in (("and", "all words"), ("or", "any word")):
            for name, analyzer in ANALYZERS.items():
                yield f"OpenSearch, {words}, {name}", await measured(searched(analyzer, operator), told, judged)


def table(judged: Sequence[Judged], results: Mapping[str, Results]) -> None:
    """Print a line a system: both halves of the queries for a subject, and the broad ones apart."""
    parts: Mapping[str, Callable[[Judged], bool]] = {
        "read": lambda one: not one.broad and not one.unread,
        "unread": lambda one: not one.broad and one.unread,
        "broad": lambda one: one.broad,
    }
    some = {name: [one.id for one in judged if holds(one)] for name, holds in parts.items()}
    print(f"{'':40}" + "".join(f"{f'{name} ({len(ids)})':>32}" for name, ids in some.items()))
    print(f"{'':40}" + HEADINGS * len(some))
    for system, found in results.items():
        print(f"{system:40}" + "".join(str(Measures.mean([found[one] for one in ids])) for ids in some.values()))


def by_kind(judged: Sequence[Judged], results: Mapping[str, Results]) -> None:
    """Print nDCG@10 of each kind of query, for every system."""
    kinds = sorted({one.kind for one in judged if not one.broad})
    columns = {kind: [one.id for one in judged if one.kind == kind and not one.broad] for kind in kinds}
    print(
        f"\n{'nDCG@10 by kind of query':40}"
        + "".join(f"{f'{kind[:8]} {len(ids)}':>12}" for kind, ids in columns.items())
    )
    for system, found in results.items():
        means = (Measures.mean([found[one] for one in ids]).ndcg for ids in columns.values())
        print(f"{system:40}" + "".join(f"{mean:12.3f}" for mean in means))


def worst(judged: Sequence[Judged], found: Results, count: int) -> None:
    """Print the queries of the read half that rank worst."""
    read = sorted((one for one in judged if not one.unread), key=lambda one: found[one.id].ndcg)
    for one in read[:count]:
        print(f"  {found[one.id]}  {one.id:6} {one.kind:14} {len(one.grades):3} {one.query} ({one.need})")


async def report(url: str | None, count: int) -> None:
    """Print the tables."""
    told = collection()
    judged = {sought: load(sought, told.keys) for sought in SOUGHT}
    results = {system: found async for system, found in compared(told, judged, url)}
    for sought, several in judged.items():
        print(f"\n{sought}: {len(several)} queries, {len(told.files)} articles")
        table(several, results)
        by_kind(several, results)
        worst(several, results[OURS], count)
    asked = {key for one in judged["claims"] for key in one.grades}
    print(f"\n{len(asked & told.reachable())} of {len(asked)} judged claims were extracted, the others cannot be found")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--embedded", action="store_true", help="the embedded store alone")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N worst queries of the read half")
    options = parser.parse_args()
    url = None if options.embedded else os.environ.get(URL_VARIABLE) or serve(os.getpid())
    with silence():
        asyncio.run(report(url, options.worst))
    return 0


if __name__ == "__main__":
    sys.exit(main())
