"""How answers are sent: HEAD like GET without the body, a validator on each so that what is known is not sent again."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kliping_search.guard import Refuse
from kliping_shared.notices import Notice

#: Kept by nobody else, and asked for again each time: whether it is the same is answered by 304.
CACHE: Final = "private, no-cache"


class Validators:
    """Answers HEAD, sets ETag and Cache-Control, and answers 304. What is streamed (exports, feeds of events) has no ETag."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, HEAD as GET."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        answer = _Answer(Headers(scope=scope), send, bodiless=scope["method"] == "HEAD")
        try:
            await self._app({**scope, "method": "GET"}, receive, answer.send)
        except (_Enough, ClientDisconnect):
            if not answer.ended:
                raise


class _Enough(OSError):
    """HEAD has its answer: what would be streamed now is not."""


class _Answer:
    """Holds the start of an answer until it is known whether all of it comes at once."""

    def __init__(self, asked: Headers, send: Send, *, bodiless: bool) -> None:
        self._asked, self._send, self._bodiless = asked, send, bodiless
        self._start: Message | None = None
        self.ended = False

    async def send(self, message: Message) -> None:
        """Take a message of the application."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Cache-Control", CACHE)
            if "content-length" in headers:
                self._start = message
            else:  # a stream, whose first part may be long in coming
                await self._send(message)
            return
        if self.ended:
            raise _Enough
        if self._start is not None:
            message = self._validated(self._start, message)
            await self._send(self._start)
            self._start = None
        if self._bodiless:
            message = {"type": "http.response.body", "body": b"", "more_body": False}
        self.ended = not message.get("more_body", False)
        await self._send(message)

    def _validated(self, start: Message, message: Message) -> Message:
        """The body, or none where the asker has it already."""
        headers = MutableHeaders(scope=start)
        if start["status"] != 200 or message.get("more_body", False) or "etag" in headers:
            return message
        headers["ETag"] = tag = f'W/"{hashlib.blake2b(message.get("body", b""), digest_size=12).hexdigest()}"'
        known = {one.strip() for one in self._asked.get("if-none-match", "").split(",")}
        if known.isdisjoint({tag, tag.removeprefix("W/"), "*"}):
            return message
        start["status"] = 304
        for name in ("content-length", "content-type"):
            del headers[name]
        return {"type": "http.response.body", "body": b""}


class TimeLimit:
    """Gives up what has not begun to answer within ``seconds`` of the last that it was sent."""

    def __init__(self, app: ASGIApp, seconds: float, refuse: Refuse) -> None:
        self._app, self._seconds, self._refuse = app, seconds, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and answer 503 when it takes too long."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        loop = asyncio.get_running_loop()

        async def received() -> Message:
            message = await receive()
            if limit.when() is not None:
                limit.reschedule(loop.time() + self._seconds)
            return message

        async def begun(message: Message) -> None:
            limit.reschedule(None)
            await send(message)

        try:
            async with asyncio.timeout(self._seconds) as limit:
                await self._app(scope, received, begun)
        except TimeoutError:
            if not limit.expired():
                raise
            error = HTTPException(
                503,
                Notice("This took longer than {seconds} s. Ask for less.", seconds=f"{self._seconds:g}"),
                {"Retry-After": "30"},
            )
            await (await self._refuse(Request(scope), error))(scope, receive, send)
