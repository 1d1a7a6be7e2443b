"""Log lines: structlog everywhere, the standard library's loggers routed into it."""

from __future__ import annotations

import logging
import sys
from typing import Any, TextIO

import structlog

from kliping_shared.settings import Settings

#: Libraries whose INFO lines say nothing to an operator.
QUIET = ("faststream", "redis", "uvicorn", "httpx", "opensearch", "pypdf", "trafilatura", "watchdog")


def configure_logging(settings: Settings, *, service: str, stream: TextIO | None = None) -> None:
    """Log to ``stream`` (stderr) for people or as JSON, as the settings say. Called once by a composition root."""
    out = stream or sys.stderr
    as_json = settings.log_format == "json"
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=as_json),
    ]
    final: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if as_json:
        final += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        # The default would show each frame's variables: secrets, articles, and seconds of work for one line of log.
        plain = structlog.dev.plain_traceback
        final.append(structlog.dev.ConsoleRenderer(colors=out.isatty(), exception_formatter=plain))
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=final, foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()]
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(root.level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)
