"""Dead letters: what could not be done, with who, when, what and why, until a person replays or drops it."""

from __future__ import annotations

import builtins
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

from redis.exceptions import ResponseError

from kliping_shared.bus.settle import DEAD_COUNTS
from kliping_shared.bus.wire import DATA
from kliping_shared.contracts.dead import DeadLetter
from kliping_shared.contracts.streams import DEAD

PAGE = 200


class DeadLetters:
    """The dead letter stream. Methods raise redis errors; ``KeyError`` for an id that is not there."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def list(self, limit: int | None = None) -> builtins.list[DeadLetter]:
        """The oldest ``limit`` letters (all when None), oldest first."""
        letters: builtins.list[DeadLetter] = []
        async for letter in self._all():
            if limit is not None and len(letters) >= limit:
                break
            letters.append(letter)
        return letters

    async def show(self, letter_id: str) -> DeadLetter:
        """One letter, with its message."""
        return letter_of(letter_id, await self._fields(letter_id))

    async def replay(self, letter_id: str) -> None:
        """Put the message back into its stream as new and remove the letter, both or neither.

        Raises ValueError for a foreign entry that does not say where it came from.
        """
        fields = await self._fields(letter_id)
        stream = fields.get(b"x-stream")
        raw = {key: value for key, value in fields.items() if not key.startswith(b"x-")}
        if stream is None or not raw:
            raise ValueError(f"dead letter {letter_id} does not say where it came from")
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.xadd(stream, raw)
            self._remove(pipe, letter_id, fields)
            await pipe.execute()

    async def drop(self, letter_id: str) -> None:
        """Remove one letter for good."""
        fields = await self._fields(letter_id)
        async with self._client.pipeline(transaction=True) as pipe:
            self._remove(pipe, letter_id, fields)
            await pipe.execute()

    @staticmethod
    def _remove(pipe: Any, letter_id: str, fields: Mapping[bytes, bytes]) -> None:
        pipe.xdel(DEAD, letter_id)
        pipe.hincrby(DEAD_COUNTS, b"/".join((fields.get(b"x-stream", b""), fields.get(b"x-group", b""))), -1)

    async def _fields(self, letter_id: str) -> Mapping[bytes, bytes]:
        try:
            rows = await self._client.xrange(DEAD, min=letter_id, max=letter_id)
        except ResponseError as error:
            raise KeyError(letter_id) from error
        if not rows:
            raise KeyError(letter_id)
        fields: Mapping[bytes, bytes] = rows[0][1]
        return fields

    async def _all(self) -> AsyncIterator[DeadLetter]:
        start = "-"
        while rows := await self._client.xrange(DEAD, min=start, max="+", count=PAGE):
            for entry_id, fields in rows:
                yield letter_of(entry_id.decode(), fields)
            start = "(" + rows[-1][0].decode()


def letter_of(letter_id: str, fields: Mapping[bytes, bytes]) -> DeadLetter:
    """The contract form of a dead letter entry; a foreign entry without our fields gives empty strings."""

    def text(name: str) -> str:
        return fields.get(name.encode(), b"").decode("utf-8", "backslashreplace")

    return DeadLetter(
        letter_id=letter_id,
        article_id=text("article_id") or None,
        stream=text("x-stream"),
        entry_id=text("x-id"),
        group=text("x-group"),
        consumer=text("x-consumer"),
        at=datetime.fromisoformat(text("x-at")) if text("x-at") else None,
        attempts=int(text("x-attempts") or 0),
        reason=text("x-reason"),
        error=text("x-error"),
        message=text("x-message"),
        where=text("x-where"),
        data=text(DATA.decode()),
        fields={
            key.decode("utf-8", "backslashreplace"): value.decode("utf-8", "backslashreplace")
            for key, value in fields.items()
            if key != DATA and not key.startswith(b"x-")
        },
    )
