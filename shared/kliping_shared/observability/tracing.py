"""Traces across the streams: one per article, from its file to the index. Off unless ``KLIPING_OTLP_ENDPOINT`` is set.

The trace travels in the stream entry's field ``traceparent`` (W3C trace context, 55 ASCII characters) beside the message.
It stays there through retries, in a dead letter and when that is replayed, and a service that makes no spans of its own
hands it on. OpenTelemetry is imported only when it is on (``otlp.py``).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from kliping_shared.errors import SettingsError
from kliping_shared.settings import Settings

#: The entry field that carries the trace.
TRACEPARENT = b"traceparent"

#: How a span ends. ``retry``: this run failed and another will come. ``left``: the worker stopped, others take over.
Ended = Literal["ok", "dead", "retry", "left"]


@dataclass(frozen=True, slots=True)
class Work:
    """What a span is about: one article's message in a stream, and the stage that adds or takes it."""

    stage: str
    stream: str
    article_id: str
    #: The message's fields as they came.
    fields: Mapping[bytes, bytes] = field(default_factory=dict)
    entry_id: str = ""
    attempt: int = 1


class Span(Protocol):
    """One piece of work on one article."""

    def fields(self) -> Mapping[bytes, bytes]:
        """What an entry that comes of this work carries, so that its reader's spans belong to the same trace."""

    def active(self) -> AbstractContextManager[object]:
        """While it is open, spans begun by libraries are part of this one."""

    def end(self, how: Ended, error: BaseException | None = None) -> None:
        """The work has ended so; called once."""


class Tracing(Protocol):
    """Where spans begin. One per process and stage."""

    def publish(self, work: Work, began: datetime | None = None) -> Span:
        """The first span of an article, which began when its file was read (``began``, with offset)."""

    def process(self, work: Work) -> Span:
        """A stage works on a message; the span is part of the trace that its fields name, else begins one."""

    def close(self) -> None:
        """Send what has not been sent, for some seconds at most. Blocks."""


@dataclass(frozen=True, slots=True)
class _NoSpan:
    """Makes nothing, and hands on the trace that came."""

    carried: Mapping[bytes, bytes]

    def fields(self) -> Mapping[bytes, bytes]:
        return self.carried

    def active(self) -> AbstractContextManager[object]:
        return contextlib.nullcontext()

    def end(self, how: Ended, error: BaseException | None = None) -> None:
        pass


_NOTHING = _NoSpan({})


class NoTracing:
    """No spans."""

    def publish(self, work: Work, began: datetime | None = None) -> Span:  # noqa: ARG002 - as Tracing has it
        """See Tracing."""
        return _NOTHING

    def process(self, work: Work) -> Span:
        """See Tracing."""
        carried = work.fields.get(TRACEPARENT)
        return _NOTHING if carried is None else _NoSpan({TRACEPARENT: carried})

    def close(self) -> None:
        """See Tracing."""


def trace_id_of(fields: Mapping[bytes, bytes]) -> str:
    """The trace that an entry belongs to, for log lines; "" without one."""
    parts = fields.get(TRACEPARENT, b"").decode("ascii", "replace").split("-")
    return parts[1] if len(parts) == 4 else ""


@contextlib.asynccontextmanager
async def tracing_to(settings: Settings, stage: str) -> AsyncIterator[Tracing]:
    """Tracing as the settings say, closed at the end. Raises SettingsError when its library is not installed."""
    tracing = _opened(settings, stage)
    try:
        yield tracing
    finally:
        await asyncio.to_thread(tracing.close)


def _opened(settings: Settings, stage: str) -> Tracing:
    if not settings.otlp_endpoint:
        return NoTracing()
    try:
        from kliping_shared.observability.otlp import OtlpTracing
    except ImportError as error:
        raise SettingsError(
            f"KLIPING_OTLP_ENDPOINT is set, but traces cannot be made ({error}): install kliping[tracing], or unset it"
        ) from error
    return OtlpTracing(settings.otlp_endpoint, stage=stage, instance=settings.consumer)
