"""``kliping reindex`` on a server: nothing is lost, searching goes on, and a run that is killed is resumed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import AuthorizationException, ConflictError, RequestError

from kliping_shared.errors import PermanentError
from kliping_shared.settings import Settings
from kliping_shared.store.opensearch import reindex as module
from kliping_shared.store.opensearch.client import connect, is_blocked
from kliping_shared.store.opensearch.names import Family, Names
from kliping_shared.store.opensearch.reindex import Progress, abort, delete_old, reindex
from kliping_shared.store.opensearch.setup import State, current_index, ensure_indices

pytestmark = [pytest.mark.docker, pytest.mark.timeout(300)]

FAMILY: Family = "stories"
DOCUMENTS = 1200


@pytest.fixture
async def names(client: AsyncOpenSearch, opensearch: Settings, monkeypatch: pytest.MonkeyPatch) -> Names:
    """A store with some stories, set up by this Kliping."""
    monkeypatch.setattr(module, "_POLL", 0.05)
    names = Names(opensearch.index_prefix)
    await set_up(client, names)
    lines: list[dict[str, Any]] = []
    for number in range(DOCUMENTS):
        lines += [{"index": {"_id": f"s{number}"}}, story(number)]
    answer = await client.bulk(body=lines, index=names.write_alias(FAMILY), params={"refresh": "true"})
    assert not answer["errors"]
    return names


async def set_up(client: AsyncOpenSearch, names: Names) -> State:
    return await ensure_indices(client, names, families=(FAMILY,))


def story(number: int, seen: int = 0) -> dict[str, Any]:
    return {"story_id": f"s{number}", "title": f"Banjir {number}", "live": number % 10 != 0, "article_count": seen}


async def exchange(client: AsyncOpenSearch, names: Names, **options: Any) -> list[Progress]:
    told: list[Progress] = []
    await reindex(client, names, 0, families=(FAMILY,), tell=told.append, **options)
    return told


async def found(client: AsyncOpenSearch, names: Names) -> int:
    """How many stories a reader finds."""
    return int((await client.count(index=names.alias(FAMILY)))["count"])


async def indices(client: AsyncOpenSearch, names: Names) -> dict[str, set[str]]:
    answer = await client.indices.get_alias(index=names.pattern(FAMILY))
    return {index: set(told["aliases"]) for index, told in answer.items()}


async def test_a_current_index_stays(client: AsyncOpenSearch, names: Names) -> None:
    """Without need nothing is copied."""
    assert [told.phase for told in await exchange(client, names)] == ["current"]
    assert set(await indices(client, names)) == {names.index(FAMILY, 1)}


async def test_an_index_is_exchanged(client: AsyncOpenSearch, names: Names) -> None:
    """Both aliases move to a whole copy, the old index stays without writes until it is deleted on request."""
    told = await exchange(client, names, force=True)
    old, new = names.index(FAMILY, 1), names.index(FAMILY, 2)
    assert [t.phase for t in told][-1] == "exchanged"
    assert max(t.done for t in told) == DOCUMENTS
    assert await indices(client, names) == {old: set(), new: {names.alias(FAMILY), names.write_alias(FAMILY)}}
    assert await found(client, names) == DOCUMENTS * 9 // 10
    assert (await client.count(index=names.write_alias(FAMILY)))["count"] == DOCUMENTS
    with pytest.raises(AuthorizationException):
        await client.index(index=old, id="late", body=story(1))
    assert await delete_old(client, names, (FAMILY,)) == [old]
    assert set(await indices(client, names)) == {new}
    settings = (await client.indices.get_settings(index=new))[new]["settings"]["index"]
    assert settings["refresh_interval"] == "1s"


async def test_another_schema_is_brought_up(client: AsyncOpenSearch, names: Names) -> None:
    """An index of another analysis is told to be outdated, and is as this Kliping wants it after the exchange."""
    index = names.index(FAMILY, 1)
    await client.indices.put_mapping(index=index, body={"_meta": {"kliping": {"schema": 1, "analysis": "0-other"}}})
    assert (await set_up(client, names)).outdated == (FAMILY,)
    await exchange(client, names)
    assert (await set_up(client, names)).outdated == ()
    assert (await set_up(client, names)).indices[FAMILY] == names.index(FAMILY, 2)


async def test_searching_and_writing_go_on(client: AsyncOpenSearch, names: Names) -> None:
    """While an index is exchanged each search finds every document, and no acknowledged write is lost."""
    ended = asyncio.Event()
    seen: list[int] = []

    async def read() -> None:
        while not ended.is_set():
            seen.append(await found(client, names))

    async def write(number: int) -> int:
        written = 0
        while not ended.is_set():
            written += await count_up(client, names, f"s{number}")
        return written

    async def run() -> None:
        try:
            for _ in range(2):
                await exchange(client, names, force=True)
        finally:
            ended.set()

    _, _, *written = await asyncio.gather(run(), read(), *(write(number) for number in (1, 2, 3)))
    assert set(seen) == {DOCUMENTS * 9 // 10}
    for number, times in zip((1, 2, 3), written, strict=True):
        assert times > 0
        document = await client.get(index=names.write_alias(FAMILY), id=f"s{number}")
        assert document["_source"]["article_count"] == times


async def count_up(client: AsyncOpenSearch, names: Names, id: str) -> int:
    """Read, change and write one document, as the writer does; 1 when it was acknowledged."""
    index = names.write_alias(FAMILY)
    document = await client.get(index=index, id=id)
    source = document["_source"] | {"article_count": document["_source"]["article_count"] + 1}
    read = {"if_seq_no": document["_seq_no"], "if_primary_term": document["_primary_term"]}
    try:
        await client.index(index=index, id=id, body=source, params=read)
    except ConflictError:
        return 0
    except AuthorizationException as error:
        if not is_blocked(error):
            raise
        return 0
    return 1


async def test_what_was_read_before_cannot_be_written_after(client: AsyncOpenSearch, names: Names) -> None:
    """A write that is conditional on what the old index held fails on the new one, whatever its numbers are."""
    before = await client.get(index=names.write_alias(FAMILY), id="s1")
    await exchange(client, names, force=True)
    after = await client.get(index=names.write_alias(FAMILY), id="s1")
    assert after["_primary_term"] > before["_primary_term"]
    read = {"if_seq_no": after["_seq_no"], "if_primary_term": before["_primary_term"]}
    with pytest.raises(ConflictError):
        await client.index(index=names.write_alias(FAMILY), id="s1", body=story(1), params=read)


Point = Callable[[str, str], bool]


class Killed(BaseException):
    """The process is gone: nothing it would do any more happens."""


def kill(client: AsyncOpenSearch, point: Point, after: bool) -> None:
    """Let ``client`` be killed at the first request that ``point(method, path)`` tells, before or after it is sent."""
    send = client.transport.perform_request
    dead = False

    async def perform(method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        nonlocal dead
        hit = not dead and point(method, url)
        dead = dead or (hit and not after)
        if dead:
            raise Killed
        answer = await send(method, url, *args, **kwargs)
        dead = hit
        if dead:
            raise Killed
        return answer

    client.transport.perform_request = perform  # type: ignore[method-assign]


POINTS: dict[str, Point] = {
    "create": lambda method, url: method == "PUT" and url.count("/") == 1,
    "close": lambda method, url: url.endswith("/_close"),
    "remember": lambda method, url: method == "PUT" and url.endswith("/_mapping"),
    "copy": lambda method, url: url.endswith("/_reindex"),
    "wait": lambda method, url: url.startswith("/_tasks/"),
    "block": lambda method, url: url.endswith("/_block/write"),
    "compare": lambda method, url: url.endswith("/_count"),
    "move": lambda method, url: method == "POST" and url.endswith("/_aliases"),
}
#: Where a run is killed, and whether the server has heard the request. What comes between two is as after the first.
KILLS = [("create", True), ("close", False), ("close", True), ("remember", True), ("copy", True), ("wait", False)]
KILLS += [("block", False), ("block", True), ("compare", False), ("move", False), ("move", True)]


@pytest.mark.timeout(600)
async def test_a_killed_run_is_resumed(client: AsyncOpenSearch, names: Names, opensearch: Settings) -> None:
    """Wherever a run is killed, the next one ends it: the same documents, one index in use, writes possible.

    One test for all points, since making the indices takes longest.
    """
    for name, after in KILLS:
        await _killed_and_resumed(client, names, opensearch, POINTS[name], after)
        assert await found(client, names) == DOCUMENTS * 9 // 10, (name, after)
        assert await count_up(client, names, "s1") == 1, (name, after)
        await delete_old(client, names, (FAMILY,))
        assert len(await indices(client, names)) == 1, (name, after)


async def _killed_and_resumed(
    client: AsyncOpenSearch, names: Names, opensearch: Settings, point: Point, after: bool
) -> None:
    used = await current_index(client, names, FAMILY)
    assert used is not None
    target = names.index(FAMILY, names.number(FAMILY, used) + 1)
    victim = connect(opensearch)
    begun = False

    def once_begun(method: str, url: str) -> bool:
        nonlocal begun
        begun = begun or target in url
        return begun and point(method, url)

    kill(victim, once_begun, after)
    with pytest.raises(Killed):
        await exchange(victim, names, force=True)
    await victim.close()
    if await current_index(client, names, FAMILY) == used:
        await exchange(client, names, force=True)
    assert await current_index(client, names, FAMILY) == target


async def test_a_forced_run_is_ended_by_a_plain_one(
    client: AsyncOpenSearch, names: Names, opensearch: Settings
) -> None:
    """A run that was forced, and killed while writers wait, is ended by the next, forced or not; then they write."""
    victim = connect(opensearch)
    kill(victim, POINTS["compare"], after=False)
    with pytest.raises(Killed):
        await exchange(victim, names, force=True)
    await victim.close()
    await exchange(client, names)
    assert await current_index(client, names, FAMILY) == names.index(FAMILY, 2)
    assert await count_up(client, names, "s1") == 1


async def test_a_begun_run_can_be_given_up(client: AsyncOpenSearch, names: Names, opensearch: Settings) -> None:
    """Giving up removes the copy and lets the old index take writes again; setup tells that it does not."""
    victim = connect(opensearch)
    kill(victim, POINTS["compare"], after=False)
    with pytest.raises(Killed):
        await exchange(victim, names, force=True)
    await victim.close()
    assert (await set_up(client, names)).blocked == (FAMILY,)
    assert await abort(client, names, (FAMILY,)) == [names.index(FAMILY, 2)]
    assert (await set_up(client, names)).blocked == ()
    assert await count_up(client, names, "s1") == 1


async def test_a_document_that_the_new_mapping_refuses(client: AsyncOpenSearch, names: Names) -> None:
    """The document is named, and the old index stays in use and takes writes."""
    old = names.index(FAMILY, 1)
    await client.indices.put_mapping(index=old, body={"properties": {"odd": {"type": "keyword"}}})
    await client.index(index=old, id="s7", body=story(7) | {"odd": "x"}, params={"refresh": "true"})
    with pytest.raises(PermanentError, match="s7"):
        await exchange(client, names, force=True)
    assert (await set_up(client, names)).indices[FAMILY] == old
    assert await count_up(client, names, "s1") == 1


async def test_an_error_in_the_last_pass_lets_writers_go_on(
    client: AsyncOpenSearch, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the exchange itself fails, the old index takes writes again at once."""

    async def fail(*_: object) -> Awaitable[None]:
        raise RequestError(400, "refused", {})

    monkeypatch.setattr(module, "_compare", fail)
    with pytest.raises(RequestError):
        await exchange(client, names, force=True)
    assert await count_up(client, names, "s1") == 1
