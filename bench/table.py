"""The table that a benchmark prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    value: str
    target: str = ""


def show(rows: Sequence[Row]) -> None:
    """Print the rows in columns."""
    width = max(len(row.what) for row in rows)
    for row in rows:
        sys.stdout.write(f"{row.what:<{width}}  {row.value:<56}{'target ' + row.target if row.target else ''}\n")


def percentiles(seconds: Sequence[float]) -> str:
    """Median and 99th percentile of a sample, in words."""
    ordered = sorted(seconds)
    median, last = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))]
    return f"p50 {median:.2f} s, p99 {last:.2f} s ({len(ordered)} files)"
