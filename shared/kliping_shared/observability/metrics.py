"""Every metric by name, with its help; services count through ``Metrics``, which one composition root makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

#: How a message can end, in the same words everywhere.
Outcome = Literal["ok", "duplicate", "rejected", "dead"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

MetricName = Literal[
    "kliping_messages_total",
    "kliping_retries_total",
    "kliping_handler_seconds",
    "kliping_stream_length",
    "kliping_stream_lag",
    "kliping_stream_pending",
    "kliping_stream_oldest_seconds",
    "kliping_dead_letters",
    "kliping_backlog_waiting",
]


@dataclass(frozen=True, slots=True)
class MetricSpec:
    """What a metric counts, and by which labels."""

    name: MetricName
    kind: Literal["counter", "gauge", "histogram"]
    labels: tuple[str, ...]
    help: str


METRICS: tuple[MetricSpec, ...] = (
    MetricSpec(
        "kliping_messages_total",
        "counter",
        ("stage", "outcome"),
        "Messages (for ingest: files' articles) that a stage has finished with, each counted once: "
        "ok, duplicate, rejected or dead.",
    ),
    MetricSpec("kliping_retries_total", "counter", ("stage",), "Runs that failed and will be tried again."),
    MetricSpec("kliping_handler_seconds", "histogram", ("stage",), "Time in the handler per run (a batch is one run)."),
    MetricSpec("kliping_stream_length", "gauge", ("stream",), "Entries in a stream."),
    MetricSpec("kliping_stream_lag", "gauge", ("stream", "group"), "Entries that the group has not been given yet."),
    MetricSpec(
        "kliping_stream_pending", "gauge", ("stream", "group"), "Entries given to a worker and not yet acknowledged."
    ),
    MetricSpec(
        "kliping_stream_oldest_seconds",
        "gauge",
        ("stream", "group"),
        "Age of the oldest entry that the group has not acknowledged; 0 when there is none.",
    ),
    MetricSpec("kliping_dead_letters", "gauge", (), "Messages in the dead letter stream."),
    MetricSpec("kliping_backlog_waiting", "gauge", (), "1 while ingest waits because a stage's queue is too long."),
)

_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300)


class Metrics:
    """The metrics of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._counters: dict[str, Counter] = {}
        self._gauges: dict[str, Gauge] = {}
        self._histograms: dict[str, Histogram] = {}
        for spec in METRICS:
            if spec.kind == "counter":
                self._counters[spec.name] = Counter(spec.name, spec.help, spec.labels, registry=self.registry)
            elif spec.kind == "gauge":
                self._gauges[spec.name] = Gauge(spec.name, spec.help, spec.labels, registry=self.registry)
            else:
                self._histograms[spec.name] = Histogram(
                    spec.name, spec.help, spec.labels, registry=self.registry, buckets=_BUCKETS
                )

    def outcome(self, stage: str, outcome: Outcome, count: int = 1) -> None:
        """Count messages that ``stage`` has finished with."""
        self._counters["kliping_messages_total"].labels(stage, outcome).inc(count)

    def retried(self, stage: str) -> None:
        """Count a run that will be tried again."""
        self._counters["kliping_retries_total"].labels(stage).inc()

    def handled(self, stage: str, seconds: float) -> None:
        """Note how long one run of the handler took."""
        self._histograms["kliping_handler_seconds"].labels(stage).observe(seconds)

    def gauge(self, name: MetricName, value: float, **labels: str) -> None:
        """Set a gauge."""
        gauge = self._gauges[name]
        (gauge.labels(**labels) if labels else gauge).set(value)

    def value(self, name: MetricName, **labels: str) -> float:
        """The present value of a counter or gauge, for tests and status pages; 0 when it was never touched."""
        return self.registry.get_sample_value(name, labels) or 0.0

    def render(self) -> bytes:
        """All metrics in Prometheus' text format."""
        return generate_latest(self.registry)


assert {spec.name for spec in METRICS} == set(get_args(MetricName))
