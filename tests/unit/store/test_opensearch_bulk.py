"""Bulk requests: what becomes of each document, whatever the server says of it. Needs no server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from opensearchpy.exceptions import TransportError

from kliping_shared.errors import PermanentError, StoreUnavailable
from kliping_shared.settings import Settings
from kliping_shared.store.opensearch.bulk import Bulk, Outcome, all_ended, operation
from kliping_shared.store.opensearch.keeping import NOTHING

#: A document's id and the number of the request to the server's word on it.
Word = Callable[[str, int], dict[str, Any]]
WRITTEN = {"status": 201, "_seq_no": 1}
BUSY = {"status": 429, "error": {"type": "rejected_execution_exception", "reason": "queue is full"}}
BLOCKED = {"status": 403, "error": {"type": "cluster_block_exception", "reason": "index is read-only"}}
FAILED = {"status": 500, "error": {"type": "already_closed_exception", "reason": "engine is closed"}}


class Server:
    """Says ``word`` of each document; ``asked`` are the ids of each request."""

    def __init__(self, word: Word) -> None:
        self.asked: list[str] = []
        self._word = word

    async def bulk(self, *, body: bytes, params: dict[str, str]) -> Any:
        names = [json.loads(line)["create"]["_id"] for line in body.splitlines()[::2]]
        self.asked.append("".join(names))
        return {"items": [{"create": {"_id": name, **self._word(name, len(self.asked))}} for name in names]}


async def written(server: Server, names: str) -> Outcome:
    """What becomes of one document for each letter."""
    bulk = Bulk(server, Settings(opensearch_url="http://x"), sleep=_no_wait)  # type: ignore[arg-type]
    return await bulk.write([operation(("articles", name), "w", NOTHING, {}) for name in names])


async def _no_wait(_: float) -> None:
    await asyncio.sleep(0)


def ids(outcome: Outcome) -> str:
    return "".join(sorted(key[1] for key in outcome.written))


async def test_busy_items_are_tried_again_and_only_they() -> None:
    """Of a bulk request with a busy item, a blocked one and a written one, the first two are sent again until they are in."""
    first = {"a": WRITTEN, "b": BUSY, "c": BLOCKED}
    server = Server(lambda name, request: first[name] if request == 1 else WRITTEN)
    assert ids(await written(server, "abc")) == "abc"
    assert server.asked == ["abc", "bc"]


async def test_what_stays_busy_is_an_outage() -> None:
    """When the server is busy to the end, no document is to blame, also not one that failed beside it."""
    server = Server(lambda name, _: BUSY if name == "a" else FAILED)
    with pytest.raises(StoreUnavailable, match="queue is full"):
        await written(server, "ab")


async def test_what_may_pass_is_told_before_what_stays() -> None:
    """Of two failures beside each other the outage is raised: the message is tried again, and not a dead letter."""

    async def fail(error: Exception) -> None:
        raise error

    with pytest.raises(StoreUnavailable):
        await all_ended([fail(PermanentError("refused")), fail(StoreUnavailable("busy"))])
    with pytest.raises(PermanentError):
        await all_ended([fail(PermanentError("refused"))])


def unknown(field: str) -> dict[str, Any]:
    reason = f"mapping set to strict, dynamic introduction of [{field}] within [_doc] is not allowed"
    return {"status": 400, "error": {"type": "strict_dynamic_mapping_exception", "reason": reason}}


async def test_an_index_of_an_older_version_is_an_outage() -> None:
    """A field of this Kliping's documents that the index has not yet makes no dead letters: setup has to be run."""
    with pytest.raises(StoreUnavailable, match=r"lacks the field story_title; run 'kliping setup'"):
        await written(Server(lambda *_: unknown("story_title")), "a")
    outcome = await written(Server(lambda *_: unknown("colour")), "a")
    with pytest.raises(PermanentError, match="colour"):
        outcome.check()


async def test_what_the_server_fails_at_is_tried_again_before_it_is_refused() -> None:
    """An item that fails with 500 once is written then; one that always does is refused, as it may be its own fault."""
    server = Server(lambda name, request: FAILED if name == "b" or request == 1 else WRITTEN)
    outcome = await written(server, "ab")
    assert server.asked[:3] == ["ab", "ab", "b"]
    assert ids(outcome) == "a"
    with pytest.raises(PermanentError, match="articles/b: engine is closed"):
        outcome.check()


def rejected(size: int) -> TransportError:
    """What a server with a small heap says to a large request."""
    told = f"all_bytes=0, coordinating_operation_bytes={size}, max_coordinating_and_primary_bytes=53687091"
    error = {"type": "rejected_execution_exception", "reason": f"rejected execution of coordinating operation [{told}]"}
    return TransportError(429, error["type"], {"error": error | {"root_cause": [error]}})


async def test_a_request_that_is_rejected_for_others_is_tried_again() -> None:
    """A server that is full of other requests takes this one later."""

    class Full(Server):
        async def bulk(self, *, body: bytes, params: dict[str, str]) -> Any:
            answer = await super().bulk(body=body, params=params)
            if len(self.asked) == 1:
                raise rejected(1_000)
            return answer

    server = Full(lambda *_: WRITTEN)
    assert ids(await written(server, "ab")) == "ab"
    assert server.asked == ["ab", "ab"]


@pytest.mark.parametrize("refusal", [TransportError(413, "too large", {}), rejected(80_000_000)])
async def test_a_request_that_is_too_large_is_parted(refusal: TransportError) -> None:
    """Where server or proxy take three documents at most, all are written in smaller requests; one that is too large
    alone is refused, not tried for ever."""

    class Small(Server):
        async def bulk(self, *, body: bytes, params: dict[str, str]) -> Any:
            if len(body.splitlines()) > 6 or b'"_id":"h"' in body:
                raise refusal
            return await super().bulk(body=body, params=params)

    server = Small(lambda *_: WRITTEN)
    outcome = await written(server, "abcdefgh")
    assert sorted("".join(server.asked)) == list("abcdefg")
    assert ids(outcome) == "abcdefg"
    with pytest.raises(PermanentError, match=r"articles/h: it has .* bytes"):
        outcome.check()
