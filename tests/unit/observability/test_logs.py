"""What a service logs."""

from __future__ import annotations

import structlog

from tests.support.json_logs import logs


def test_a_traceback_tells_no_values() -> None:
    """A frame's variables may be passwords or whole articles."""
    with logs("search", "console") as out:
        try:
            told = "kata sandi"
            raise ValueError(len(told))
        except ValueError as error:
            structlog.get_logger().error("request failed", exc_info=error)
    assert "ValueError: 10" in out.getvalue()
    assert "= 'kata" not in out.getvalue()
