"""What documents are sorted by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

#: Published (seconds since 1970, day), outlets, origins.
SortKeys = tuple[int | None, str | None, int, int]


def sort_keys(document: Mapping[str, Any]) -> SortKeys:
    """What the document is sorted by."""
    return (
        seconds(document.get("published_at")),
        document.get("published_on"),
        int(document.get("outlet_count") or 0),
        int(document.get("origin_count") or 0),
    )


def seconds(published_at: str | None) -> int | None:
    """Seconds since 1970 of an ISO 8601 time; None for none, and for what is no time (it sorts as undated)."""
    try:
        return int(datetime.fromisoformat(published_at).timestamp()) if published_at else None
    except (ValueError, OverflowError):
        return None
