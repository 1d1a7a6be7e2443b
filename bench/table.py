"""The table that a benchmark prints."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    value: str
    target: str = ""


#: Characters of the first and of the second column.
WHAT, VALUE = 50, 56


def show(rows: Iterable[Row]) -> None:
    """Print the rows in columns, each as soon as it is there."""
    for row in rows:
        target = f"target {row.target}" if row.target else ""
        sys.stdout.write(f"{row.what:<{WHAT}}  {row.value:<{VALUE}}{target}".rstrip() + "\n")
        sys.stdout.flush()


def percentiles(seconds: Sequence[float]) -> str:
    """Median and 99th percentile of a sample, in words."""
    ordered = sorted(seconds)
    median, last = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))]
    return f"p50 {median:.2f} s, p99 {last:.2f} s ({len(ordered)} files)"


def speed(words: int, seconds: float, articles: int) -> str:
    """Words a second, and CPU time an article, in words."""
    return f"{words / seconds:,.0f} words/s ({1000 * seconds / articles:.1f} ms CPU/article)"
