"""At-least-once messaging over Redis streams, made safe once for all services (docs/decisions/0003-reliability.md)."""

from kliping_shared.bus.client import connect, is_away
from kliping_shared.bus.consumer import HandlerStuck
from kliping_shared.bus.dead import DeadLetters
from kliping_shared.bus.policy import Policy
from kliping_shared.bus.publisher import Publisher
from kliping_shared.bus.route import Route
from kliping_shared.bus.stats import StreamStats, backlog, queues, stream_stats
from kliping_shared.bus.topology import ensure_topology
from kliping_shared.bus.trail import TrailEntry, trail, trails
from kliping_shared.bus.trim import trim_acknowledged
from kliping_shared.bus.worker import Worker

__all__ = [
    "DeadLetters",
    "HandlerStuck",
    "Policy",
    "Publisher",
    "Route",
    "StreamStats",
    "TrailEntry",
    "Worker",
    "backlog",
    "connect",
    "ensure_topology",
    "is_away",
    "queues",
    "stream_stats",
    "trail",
    "trails",
    "trim_acknowledged",
]
