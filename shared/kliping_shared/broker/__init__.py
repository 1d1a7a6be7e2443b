"""The broker of the one-machine mode: a real server, embedded (docs/decisions/0003-reliability.md)."""

from kliping_shared.broker.embedded import EmbeddedBroker
from kliping_shared.broker.server import BrokerError, find_server

__all__ = ["BrokerError", "EmbeddedBroker", "find_server"]
