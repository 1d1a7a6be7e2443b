"""Which searches find a document that was just written: OpenSearch's percolator.

A search is stored under the digest of what it asks for, so it never changes, and whoever needs it stores it: nothing is
to be kept in step. Searches that nobody asks for any more stay behind; they are a line each, and are not looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from opensearchpy import AsyncOpenSearch

from kliping_shared.errors import StoreUnavailable
from kliping_shared.portions import portions
from kliping_shared.query import Query
from kliping_shared.settings import Settings
from kliping_shared.store.checking import Understood, log
from kliping_shared.store.documents import Kind
from kliping_shared.store.opensearch.compiling import Clause, plan
from kliping_shared.store.opensearch.failing import check_read, reason_of, store_errors
from kliping_shared.store.opensearch.keeping import BOOKKEEPING
from kliping_shared.store.opensearch.names import Names
from kliping_shared.store.ports import Ids, Match, SearchRequest

#: Documents and searches looked at in one request.
_DOCUMENTS: Final = 100
_SEARCHES: Final = 500
#: Of a document's bookkeeping searching needs these.
_SEARCHED: Final = ("words", "sort")
_LEFT_OUT: Final = ["body", *(name for name in BOOKKEEPING if name not in (*_SEARCHED, "live"))]
#: The status of what can never be stored.
_BAD: Final = 400
#: Where the server names the documents, by their place, that a search finds.
_SLOTS: Final = "_percolator_document_slot"

#: A document's id and its source.
Source = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Stored:
    """What a search asks for, and the name it is stored under."""

    kind: Kind
    digest: str
    clause: Clause


class OpenSearchPercolator:
    """``Percolator`` on OpenSearch. Needs the indices that ``kliping setup`` makes."""

    def __init__(self, settings: Settings, client: AsyncOpenSearch) -> None:
        self._settings = settings
        self._client = client
        self._names = Names(settings.index_prefix)
        self._understood = Understood(_stored)

    async def matching(
        self, searches: Sequence[SearchRequest], changed: Ids, claims_of: Collection[str]
    ) -> list[Match]:
        """Which of these documents each search finds."""
        of_kind: dict[Kind, list[tuple[int, Stored]]] = {}
        for place, stored in self._understood.all(searches):
            of_kind.setdefault(stored.kind, []).append((place, stored))
        found: list[Match] = []
        for kind, several in of_kind.items():
            ids = dict.fromkeys(changed.get(kind, ()))
            if kind == "claims":
                ids |= dict.fromkeys(await self._claims(claims_of))
            for some in portions(list(ids), _DOCUMENTS):
                documents = await self._documents(kind, some)
                for these in portions(several, _SEARCHES):
                    found += await self._of_kind(kind, these, documents)
        return found

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _claims(self, article_ids: Collection[str]) -> list[str]:
        """Ids of all claims of the articles: an article's document keeps them (see writer.py)."""
        read = await self._read("articles", list(article_ids), _source="keeping.claims.known")
        return [name for _, source in read for name in source.get("keeping", {}).get("claims", {}).get("known", ())]

    async def _documents(self, kind: Kind, ids: Sequence[str]) -> list[Source]:
        read = await self._read(kind, ids, _source_excludes=",".join(_LEFT_OUT))
        return [(name, source) for name, source in read if source.get("live")]

    async def _read(self, kind: Kind, ids: Sequence[str], **what: str) -> list[Source]:
        """Those of the documents that are there, also what is not searchable yet."""
        if not ids:
            return []
        with store_errors(self._settings):
            body = {"ids": list(ids)}
            answer = await self._client.mget(body=body, index=self._names.write_alias(kind), params=what)
        for one in answer["docs"]:
            check_read(one)
        return [(one["_id"], one["_source"]) for one in answer["docs"] if one.get("found")]

    async def _of_kind(
        self, kind: Kind, searches: Sequence[tuple[int, Stored]], documents: Sequence[Source]
    ) -> list[Match]:
        if not documents:
            return []
        slots = await self._slots({stored.digest: stored.clause for _, stored in searches}, documents)
        found = []
        for place, stored in searches:
            for slot in slots[stored.digest]:
                name, source = documents[slot]
                found.append(Match(place, kind, name, _shown(source)))
        return found

    async def _slots(self, stored: Mapping[str, Clause], documents: Sequence[Source]) -> dict[str, list[int]]:
        """Stored search -> places of the documents that it finds; searches that are not stored yet are, first."""
        slots = await self._ask(list(stored), documents)
        if missing := sorted(stored.keys() - slots.keys()):
            refused = await self._store({digest: stored[digest] for digest in missing})
            slots = {digest: [] for digest in refused} | await self._ask(list(stored), documents)
        if stored.keys() - slots.keys():
            raise StoreUnavailable("OpenSearch does not find a search that was just stored")
        return slots

    async def _ask(self, digests: Sequence[str], documents: Sequence[Source]) -> dict[str, list[int]]:
        """The searches that are stored, whether they find something (that scores nothing) or not."""
        percolate = {"percolate": {"field": "query", "documents": [source for _, source in documents]}}
        query = {"bool": {"filter": [{"ids": {"values": list(digests)}}], "should": [percolate]}}
        body = {"query": query, "size": len(digests), "_source": False, "track_total_hits": False}
        params = {"allow_partial_search_results": "false"}
        with store_errors(self._settings):
            answer = await self._client.search(index=self._names.alias("queries"), body=body, params=params)
        return {hit["_id"]: hit.get("fields", {}).get(_SLOTS, []) for hit in answer["hits"]["hits"]}

    async def _store(self, searches: Mapping[str, Clause]) -> list[str]:
        """Store them, in one request; those that the server does not take: one too deep for it is no document's fault."""
        index = self._names.write_alias("queries")
        lines: list[Any] = []
        for digest, clause in searches.items():
            lines += [{"index": {"_id": digest, "require_alias": True}}, {"query": clause}]
        with store_errors(self._settings):
            answer = await self._client.bulk(body=lines, index=index, params={"refresh": "true"})
        refused = []
        for item in (one["index"] for one in answer["items"]):
            if item["status"] == _BAD:
                log.warning("a stored search cannot be run", reason=reason_of(item["error"]))
                refused.append(item["_id"])
            elif "error" in item:
                raise StoreUnavailable(f"OpenSearch cannot store a search at the moment: {reason_of(item['error'])}")
        return refused


def _stored(request: SearchRequest, query: Query) -> Stored:
    planned = plan(request, query)
    clause = {"bool": {"filter": [planned.query, *planned.filtered()]}}
    asked = request.kind.encode() + orjson.dumps(clause, option=orjson.OPT_SORT_KEYS)
    return Stored(request.kind, hashlib.sha256(asked).hexdigest()[:32], clause)


def _shown(source: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in source.items() if name not in BOOKKEEPING}
