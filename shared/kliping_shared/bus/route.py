"""A route: which handler takes which stream's messages, and where its results go."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kliping_shared.contracts import Contract
from kliping_shared.errors import SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One row of a service's route table.

    Without ``batch``: ``handler(message) -> Contract | None``, a plain ``def`` (run in a thread of its own, one message
    at a time, so it may use the CPU as long as it likes) or an ``async def`` (must not block). What it returns is
    published to ``produces`` in the same transaction that acknowledges the message; None publishes nothing.

    With ``batch=N``: ``async def handler(messages: list[Model]) -> list[Exception | None]`` gets up to N messages and
    says of each how it ended; None means that its effect is durable. When it raises, none of them is done.

    ``pause(n)``: seconds from the beginning of a run of n messages until the next are read, so that what comes meanwhile
    is run together. It holds up nothing that was read: that is acknowledged before.

    A handler may see a message twice (a worker died, an acknowledgement was lost), so its effect must be repeatable.
    It raises ``PermanentError`` for a message that can never work (dead letter now), ``TransientError`` for one that
    may work later (a few attempts with growing pauses), ``StoreUnavailable`` when what it needs is away (the route
    waits, nothing is counted against the message). Anything else is a bug: a few attempts, then a dead letter.
    """

    consumes: str
    group: str
    model: type[Contract]
    handler: Callable[..., Any]
    produces: str | None = None
    batch: int | None = None
    pause: Callable[[int], float] | None = None

    def __post_init__(self) -> None:
        if self.batch is None:
            return
        if self.batch < 1:
            raise SettingsError(f"route {self.name}: batch must be at least 1, not {self.batch}")
        if self.produces is not None:
            raise SettingsError(f"route {self.name}: a batch route ends in an effect of its own and produces no stream")
        if not is_async(self.handler):
            raise SettingsError(f"route {self.name}: a batch handler is an async def")

    @property
    def name(self) -> str:
        """``stream/group``, for logs and errors."""
        return f"{self.consumes}/{self.group}"


def plain(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The function under any ``functools.partial``."""
    while hasattr(handler, "func"):
        handler = handler.func
    return handler


def is_async(handler: Callable[..., Any]) -> bool:
    """Whether calling ``handler`` gives a coroutine; sees through ``functools.partial`` and callable objects."""
    function = plain(handler)
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(getattr(function, "__call__", None))  # noqa: B004
