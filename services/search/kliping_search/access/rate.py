"""How often one may ask: each person, or each address where nobody is asked who he is. Counted by each process for itself."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kliping_search.access.people import People
from kliping_search.guard import Refuse
from kliping_shared.notices import Notice

#: Files of the pages cost nothing, and machines that look after the service shall always have an answer.
UNCOUNTED = ("/static/", "/health/", "/metrics")


class RateLimit:
    """Where people are asked who they are: answers 429 to whoever asks more often than ``limit`` (like 600/minute), and tells everybody how much is left.

    The headers are those of the IETF's draft-ietf-httpapi-ratelimit-headers-10.
    """

    def __init__(self, app: ASGIApp, limit: str, people: People, refuse: Refuse) -> None:
        self._app, self._people, self._refuse = app, people, refuse
        self._limit: RateLimitItem = parse(limit)
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer that it is too much."""
        if scope["type"] != "http" or scope["path"].startswith(UNCOUNTED) or not self._people.asked:
            await self._app(scope, receive, send)
            return
        who = scope["person"].name or (scope["client"] or ("",))[0]
        allowed = self._counter.hit(self._limit, who)
        left = self._counter.get_window_stats(self._limit, who)
        seconds = max(1, math.ceil(left.reset_time - time.time()))
        told = {
            "RateLimit-Policy": f'"default";q={self._limit.amount};w={self._limit.get_expiry()}',
            "RateLimit": f'"default";r={left.remaining};t={seconds}',
        }
        if not allowed:
            error = HTTPException(
                429,
                Notice(
                    "At most {number} requests in {seconds} s.",
                    number=self._limit.amount,
                    seconds=self._limit.get_expiry(),
                ),
                {"Retry-After": str(seconds), **told},
            )
            await (await self._refuse(Request(scope), error))(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(told)
            await send(message)

        await self._app(scope, receive, with_headers)
