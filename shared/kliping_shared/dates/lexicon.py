"""The words of the date grammar, read once from ``lexicon.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Lexicon", "load_lexicon"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in lower case. Months count from 1, weekdays from 0 (Monday), as in ``datetime``."""

    months: Mapping[str, int]
    months_alone: frozenset[str]
    weekdays: Mapping[str, int]
    dayparts: tuple[str, ...]
    past: frozenset[str]
    future: frozenset[str]
    present: frozenset[str]
    before_period: frozenset[str]
    counted: frozenset[str]
    days: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]


@cache
def load_lexicon() -> Lexicon:
    """The packaged word lists."""
    data = tomllib.loads((files(__package__) / "lexicon.toml").read_text(encoding="utf-8"))
    return Lexicon(
        months={name: number for number, names in enumerate(data["months"], 1) for name in names},
        months_alone=frozenset(data["months_alone"]),
        weekdays={name: number for number, names in enumerate(data["weekdays"]) for name in names},
        dayparts=tuple(data["dayparts"]),
        past=frozenset(data["past"]),
        future=frozenset(data["future"]),
        present=frozenset(data["present"]),
        before_period=frozenset(data["before_period"]),
        counted=frozenset(data["counted"]),
        days=data["days"],
        numbers=data["numbers"],
        units=data["units"],
    )
