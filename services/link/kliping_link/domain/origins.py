"""How many independent origins stand behind reports: five outlets carrying one agency's text are one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from kliping_link.domain.copies import is_copy
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
    classes: list[list[ArticleRecord]] = [[record] for record in sorted(records, key=lambda record: record.order)]
    for a, b in combinations([group[0] for group in classes], 2):
        if _dependent(a, b):
            _unite(classes, a, b)
    return tuple(sorted(_label(group) for group in classes))


def _dependent(a: ArticleRecord, b: ArticleRecord) -> bool:
    named = {plain(name) for name in origin_names(a)} & {plain(name) for name in origin_names(b)}
    return bool(named) or is_copy(a.story.sketch, b.story.sketch)


def _unite(classes: list[list[ArticleRecord]], a: ArticleRecord, b: ArticleRecord) -> None:
    first = next(group for group in classes if a in group)
    second = next(group for group in classes if b in group)
    if first is not second:
        first += second
        classes.remove(second)


def _label(group: list[ArticleRecord]) -> str:
    """The origin that most of the class name; among equals one that is named as such, then by name."""
    votes: Counter[str] = Counter()
    named: dict[str, bool] = defaultdict(bool)
    for record in group:
        for name in origin_names(record):
            votes[name] += 1
            named[name] |= record.origin is not None
    return min(votes, key=lambda name: (not named[name], -votes[name], name))
