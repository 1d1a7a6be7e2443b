"""The words of the date grammar, read once from ``lexicon.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

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
    ahead: frozenset[str]
    up_to_now: frozenset[str]
    from_now: frozenset[str]
    told_before: frozenset[str]
    told_after: frozenset[str]
    coming: frozenset[str]
    no_weekday_after: frozenset[str]
    no_weekday_before: frozenset[str]
    no_day_after: frozenset[str]
    before_period: frozenset[str]
    counted: frozenset[str]
    days: Mapping[str, int]
    next_day: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    parts: Mapping[str, tuple[int, int]]
    fractions: Mapping[str, int]
    ordinals: Mapping[str, int]
    zones: Mapping[str, int]


@cache
def load_lexicon() -> Lexicon:
    """The packaged word lists."""
    data: dict[str, Any] = tomllib.loads((files(__package__) / "lexicon.toml").read_text(encoding="utf-8"))
    nested: dict[str, Any] = {
        "months": {name: number for number, names in enumerate(data["months"], 1) for name in names},
        "weekdays": {name: number for number, names in enumerate(data["weekdays"]) for name in names},
        "dayparts": tuple(data["dayparts"]),
        "numbers": numbers_to_99(data["numbers"]),
        "parts": {name: (which, of) for name, (which, of) in data["parts"].items()},
    }
    plain = {name: value for name, value in data.items() if name not in nested}
    sets: dict[str, Any] = {
        name: frozenset(words) if isinstance(words, list) else words for name, words in plain.items()
    }
    return Lexicon(**sets, **nested)


def numbers_to_99(to_ten: Mapping[str, int]) -> dict[str, int]:
    """The numerals up to 99, made of those up to ten as Indonesian makes them."""
    ones = {name: number for name, number in to_ten.items() if number < 10}
    numbers = {**to_ten, "sebelas": 11}
    for name, number in ones.items():
        if number > 1:
            numbers[f"{name} belas"] = 10 + number
            numbers[f"{name} puluh"] = 10 * number
            numbers.update({f"{name} puluh {unit}": 10 * number + value for unit, value in ones.items()})
    return numbers
