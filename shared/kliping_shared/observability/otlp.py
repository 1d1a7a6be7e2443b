"""Traces by OpenTelemetry, sent over OTLP/HTTP. Imported only when they are on.

OpenTelemetry's own variables are heeded too: ``OTEL_TRACES_SAMPLER`` for keeping only some traces,
``OTEL_EXPORTER_OTLP_HEADERS`` for a collector that asks who sends, ``OTEL_RESOURCE_ATTRIBUTES``.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Final

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from kliping_shared.observability.tracing import TRACEPARENT, Ended, Span, Work

#: Seconds for one request to the collector, and for all that is left when the service stops.
SEND_S: Final = 3.0
CLOSE_S: Final = 5.0
#: A file read longer ago is one that is published again: its span begins now.
READ_LATELY: Final = timedelta(minutes=1)
#: Longest error text in a span, in characters.
ERROR_CHARS: Final = 500

_PROPAGATOR: Final = TraceContextTextMapPropagator()
_NAME: Final = TRACEPARENT.decode()


class OtlpTracing:
    """Spans of one stage, sent in batches by a thread of their own; full queues drop spans, never messages."""

    def __init__(self, endpoint: str, *, stage: str, instance: str) -> None:
        resource = Resource.create(
            {
                "service.namespace": "kliping",
                "service.name": f"kliping-{stage}",
                "service.instance.id": instance,
                "service.version": version("kliping"),
            }
        )
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=SEND_S)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("kliping")

    def publish(self, work: Work, began: datetime | None = None) -> Span:
        """See Tracing."""
        now = datetime.now(UTC)
        start = began if began is not None and timedelta() <= now - began <= READ_LATELY else now
        return self._span(f"publish {work.stream}", trace.SpanKind.PRODUCER, work, "send", start=start)

    def process(self, work: Work) -> Span:
        """See Tracing."""
        carrier = {_NAME: work.fields.get(TRACEPARENT, b"").decode("ascii", "replace")}
        parent = _PROPAGATOR.extract(carrier, context=Context())
        return self._span(f"process {work.stream}", trace.SpanKind.CONSUMER, work, "process", parent=parent)

    def close(self) -> None:
        """See Tracing. What a collector that is away did not take in time is given up."""
        thread = threading.Thread(target=self._provider.shutdown, name="kliping-traces-close", daemon=True)
        thread.start()
        thread.join(CLOSE_S)

    def _span(
        self,
        name: str,
        kind: trace.SpanKind,
        work: Work,
        operation: str,
        *,
        parent: Context | None = None,
        start: datetime | None = None,
    ) -> Span:
        attributes: dict[str, str | int] = {
            "messaging.system": "redis",
            "messaging.operation.type": operation,
            "messaging.destination.name": work.stream,
            "kliping.article_id": work.article_id,
        }
        if work.entry_id:
            attributes |= {
                "messaging.consumer.group.name": work.stage,
                "messaging.message.id": work.entry_id,
                "kliping.attempt": work.attempt,
            }
        span = self._tracer.start_span(
            name,
            context=parent or Context(),
            kind=kind,
            attributes=attributes,
            start_time=int(start.timestamp() * 1e9) if start else None,
        )
        return _OtlpSpan(span)


class _OtlpSpan:
    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def fields(self) -> Mapping[bytes, bytes]:
        carrier: dict[str, str] = {}
        _PROPAGATOR.inject(carrier, context=trace.set_span_in_context(self._span, Context()))
        return {TRACEPARENT: carrier[_NAME].encode("ascii")} if _NAME in carrier else {}

    def active(self) -> AbstractContextManager[object]:
        return trace.use_span(self._span, end_on_exit=False, record_exception=False, set_status_on_exception=False)

    def end(self, how: Ended, error: BaseException | None = None) -> None:
        self._span.set_attribute("kliping.outcome", how)
        if error is not None:
            what = f"{type(error).__name__}: {error}"[:ERROR_CHARS]
            self._span.set_status(trace.Status(trace.StatusCode.ERROR, what))
            self._span.set_attribute("error.type", type(error).__name__)
        self._span.end()
