"""Logs, metrics and health, the same in all services."""

from kliping_shared.observability.health import Health, HealthApp, serve_health
from kliping_shared.observability.logs import configure_logging
from kliping_shared.observability.metrics import (
    METRICS,
    METRICS_TYPE,
    OUTCOMES,
    MetricName,
    Metrics,
    MetricSpec,
    Outcome,
)

__all__ = [
    "METRICS",
    "METRICS_TYPE",
    "OUTCOMES",
    "Health",
    "HealthApp",
    "MetricName",
    "MetricSpec",
    "Metrics",
    "Outcome",
    "configure_logging",
    "serve_health",
]
