"""The invented expressions of ``expressions.txt`` with what each stands for.

A line is ``day of publication | sentence with [dates] marked | days of each``: ``2023-09-13``, ``2023-09-12/2023-09-14``,
``2023-09-13 14:30+07:00``; several are parted by ``, ``. ``-`` is an unknown day, no days means that there is no date.
All but the last group were written, and their days told by hand, before the grammar was taught them; the last was
written afterwards (56 of 59 were read rightly the first time).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

MARK = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True)
class Wanted:
    """A date with its place in the sentence."""

    start: int
    end: int
    first: date
    last: date
    time: time | None = None


@dataclass(frozen=True)
class Labelled:
    """A sentence of a group, read on a day."""

    group: str
    anchor: date | None
    text: str
    dates: tuple[Wanted, ...]


def load() -> list[Labelled]:
    """All of them, in the order of the file."""
    group, found = "", []
    for line in Path(__file__).with_name("expressions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# == "):
            group = line[5:]
        elif "|" in line and not line.startswith("#"):
            found.append(parse(group, line))
    return found


def parse(group: str, line: str) -> Labelled:
    """One line of the file."""
    anchor, marked, days = (part.strip() for part in line.split("|"))
    places = [(mark.start() - 2 * at, mark.end() - 2 * at - 2) for at, mark in enumerate(MARK.finditer(marked))]
    values = days.split(", ") if days else []
    return Labelled(
        group,
        None if anchor == "-" else date.fromisoformat(anchor),
        MARK.sub(r"\1", marked),
        tuple(wanted(place, value) for place, value in zip(places, values, strict=True)),
    )


def wanted(place: tuple[int, int], value: str) -> Wanted:
    """What is written behind the sentence."""
    days, _, clock = value.partition(" ")
    first, _, last = days.partition("/")
    at = time.fromisoformat(clock) if clock else None
    return Wanted(*place, date.fromisoformat(first), date.fromisoformat(last or first), at)
