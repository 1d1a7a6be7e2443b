"""A service's log lines, for a test to read."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Literal

import structlog

from kliping_shared.observability import configure_logging
from kliping_shared.settings import Settings


@contextmanager
def logs(service: str, form: Literal["console", "json"]) -> Iterator[io.StringIO]:
    """What is logged while the context is open; the process's logging is as before afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    out = io.StringIO()
    configure_logging(Settings(log_format=form, log_level="debug"), service=service, stream=out)
    try:
        yield out
    finally:
        structlog.reset_defaults()
        structlog.contextvars.clear_contextvars()
        root.handlers = handlers
        root.setLevel(level)


def json_logs(service: str) -> AbstractContextManager[io.StringIO]:
    """The same as JSON."""
    return logs(service, "json")
