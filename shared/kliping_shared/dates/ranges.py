"""Two dates that "hingga" or a dash joins: "Senin (11/9) hingga Rabu (13/9)", "November 2022-Februari 2023"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from kliping_shared.dates.expressions import DateExpression
from kliping_shared.dates.patterns import UNTIL
from kliping_shared.dates.resolve import Days

__all__ = ["Found", "joined"]

BETWEEN = re.compile(UNTIL, re.IGNORECASE)
AND = re.compile(r"\s+dan\s+", re.IGNORECASE)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Found:
    """An expression with its days; ``end`` is that of the last expression of a range."""

    expression: DateExpression
    end: int
    days: Days

    @property
    def start(self) -> int:
        """Where its words begin."""
        return self.expression.start


def joined(text: str, first: Found, second: Found) -> Found | None:
    """Both as one range where the words between say so and the days run forwards."""
    if not is_joined(text, first, second) or size_of(first) != size_of(second):
        return None
    if first.expression.shape == "weekday" and second.expression.last_day is not None:
        # "Senin-Rabu (11-13/9)"
        same = first.expression.weekday == second.days[0].weekday()
        return replace(second, expression=replace(second.expression, start=first.start)) if same else None
    last = second.days[1]
    if last <= first.days[0] and second.expression.shape == "weekday" and second.expression.direction is None:
        last += WEEK
    return replace(first, end=second.end, days=(first.days[0], last)) if first.days[1] < last else None


def is_joined(text: str, first: Found, second: Found) -> bool:
    """Whether only "hingga", a dash, or after "antara" also "dan" stands between."""
    between = text[first.end : second.start]
    if BETWEEN.fullmatch(between):
        return True
    before = text[max(0, first.start - 10) : first.start].rstrip()
    return AND.fullmatch(between) is not None and before[-6:].lower() == "antara"


def size_of(found: Found) -> str:
    """What it counts in: days, weeks, months or years."""
    shape = found.expression.shape
    return found.expression.unit if shape == "offset" else "day" if shape == "weekday" else shape
