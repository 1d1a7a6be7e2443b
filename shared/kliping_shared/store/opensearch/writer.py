"""Writing OpenSearch: read what is kept, merge, write over the very state that was read; again where another was faster.

What articles say of all their claims is written first, with the articles; then it is brought to their claims; groups
and stories are written meanwhile. A claim is made known to its article before it is written, and whoever changes what an
article says reads the claims that are known then; so one of two writers at once always sees the other's part, and what
both end with does not depend on who was faster. A process that dies in between leaves its message unacknowledged, and
all of it is done again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from opensearchpy import AsyncOpenSearch

from kliping_shared.errors import StoreUnavailable
from kliping_shared.portions import portions
from kliping_shared.settings import Settings
from kliping_shared.store.documents import KINDS
from kliping_shared.store.opensearch.bulk import Bulk, Operation, Sleep, all_ended, operation, wait
from kliping_shared.store.opensearch.failing import check_read, store_errors
from kliping_shared.store.opensearch.keeping import Kept, from_answer, to_source
from kliping_shared.store.opensearch.merging import ForClaims, Key, State, asked_of, is_delicate, joined, told
from kliping_shared.store.opensearch.names import Names
from kliping_shared.store.ports import Change

#: Documents read at once; an article with its reading view has some 30 kB.
_READ_AT_ONCE: Final = 250
#: How often a document may be outrun by other writers; waits are short, for the other one is done by then.
_RACES: Final = 30
_FIRST_PAUSE: Final = 0.005
_LONGEST_PAUSE: Final = 0.25

#: Article id -> what it says of its claims, and the sequence number of the document that says so.
Said = dict[str, tuple[ForClaims | None, int | None]]


class OpenSearchWriter:
    """``StoreWriter`` on OpenSearch. Any number may write at once. Needs the indices that ``kliping setup`` makes."""

    def __init__(self, settings: Settings, client: AsyncOpenSearch, *, sleep: Sleep = asyncio.sleep) -> None:
        self._settings = settings
        self._client = client
        self._names = Names(settings.index_prefix)
        self._sleep = sleep
        self._bulk = Bulk(client, settings, sleep=sleep)
        self._closed = False

    async def apply(self, messages: Sequence[Sequence[Change]]) -> None:
        """Apply all changes of all messages; durable, though searched up to a second later.

        Raises PermanentError naming the documents that OpenSearch refuses; others of the call may be written then.
        """
        if self._closed:  # the client would connect anew, and nobody would close it
            raise StoreUnavailable("the store is closed")
        asked = asked_of(change for message in messages for change in message)
        articles, claims, others = (_of(asked, kinds) for kinds in (("articles",), ("claims",), ("groups", "stories")))
        await all_ended((self._write_articles(articles, claims), self._write(others)))

    async def refresh(self) -> None:
        """Make everything that is written searchable at once; for tests and one-off runs."""
        with store_errors(self._settings):
            await self._client.indices.refresh(index=",".join(self._names.write_alias(kind) for kind in KINDS))

    async def close(self) -> None:
        """Close the connections."""
        self._closed = True
        await self._client.close()

    async def _write(self, asked: Mapping[Key, State]) -> dict[Key, Kept]:
        return await self._settle(asked, lambda key, kept: joined(kept, asked[key]))

    async def _write_articles(self, articles: Mapping[Key, State], claims: Mapping[Key, State]) -> None:
        """Write articles, then claims with what their articles say."""
        said: Said = {}
        for (_, article_id), kept in (await self._write(articles)).items():
            if kept.state.for_claims is not None:
                said[article_id] = (kept.state.for_claims, kept.seq_no)
        await self._write_claims(claims, said, _addressed(articles, said))

    async def _write_claims(self, asked: Mapping[Key, State], said: Said, addressed: Mapping[Key, set[str]]) -> None:
        """Write claims with what their articles say, until what was said when they were written is what is said now."""
        claims = {**dict.fromkeys(addressed, State()), **asked}
        for race in range(_RACES):
            merging = _Claims(claims, said, addressed)
            written = await self._settle(claims if race == 0 else dict.fromkeys(addressed, State()), merging.merge)
            addressed = await self._unheard(written, merging.informed, said)
            if not addressed:
                return
            await self._sleep(wait(race, _FIRST_PAUSE, _LONGEST_PAUSE))
        raise StoreUnavailable("other writers keep changing the same articles")

    async def _unheard(self, written: Mapping[Key, Kept], informed: Collection[Key], said: Said) -> dict[Key, set[str]]:
        """Claims whose article has said something else since it was read, after bringing ``said`` up to now."""
        asking: dict[str, set[Key]] = {}
        for key, kept in written.items():
            if key in informed or is_delicate(kept.state):
                for article_id in kept.state.heard:
                    asking.setdefault(article_id, set()).add(key)
        numbers = await self._numbers(asking)
        moved = {name for name in asking if name not in said or said[name][1] != numbers.get(name)}
        for (_, name), kept in (await self._read([("articles", name) for name in moved])).items():
            said[name] = (kept.state.for_claims, kept.seq_no)
        found: dict[Key, set[str]] = {}
        for name in moved:
            for key in asking[name]:
                found.setdefault(key, set()).add(name)
        return found

    async def _settle(self, keys: Collection[Key], merge: Callable[[Key, State], State]) -> dict[Key, Kept]:
        """Merge and write these documents until none was outrun; each as it is then."""
        settled: dict[Key, Kept] = {}
        left = keys
        for race in range(_RACES):
            read = await self._read(left)
            now, operations = time.time(), []
            for key, kept in read.items():
                state = merge(key, kept.state)
                if state != kept.state:
                    operations.append(self._operation(key, kept, state, now))
                settled[key] = Kept(state, kept.arrival, kept.seq_no, kept.primary_term)
            outcome = await self._bulk.write(operations)
            outcome.check()
            for key, number in outcome.written.items():
                settled[key] = Kept(settled[key].state, settled[key].arrival, number)
            left = outcome.outrun
            if not left:
                return settled
            await self._sleep(wait(race, _FIRST_PAUSE, _LONGEST_PAUSE))
        raise StoreUnavailable("other writers keep changing the same documents")

    def _operation(self, key: Key, kept: Kept, state: State, now: float) -> Operation:
        source = to_source(*key, state, arrival=kept.arrival, now=now)
        return operation(key, self._names.write_alias(key[0]), kept, source)

    async def _read(self, keys: Iterable[Key]) -> dict[Key, Kept]:
        """What is kept of the documents now, also what is not searchable yet."""
        found: dict[Key, Kept] = {}
        for some in portions(list(keys), _READ_AT_ONCE):
            for key, answer in zip(some, await self._answers(some, source=True), strict=True):
                found[key] = from_answer(answer)
        return found

    async def _numbers(self, article_ids: Iterable[str]) -> dict[str, int]:
        keys: list[Key] = [("articles", name) for name in article_ids]
        answers = await self._answers(keys, source=False)
        return {key[1]: answer["_seq_no"] for key, answer in zip(keys, answers, strict=True) if answer.get("found")}

    async def _answers(self, keys: Sequence[Key], *, source: bool) -> list[dict[str, Any]]:
        if not keys:
            return []
        docs = [{"_index": self._names.write_alias(kind), "_id": name} for kind, name in keys]
        with store_errors(self._settings):
            answer = await self._client.mget(body={"docs": docs}, params={"_source": "true" if source else "false"})
        answers: list[dict[str, Any]] = answer["docs"]
        for one in answers:
            check_read(one)
        return answers


class _Claims:
    """What claims become: asked for, told by their articles. ``informed``: those that heard something new."""

    def __init__(self, asked: Mapping[Key, State], said: Said, addressed: Mapping[Key, set[str]]) -> None:
        self._asked = asked
        self._said = said
        self._addressed = addressed
        self.informed: set[Key] = set()

    def merge(self, key: Key, kept: State) -> State:
        """The claim's state from what is kept of it."""
        state = joined(kept, self._asked[key])
        for article_id in {*self._addressed.get(key, ()), state.article_id} & self._said.keys():
            state = told(state, key[1], article_id, self._said[article_id][0])
        if state.heard is not kept.heard:
            self.informed.add(key)
        return state


def _of(asked: Mapping[Key, State], kinds: Collection[str]) -> dict[Key, State]:
    return {key: state for key, state in asked.items() if key[0] in kinds}


def _addressed(articles: Mapping[Key, State], said: Said) -> dict[Key, set[str]]:
    """The claims, with their articles, that have to hear what their articles were asked to say."""
    found: dict[Key, set[str]] = {}
    for (_, article_id), state in articles.items():
        if state.for_claims is None or article_id not in said:
            continue
        now = said[article_id][0]
        everyone = state.for_claims.fields or state.for_claims.set is not None
        for claim_id in now.known if now is not None and everyone else state.for_claims.known:
            found.setdefault(("claims", claim_id), set()).add(article_id)
    return found
