"""Corrections of claims in Redis: a hash with a field for each, and one that every change writes anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

from redis import Redis

from kliping_shared.contracts import Article
from kliping_shared.corrections.claims import ClaimCorrection
from kliping_shared.corrections.kept import STATE, KeptHash, without_state

KEY: Final = "kliping:corrections:claims"


class ClaimCorrections:
    """Keeps corrections of claims. ``client`` is an asyncio Redis client; methods raise its errors.

    Each method may be called again with the same; what it did then stays as it is.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    async def put(self, correction: ClaimCorrection) -> None:
        """Keep a correction; one of the same claim is replaced."""
        fields = {correction.correction_id: correction.model_dump_json(), STATE: uuid4().hex}
        await self._client.hset(KEY, mapping=fields)

    async def forget(self, correction_id: str) -> None:
        """Keep nothing of a correction that is withdrawn; one that was made since stays."""

        async def clear(pipe: Any) -> None:
            row = await pipe.hget(KEY, correction_id)
            pipe.multi()
            if row is not None and ClaimCorrection.model_validate_json(row).withdrawn:
                pipe.hdel(KEY, correction_id)
                pipe.hset(KEY, STATE, uuid4().hex)

        await self._client.transaction(clear, KEY)

    async def get(self, correction_id: str) -> ClaimCorrection | None:
        """One correction, also one that is withdrawn; None when there is none of that id."""
        row = await self._client.hget(KEY, correction_id)
        return None if row is None else ClaimCorrection.model_validate_json(row)

    async def list(self) -> tuple[ClaimCorrection, ...]:
        """All that hold, from old to new."""
        made = (one for one in _rows(without_state(await self._client.hgetall(KEY))) if not one.withdrawn)
        return tuple(sorted(made, key=lambda one: (one.at, one.correction_id)))


class ByArticle:
    """Corrections by the texts and documents that they speak of."""

    def __init__(self, fields: Mapping[bytes, bytes]) -> None:
        self._by_place: defaultdict[str, list[ClaimCorrection]] = defaultdict(list)
        for one in sorted(_rows(fields), key=lambda one: (one.at, one.correction_id)):
            for place in {one.claim.article_id, one.claim.document_key}:
                self._by_place[place].append(one)

    def of(self, article: Article) -> list[ClaimCorrection]:
        """Those that may speak of the article, from old to new."""
        places = (article.article_id, article.document_key)
        return list({one.correction_id: one for place in places for one in self._by_place.get(place, ())}.values())


def kept_claim_corrections(client: Redis) -> KeptHash[ByArticle]:
    """For a worker: the corrections as they are now."""
    return KeptHash(client, KEY, ByArticle)


def _rows(fields: Mapping[bytes, bytes]) -> list[ClaimCorrection]:
    return [ClaimCorrection.model_validate_json(row) for row in fields.values()]
