"""The store on OpenSearch: several writers at once, what the server refuses, a server that is away."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping_shared.errors import PermanentError, QueryError, StoreUnavailable
from kliping_shared.settings import Settings
from kliping_shared.store import open_reader, open_writer
from kliping_shared.store.opensearch.client import connect
from kliping_shared.store.opensearch.reader import OpenSearchReader
from kliping_shared.store.opensearch.writer import OpenSearchWriter
from kliping_shared.store.ports import Change, Patch, PatchClaims, Put, ReplaceClaims, SearchRequest
from tests.integration.store.builders import article, claim, put
from tests.integration.store.conftest import EmptyStore, OpenStore, embedded, opened, writer_of
from tests.integration.store.test_changes import CHANGES, SLOW, everything

pytestmark = pytest.mark.docker
on_opensearch = pytest.mark.parametrize("empty_store", ["opensearch"], indirect=True)


@on_opensearch
@given(st.lists(CHANGES, min_size=4, max_size=16), st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None, suppress_health_check=SLOW)
async def test_three_writers_at_once_end_as_one_in_order(
    empty_store: EmptyStore, changes: list[Change], chance: Any
) -> None:
    """Three writers that get the same changes at once, each in an order of its own, with some missing and some twice,
    leave what the embedded store shows after the changes one by one."""
    async with embedded() as settings_, opened(settings_) as store:
        for change in changes:
            await store.add(change)
        wanted = await everything(store.reader)
    async with empty_store() as settings_, opened(settings_) as store:
        writers = [open_writer(settings_) for _ in range(3)]
        await asyncio.gather(
            *(_feed(writer.apply, part) for writer, part in zip(writers, _parts(changes, chance), strict=True))
        )
        for writer in writers:
            await writer.close()
        await store.add()
        assert await everything(store.reader) == wanted


def _parts(changes: list[Change], chance: Any) -> list[list[Change]]:
    """Three lists that hold every change once at least, each shuffled."""
    parts: list[list[Change]] = [[], [], []]
    for change in changes:
        for part in chance.sample(parts, chance.randint(1, 3)):
            part.append(change)
    for part in parts:
        chance.shuffle(part)
    return parts


async def _feed(apply: Callable[..., Awaitable[None]], changes: list[Change]) -> None:
    for change in changes:
        await apply([[change]])


@on_opensearch
async def test_writers_that_name_the_same_claims_lose_none(store: OpenStore) -> None:
    """Ten writers that put claims of one article at once, and say at once what holds for all of them, reach each."""
    writers = [writer_of(store.settings) for _ in range(10)]
    await asyncio.gather(
        *(
            writer.apply(
                [
                    [put("claims", claim(f"c{number}-{i}", "kata", article_id="a")) for i in range(5)],
                    [PatchClaims("a", number, {"story_id": f"s{number}"})],
                ]
            )
            for number, writer in enumerate(writers)
        )
    )
    assert (await store.search("story:s9", kind="claims")).total == 50
    for writer in writers:
        await writer.close()


@on_opensearch
async def test_a_refused_document_is_named_and_others_are_written(store: OpenStore) -> None:
    """A field that the mapping has not is a PermanentError that names the document; the rest of the call is written."""
    bad = Put("articles", "b", 1, article("b") | {"colour": "red"})
    with pytest.raises(PermanentError, match=r"articles/b: .*colour"):
        await store.writer.apply([[put("articles", article("a"))], [bad]])
    assert await store.ids() == ["a"]


@on_opensearch
async def test_what_says_the_same_is_not_written_again(store: OpenStore) -> None:
    """A claim is left alone when its article says once more, with a higher version, what it has heard already."""
    await store.add(
        put("claims", claim("c", "kata", article_id="a")),
        ReplaceClaims("a", 1, ("c",)),
        PatchClaims("a", 1, {"story_id": "s"}),
    )
    client = connect(store.settings)
    index = f"{store.settings.index_prefix}-claims"
    before = (await client.get(index=index, id="c"))["_seq_no"]
    await store.add(ReplaceClaims("a", 2, ("c",)), PatchClaims("a", 2, {"story_id": "s"}))
    assert (await client.get(index=index, id="c"))["_seq_no"] == before
    await store.add(Patch("claims", "c", 1, {"story_id": "own"}))
    assert (await store.reader.get("claims", "c") or {})["story_id"] == "s"
    await client.close()


@on_opensearch
async def test_what_cannot_be_read_is_not_taken_for_nothing(store: OpenStore) -> None:
    """While claims cannot be read, what is said of them is StoreUnavailable, and reaches them when it is said again."""
    taken_back = ReplaceClaims("a", 2, ("c",))
    await store.add(put("claims", claim("c", "kata", article_id="a")), ReplaceClaims("a", 1, ()))
    client = connect(store.settings)
    index = f"{store.settings.index_prefix}-claims-write"
    try:
        await client.indices.put_settings(index=index, body={"index.blocks.read": True})
        writer = open_writer(store.settings)
        with pytest.raises(StoreUnavailable, match="cannot read 'c'"):
            await writer.apply([[taken_back]])
        await writer.close()
    finally:
        await client.indices.put_settings(index=index, body={"index.blocks.read": None})
        await client.close()
    await store.add(taken_back)
    assert await store.reader.get("claims", "c") is not None


@on_opensearch
async def test_what_was_written_is_read_by_id_before_it_is_found(store: OpenStore) -> None:
    """A document is there by its id as soon as it is durable, and in no search's way when it is deleted."""
    writer = open_writer(store.settings)
    await writer.apply([[put("articles", article("a"))]])
    assert (await store.reader.get("articles", "a") or {})["article_id"] == "a"
    await writer.close()


async def test_missing_indices_are_an_empty_store(opensearch_url: str) -> None:
    """Before ``kliping setup`` a reader finds nothing and is well, and a writer says what is missing, making nothing."""
    there = Settings(opensearch_url=opensearch_url, index_prefix="nothing-here")
    reader, writer = open_reader(there), open_writer(there)
    assert await reader.healthy()
    assert await reader.get("articles", "a") is None
    for sort in ("relevance", "newest", "outlets"):
        page = await reader.search(SearchRequest(query="kata", sort=sort, facets=("outlet",)))
        assert (page.total, page.hits, page.facets) == (0, (), {"outlet": ()})
    assert [document async for document in reader.stream(SearchRequest())] == []
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="kliping setup"):
            await writer.apply([[put("articles", article("a")), put("claims", claim("c", "kata"))]])
    await reader.close()
    await writer.close()


Answer = Callable[[str], tuple[int, bytes]]


@asynccontextmanager
async def _server(answer: Callable[[str], Awaitable[tuple[int, bytes]]]) -> AsyncIterator[Settings]:
    """Settings of a small HTTP server that gives ``answer`` of a request's first line."""

    async def serve(incoming: asyncio.StreamReader, outgoing: asyncio.StreamWriter) -> None:
        try:
            head = await incoming.readuntil(b"\r\n\r\n")
            status, body = await answer(head.decode().splitlines()[0])
            lines = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            outgoing.write(f"{lines}Connection: close\r\n\r\n".encode() + body)
            await outgoing.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            outgoing.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield Settings(opensearch_url=f"http://127.0.0.1:{port}")
    finally:
        server.close()


async def _assert_unavailable(there: Settings, said: str) -> None:
    """Whatever is asked of the store says the same plain sentence."""
    reader = OpenSearchReader(there, connect(there))
    writer = OpenSearchWriter(there, connect(there), sleep=_no_wait)
    assert not await reader.healthy()
    calls: list[Callable[[], Awaitable[Any]]] = [
        reader.counts,
        lambda: reader.get("articles", "a"),
        lambda: reader.search(SearchRequest(query="kata")),
        lambda: anext(aiter(reader.stream(SearchRequest()))),
        lambda: writer.apply([[put("articles", article("a"))]]),
    ]
    for call in calls:
        with pytest.raises(StoreUnavailable, match=said) as raised:
            await call()
        assert "\n" not in str(raised.value)
    await reader.close()
    await writer.close()


async def _no_wait(_: float) -> None:
    await asyncio.sleep(0)


def _refusing(status: int, type_: str, reason: str) -> Callable[[str], Awaitable[tuple[int, bytes]]]:
    error = {"type": type_, "reason": reason, "root_cause": [{"type": type_, "reason": reason}]}

    async def answer(_: str) -> tuple[int, bytes]:
        return status, json.dumps({"error": error, "status": status}).encode()

    return answer


@pytest.mark.parametrize(
    ("status", "type_", "reason", "said"),
    [
        (503, "cluster_manager_not_discovered_exception", "no manager", "no manager|at the moment"),
        (429, "circuit_breaking_exception", "Data too large", "Data too large|at the moment"),
        (401, "security_exception", "who?", "KLIPING_OPENSEARCH_PASSWORD"),
        (403, "security_exception", "no permissions for x", "no permissions for x"),
        (500, "null_pointer_exception", "oops", "oops"),
    ],
)
async def test_refusals_are_plain_sentences(status: int, type_: str, reason: str, said: str) -> None:
    """A server that is overloaded, broken, or does not know the user makes the store unavailable, with its own reason."""
    async with _server(_refusing(status, type_, reason)) as there:
        await _assert_unavailable(there, said)


async def test_a_server_that_is_no_opensearch_is_told() -> None:
    """Something else at the address is no bug of a document."""

    async def answer(_: str) -> tuple[int, bytes]:
        return 200, b"<html>hello</html>"

    async with _server(answer) as there:
        await _assert_unavailable(there, "no OpenSearch")


async def test_a_server_that_is_away_is_told() -> None:
    """Nobody at the address makes the store unavailable."""
    await _assert_unavailable(Settings(opensearch_url="http://127.0.0.1:9"), "does not answer")


async def test_a_hanging_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that takes the request and never answers is given up after the time that a search may take."""
    from kliping_shared.store.opensearch import asking

    monkeypatch.setattr(asking, "_HANGING_SECONDS", 0.1)
    never = asyncio.Event()

    async def answer(_: str) -> tuple[int, bytes]:
        await never.wait()
        return 200, b"{}"

    async with _server(answer) as there:
        reader = OpenSearchReader(there, connect(there), seconds=0.1)
        with pytest.raises(StoreUnavailable, match="in time"):
            await reader.search(SearchRequest(sort="newest"))
        assert not await reader.healthy()
        never.set()
        await reader.close()


async def test_a_closed_store_is_unavailable(opensearch_url: str) -> None:
    """Whoever asks after closing gets the store's own error."""
    there = Settings(opensearch_url=opensearch_url)
    reader, writer = open_reader(there), open_writer(there)
    await reader.counts()
    await reader.close()
    await writer.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        await reader.counts()
    with pytest.raises(StoreUnavailable, match="closed"):
        await writer.apply([[put("articles", article("a"))]])


@on_opensearch
@pytest.mark.parametrize("id_", ["", "é" * 257])
async def test_an_id_that_cannot_be_one_holds_nobody_up(store: OpenStore, id_: str) -> None:
    """A document that has no possible id is refused for good, not tried for ever; nobody has one of that id."""
    with pytest.raises(PermanentError, match="1 to 512 bytes"):
        await store.writer.apply([[put("articles", article(id_))]])
    assert await store.reader.get("articles", id_) is None


@on_opensearch
async def test_too_many_words_are_refused(store: OpenStore) -> None:
    """More words than the server takes at once are a QueryError, not an outage."""
    await store.add(put("articles", article("a", "kata")))
    with pytest.raises(QueryError, match="more words"):
        await store.search(" ".join(f"{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(676)) + " x" * 500)


@on_opensearch
async def test_facets_are_exact_on_many_processors(store: OpenStore) -> None:
    """Values that are frequent in all, but in none of the parts that a large server looks at at once, are counted right."""
    client = connect(store.settings)
    index = f"{store.settings.index_prefix}-articles-write"
    counts: Counter[str] = Counter()
    try:
        await client.indices.put_settings(index=index, body={"index.search.concurrent.max_slice_count": 4})
        for part in range(4):  # each a segment, in which 40 names of its own come before the common one
            outlets = [f"n{part}-{i}" for i in range(40) for _ in range(2)] + ["common"]
            counts.update(outlets)
            await store.add(*(put("articles", article(f"{part}-{i}", outlet=name)) for i, name in enumerate(outlets)))
        facet = (await store.search(facets=("outlet",), limit=0)).facets["outlet"]
    finally:
        await client.indices.put_settings(index=index, body={"index.search.concurrent.max_slice_count": None})
        await client.close()
    assert [(one.value, one.count) for one in facet] == sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[
        :12
    ]
