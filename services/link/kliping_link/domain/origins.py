"""How many independent origins stand behind reports: five outlets carrying one agency's text are one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from kliping_link.domain.copies import near_identical
from kliping_link.domain.names import agency, plain
from kliping_link.domain.records import ArticleRecord

_SEVERAL = re.compile(r"\s*(?:/|;|&|,|\bdan\b)\s*")


def origin_names(record: ArticleRecord) -> tuple[str, ...]:
    """The agencies that a text was taken from where it names them, else its outlet, else its own id."""
    if record.origin:
        names = [agency(name) for name in _SEVERAL.split(record.origin) if plain(name)]
        if names:
            return tuple(dict.fromkeys(names))
    if record.outlet:
        return (agency(record.outlet),)
    return (record.article_id,)


def independent_origins(records: Sequence[ArticleRecord]) -> tuple[str, ...]:
    """One name for each set of articles that share a named origin or are near-identical, sorted."""
    home = list(range(len(records)))
    named: dict[str, int] = {}
    for number, record in enumerate(records):
        for name in origin_names(record):
            _unite(home, named.setdefault(plain(name), number), number)
    for a, b in near_identical([record.story.sketch for record in records]):
        _unite(home, a, b)
    classes: dict[int, list[ArticleRecord]] = defaultdict(list)
    for number, record in enumerate(records):
        classes[_root(home, number)].append(record)
    return tuple(sorted(_label(group) for group in classes.values()))


def _root(home: list[int], number: int) -> int:
    while home[number] != number:
        number = home[number] = home[home[number]]
    return number


def _unite(home: list[int], a: int, b: int) -> None:
    home[_root(home, a)] = _root(home, b)


def _label(group: list[ArticleRecord]) -> str:
    """The origin that most of the class name; among equals one that is named as such, then by name."""
    votes: Counter[str] = Counter()
    named: dict[str, bool] = defaultdict(bool)
    for record in group:
        for name in origin_names(record):
            votes[name] += 1
            named[name] |= record.origin is not None
    return min(votes, key=lambda name: (not named[name], -votes[name], name))
