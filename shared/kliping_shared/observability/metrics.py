"""Every metric by name, with its help; services count through ``Metrics``, which one composition root makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

#: Content type of what ``Metrics.render`` gives.
METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

#: How a message can end, in the same words everywhere.
Outcome = Literal["ok", "duplicate", "rejected", "dead"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

MetricName = Literal[
    "kliping_messages_total",
    "kliping_retries_total",
    "kliping_store_refusals_total",
    "kliping_handler_seconds",
    "kliping_stage_ready",
    "kliping_stream_length",
    "kliping_stream_lag",
    "kliping_stream_pending",
    "kliping_stream_oldest_seconds",
    "kliping_dead_letters",
    "kliping_broker_memory_bytes",
    "kliping_broker_memory_limit_bytes",
    "kliping_broker_disk_ok",
    "kliping_backlog_waiting",
    "kliping_files_total",
    "kliping_files_waiting",
    "kliping_disk_free_bytes",
    "kliping_disk_size_bytes",
    "kliping_search_seconds",
    "kliping_alerts_total",
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
    MetricSpec(
        "kliping_store_refusals_total",
        "counter",
        ("stage",),
        "Runs put off because what the stage writes to (index: the store, link: its state in the broker) did not answer "
        "or took nothing; no message is blamed for it.",
    ),
    MetricSpec("kliping_handler_seconds", "histogram", ("stage",), "Time in the handler per run (a batch is one run)."),
    MetricSpec(
        "kliping_stage_ready", "gauge", ("stage",), "1 while the stage works, 0 while it waits for the broker or store."
    ),
    MetricSpec("kliping_stream_length", "gauge", ("stream",), "Entries in a stream."),
    MetricSpec(
        "kliping_stream_lag", "gauge", ("stream", "stage"), "Entries that no worker of the stage has been given yet."
    ),
    MetricSpec(
        "kliping_stream_pending", "gauge", ("stream", "stage"), "Entries given to a worker and not yet acknowledged."
    ),
    MetricSpec(
        "kliping_stream_oldest_seconds",
        "gauge",
        ("stream", "stage"),
        "Age of the oldest entry that the stage has not acknowledged; 0 when there is none.",
    ),
    MetricSpec(
        "kliping_dead_letters",
        "gauge",
        ("stage",),
        "Dead letters that wait for a person, by the stage that gave up; `unknown`: put there by somebody else.",
    ),
    MetricSpec("kliping_broker_memory_bytes", "gauge", (), "Memory that the broker's data take."),
    MetricSpec(
        "kliping_broker_memory_limit_bytes", "gauge", (), "What the broker may take before it refuses; 0: no limit."
    ),
    MetricSpec(
        "kliping_broker_disk_ok", "gauge", (), "1 while the broker's last write to its append-only file went well."
    ),
    MetricSpec("kliping_backlog_waiting", "gauge", (), "1 while ingest waits because a stage's queue is too long."),
    MetricSpec("kliping_files_total", "counter", ("outcome",), "Files moved away: ok, duplicate or rejected."),
    MetricSpec("kliping_files_waiting", "gauge", (), "Files in the inbox that are not moved away yet."),
    MetricSpec(
        "kliping_disk_free_bytes", "gauge", ("folder",), "What ingest may still write where inbox and data folder lie."
    ),
    MetricSpec("kliping_disk_size_bytes", "gauge", ("folder",), "The size of those file systems."),
    MetricSpec(
        "kliping_search_seconds",
        "histogram",
        ("kind", "outcome"),
        "Time of a search by what is searched: ok, refused (a query that cannot be understood) or unavailable.",
    ),
    MetricSpec(
        "kliping_alerts_total",
        "counter",
        ("channel", "outcome"),
        "Alerts by channel (webhook, mail): sent, failed (deliveries that are tried again), stopped (they wait for a "
        "person) or dropped (they waited for too long, or too many waited).",
    ),
)

_SPECS: dict[str, MetricSpec] = {spec.name: spec for spec in METRICS}

_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300)


class Metrics:
    """The metrics of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._counters: dict[str, Counter] = {}
        self._gauges: dict[str, Gauge] = {}
        self._histograms: dict[str, Histogram] = {}
        for spec in METRICS:
            if spec.kind == "counter":
                self._counters[spec.name] = Counter(spec.name, spec.help, spec.labels, registry=self.registry)
            elif spec.kind == "histogram":
                self._histograms[spec.name] = Histogram(
                    spec.name, spec.help, spec.labels, registry=self.registry, buckets=_BUCKETS
                )

    def outcome(self, stage: str, outcome: Outcome, count: int = 1) -> None:
        """Count messages that ``stage`` has finished with."""
        self._counters["kliping_messages_total"].labels(stage, outcome).inc(count)

    def count(self, name: MetricName, amount: int = 1, **labels: str) -> None:
        """Add to a counter. 0 shows it, so that its first rise is seen as one."""
        self._counters[name].labels(**labels).inc(amount)

    def retried(self, stage: str) -> None:
        """Count a run that will be tried again."""
        self._counters["kliping_retries_total"].labels(stage).inc()

    def handled(self, stage: str, seconds: float) -> None:
        """Note how long one run of the handler took."""
        self._histograms["kliping_handler_seconds"].labels(stage).observe(seconds)

    def took(self, name: MetricName, seconds: float, **labels: str) -> None:
        """Note one more time in a histogram."""
        self._histograms[name].labels(**labels).observe(seconds)

    def gauge(self, name: MetricName, value: float, **labels: str) -> None:
        """Set a gauge. One that is never set is not shown: 0 would be an answer."""
        if name not in self._gauges:
            self._gauges[name] = Gauge(name, _SPECS[name].help, _SPECS[name].labels, registry=self.registry)
        gauge = self._gauges[name]
        (gauge.labels(**labels) if labels else gauge).set(value)

    def value(self, name: MetricName, **labels: str) -> float:
        """The present value of a counter or gauge, for tests and status pages; 0 when it was never touched."""
        return self.registry.get_sample_value(name, labels) or 0.0

    def render(self) -> bytes:
        """All metrics in Prometheus' text format."""
        return generate_latest(self.registry)


assert {spec.name for spec in METRICS} == set(get_args(MetricName))
