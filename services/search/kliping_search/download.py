"""Answers that go on for as long as there is something to send: few at a time, never cut off in silence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing, contextmanager
from typing import Final

import structlog
from fastapi import HTTPException
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from kliping_shared.errors import StoreUnavailable

#: Downloads at once: each holds a state of the store for as long as it takes.
MOST: Final = 4
#: Seconds after which a client that takes nothing is given up.
STUCK_S: Final = 60.0


log = structlog.get_logger("kliping.search")


class Turns:
    """Lets so many at a time."""

    def __init__(self, most: int = MOST) -> None:
        self._free = most

    @contextmanager
    def one(self) -> Iterator[None]:
        """A turn. Raises HTTPException (503) where all are taken."""
        if not self._free:
            raise HTTPException(503, "Too many downloads at once. Try again shortly.", {"Retry-After": "5"})
        self._free -= 1
        try:
            yield
        finally:
            self._free += 1


class Download(StreamingResponse):
    """The parts as they come. Where one fails the connection is broken off, so that no client takes it for the end."""

    def __init__(
        self, parts: AsyncGenerator[bytes, None], turns: Turns, *, headers: Mapping[str, str], media_type: str
    ) -> None:
        super().__init__(parts, headers=headers, media_type=media_type)
        self._parts = parts
        self._turns = turns

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        with self._turns.one():
            async with aclosing(self._parts):
                await super().__call__(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        """Send it part by part, until the store is away or the client takes no more."""

        async def in_time(message: Message) -> None:
            async with asyncio.timeout(STUCK_S):
                await send(message)

        try:
            await super().stream_response(in_time)
        except (StoreUnavailable, TimeoutError) as error:
            # Without the last part the server closes the connection, which is what tells the client.
            log.warning("a download broke off", reason=str(error) or f"nobody took it for {STUCK_S:g} s")
