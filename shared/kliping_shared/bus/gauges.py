"""What the broker says of itself and of the streams, as gauges; every worker shows the same."""

from __future__ import annotations

from typing import Any

from redis.exceptions import NoPermissionError

from kliping_shared.bus.stats import stream_stats
from kliping_shared.observability.metrics import Metrics

#: Stage of dead letters that none of ours wrote.
UNKNOWN = "unknown"


async def read_gauges(client: Any, metrics: Metrics) -> None:
    """Set the gauges of streams, dead letters and the broker. Raises redis errors."""
    of_stages = 0
    for row in await stream_stats(client):
        if not row.group:
            metrics.gauge("kliping_dead_letters", max(row.length - of_stages, 0), stage=UNKNOWN)
            continue
        of_stages += row.dead
        labels = {"stream": row.stream, "stage": row.group}
        metrics.gauge("kliping_dead_letters", row.dead, stage=row.group)
        metrics.gauge("kliping_stream_length", row.length, stream=row.stream)
        metrics.gauge("kliping_stream_lag", row.lag, **labels)
        metrics.gauge("kliping_stream_pending", row.pending, **labels)
        metrics.gauge("kliping_stream_oldest_seconds", row.oldest, **labels)
    try:
        memory, disk = await client.info("memory"), await client.info("persistence")
    except NoPermissionError:
        return  # a user of the operator's own making; all else works without
    metrics.gauge("kliping_broker_memory_bytes", memory["used_memory"])
    metrics.gauge("kliping_broker_memory_limit_bytes", memory["maxmemory"])
    metrics.gauge("kliping_broker_disk_ok", disk.get("aof_last_write_status", "ok") == "ok")
