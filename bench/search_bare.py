"""``python -m bench.search --opensearch``: what the search service adds to OpenSearch's own time.

In turns, for each question: the API's answer; the searches that the service sent for it, sent again by a plain client;
queries written by hand that give the same answer (the same hits, their exact number, facets where they are asked for,
and documents with any of the words where few have all); and one that gives nothing but hits. All in this process, the API
without a socket of its own. Wall time is what is compared; on a busy machine only its ratios over many rounds tell.

The articles are those of bench/search_load.py, in a server for this run; at KLIPING_TEST_OPENSEARCH_URL they are kept,
and taken as they are another time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Any, cast
from urllib.parse import urlencode

import orjson
from opensearchpy import AsyncOpenSearch
from starlette.types import ASGIApp, Message

from bench.search_by_hand import Body, Question, questions
from bench.search_load import messages
from bench.table import Row, show
from kliping_search.app import build
from kliping_search.lookup import Store
from kliping_search.settings import SearchSettings
from kliping_shared.settings import Settings
from kliping_shared.store.opensearch.client import connect
from kliping_shared.store.opensearch.names import Names
from kliping_shared.store.opensearch.reader import OpenSearchReader
from kliping_shared.store.opensearch.setup import ensure_indices
from kliping_shared.store.opensearch.writer import OpenSearchWriter
from tests.support.opensearch import URL_VARIABLE, serve

#: Messages in one call of the writer; rounds of all questions, after one for warming up.
BATCH, ROUNDS = 64, 2
TARGET = 1.2
#: What is asked in turns: the name in the table.
SYSTEMS = ("service", "its searches", "same answer", "hits only")

Call = Callable[[], Awaitable[Any]]


class _Reader:
    """Asks the application as a server would, and reads the answer as a program would: no HTTP client's time is in it."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def get(self, path: str, parameters: Mapping[str, str]) -> Any:
        """The answer's JSON."""
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        await self._application(_scope(path, urlencode(parameters)), _nothing_more, send)
        body = b"".join(message.get("body", b"") for message in sent)
        assert sent[0]["status"] == 200, body
        return orjson.loads(body)


def _scope(path: str, query: str) -> dict[str, Any]:
    whence = {"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8080), "scheme": "http", "http_version": "1.1"}
    asked = {"method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": ""}
    return {"type": "http", "asgi": {"version": "3.0"}, "headers": [(b"host", b"localhost")], **whence, **asked}


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


class _Listening:
    """A client that remembers the bodies of searches."""

    def __init__(self, client: AsyncOpenSearch) -> None:
        self.heard: list[Body] = []
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    async def search(self, *, body: Body, **more: Any) -> Any:
        """Ask the client."""
        self.heard.append({name: part for name, part in body.items() if name != "pit"})
        return await self._client.search(body=body, **more)


async def compare(articles: int) -> None:
    """Print the table."""
    given = os.environ.get(URL_VARIABLE)
    settings = SearchSettings(
        opensearch_url=given or serve(os.getpid()), index_prefix=f"bench-{articles}", rate_limit="1000000/minute"
    )
    show(await _filled(settings, articles))
    listening = _Listening(connect(settings))
    store = Store(OpenSearchReader(settings, cast("AsyncOpenSearch", listening)), settings.search_timeout)
    plain = AsyncOpenSearch(hosts=[settings.opensearch_url], timeout=60)
    reader = _Reader(build(settings, store))
    claims = (await reader.get("/api/v1/claims", {"limit": "200", "sort": "newest"}))["hits"]
    asking = _Asking(reader, listening, plain, Names(settings.index_prefix))
    ratios: list[dict[str, float]] = []
    for name, several in questions(claims).items():
        times = await asking.times(several)
        ratios.append(_ratios(times))
        show(_told(name, times))
    middle = {system: median(ratio[system] for ratio in ratios) for system in SYSTEMS[1:]}
    show(
        Row(f"median of all: service / {system}", f"{ratio:.2f} x", _target(system)) for system, ratio in middle.items()
    )
    await plain.close()
    await store.close()


async def _filled(settings: Settings, articles: int) -> Iterable[Row]:
    """Write the articles where they are not there yet."""
    client = connect(settings)
    try:
        names, began = Names(settings.index_prefix), time.monotonic()
        await ensure_indices(client, names)
        there = (await client.count(index=names.alias("articles")))["count"]
        if there == articles:
            return [Row("articles", f"{there:,}, there already")]
        writer = OpenSearchWriter(settings, client)
        told = messages(articles)
        while some := list(islice(told, BATCH)):
            await writer.apply(some)
        await writer.refresh()
        await client.indices.forcemerge(index=f"{settings.index_prefix}-*", params={"request_timeout": 600})
        return [Row("articles", f"{articles:,}, written in {time.monotonic() - began:,.0f} s")]
    finally:
        await client.close()


@dataclass(frozen=True)
class _Asking:
    """Asks each question of each system, in turns."""

    reader: _Reader
    listening: _Listening
    plain: AsyncOpenSearch
    names: Names

    async def times(self, several: Sequence[Question]) -> dict[str, list[tuple[float, float]]]:
        """Wall and CPU milliseconds of each system. The first round is for warming up."""
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in SYSTEMS}
        for number in range(ROUNDS + 1):
            for place, question in enumerate(several):
                calls = await self._calls(question)
                for turn in range(len(SYSTEMS)):
                    name = SYSTEMS[(turn + place + number) % len(SYSTEMS)]
                    time_taken = await _timed(calls[name])
                    if number:
                        found[name].append(time_taken)
        return found

    async def _calls(self, question: Question) -> dict[str, Call]:
        index = self.names.alias(question.kind)

        async def ask() -> Any:
            return await self.reader.get(question.address, question.parameters)

        def send(*bodies: Body) -> Call:
            async def sent() -> Any:
                return [await self.plain.search(index=index, body=body) for body in bodies]

            return sent

        self.listening.heard.clear()
        ours = await ask()
        own = list(self.listening.heard)
        same = [question.by_hand(), question.by_hand(any_word=True)][: len(own)]
        found = (await send(*same)())[0]["hits"]
        assert ours["total"] == found["total"]["value"], (question, ours["total"], found["total"])
        assert _ids(ours["hits"]) == _ids(hit["_source"] for hit in found["hits"]), question
        hits = question.by_hand(only_hits=True)
        return dict(zip(SYSTEMS, (ask, send(*own), send(*same), send(hits)), strict=True))


def _ids(documents: Iterable[Mapping[str, Any]]) -> list[str]:
    return [document.get("claim_id") or document.get("group_id") or document["article_id"] for document in documents]


async def _timed(call: Call) -> tuple[float, float]:
    began, used = time.perf_counter(), time.process_time()
    await call()
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - used)


def _ratios(times: Mapping[str, Sequence[tuple[float, float]]]) -> dict[str, float]:
    """How many times as long the service takes as each system, by median."""
    middle = {system: median(wall for wall, _ in some) for system, some in times.items()}
    return {system: middle["service"] / other for system, other in middle.items()}


def _told(name: str, times: Mapping[str, Sequence[tuple[float, float]]]) -> Iterable[Row]:
    ratios = _ratios(times)
    for system, some in times.items():
        walls = sorted(wall for wall, _ in some)
        last, cpu = walls[round(0.95 * (len(walls) - 1))], median(cpu for _, cpu in some)
        ratio = "" if system == "service" else f", service {ratios[system]:.2f} x"
        told = f"p50 {median(walls):.1f}, p95 {last:.1f} ms, CPU here {cpu:.1f} ms{ratio}"
        yield Row(f"{name}: {system}", told, _target(system))


def _target(system: str) -> str:
    return f"<= {TARGET} x" if system == "same answer" else ""
