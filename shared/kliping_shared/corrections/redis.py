"""Corrections of groups in Redis, where link reads them within its transactions.

A correction is one value under its id. Under each article and document that it speaks of stands a set of such ids, so
that link finds those of an article without reading the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from kliping_shared.corrections.groups import GroupCorrection

PREFIX: Final = "kliping:corrections:"
#: The set of all ids.
ALL: Final = f"{PREFIX}groups"


def name_of(correction_id: str) -> str:
    """The key of a correction's JSON."""
    return f"{PREFIX}group:{correction_id}"


def places_of(article_id: str, document_key: str) -> tuple[str, str]:
    """The two sets that hold the ids of corrections that speak of an article's claims: by its text, by its document."""
    return f"{PREFIX}at:{_digest(f'article {article_id}')}", f"{PREFIX}at:{_digest(f'document {document_key}')}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


class GroupCorrections:
    """Keeps corrections of groups. ``client`` is an asyncio Redis client; methods raise its errors.

    Each method may be called again with the same; what it did then stays as it is.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    async def put(self, *corrections: GroupCorrection) -> None:
        """Keep corrections, all or none; one of the same id is replaced."""
        async with self._client.pipeline(transaction=True) as pipe:
            for one in corrections:
                pipe.set(name_of(one.correction_id), one.model_dump_json())
                for place in (*_places(one), ALL):
                    pipe.sadd(place, one.correction_id)
            await pipe.execute()

    async def withdraw(self, correction: GroupCorrection) -> None:
        """Let a correction hold no more, whole or not at all; ``get`` finds it until ``forget``."""
        async with self._client.pipeline(transaction=True) as pipe:
            for place in (*_places(correction), ALL):
                pipe.srem(place, correction.correction_id)
            await pipe.execute()

    async def forget(self, correction: GroupCorrection) -> None:
        """Keep nothing of a correction that was withdrawn; one that was made again since stays."""
        name = name_of(correction.correction_id)

        async def clear(pipe: Any) -> None:
            holds = await pipe.sismember(ALL, correction.correction_id)
            pipe.multi()
            if not holds:
                pipe.delete(name)

        await self._client.transaction(clear, ALL, name)

    async def get(self, correction_id: str) -> GroupCorrection | None:
        """One correction, also one withdrawn that is not forgotten yet; None when there is none of that id."""
        found = await self._read([correction_id])
        return found.get(correction_id)

    async def list(self) -> tuple[GroupCorrection, ...]:
        """All corrections, from old to new."""
        names = sorted(name.decode() for name in await self._client.smembers(ALL))
        found = await self._read(names)
        return tuple(sorted(found.values(), key=lambda one: (one.at, one.correction_id)))

    async def of(self, article_ids: Sequence[str]) -> tuple[GroupCorrection, ...]:
        """Those that speak of claims of these articles, from old to new."""
        places = [places_of(article_id, "")[0] for article_id in article_ids]
        names = sorted(name.decode() for name in await self._client.sunion(places)) if places else []
        found = await self._read(names)
        return tuple(sorted(found.values(), key=lambda one: (one.at, one.correction_id)))

    async def _read(self, names: Sequence[str]) -> Mapping[str, GroupCorrection]:
        values = await self._client.mget([name_of(name) for name in names]) if names else ()
        return {
            name: GroupCorrection.model_validate_json(value) for name, value in zip(names, values, strict=True) if value
        }


def _places(correction: GroupCorrection) -> list[str]:
    found = {place for anchor in correction.anchors for place in places_of(anchor.article_id, anchor.document_key)}
    return sorted(found)
