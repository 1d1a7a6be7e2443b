"""How many independent origins stand behind reports: five outlets carrying one agency's text are one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from kliping_link.domain.copies import Sketch, is_copy, sharing
from kliping_link.domain.names import agency, plain
from kliping_link.domain.records import ArticleRecord

_SEVERAL = re.compile(r"\s*(?:/|;|&|,|\bdan\b)\s*")


@lru_cache(maxsize=1 << 12)
def _origins(origin: str | None, outlet: str | None) -> tuple[str, ...]:
    if origin:
        names = [agency(name) for name in _SEVERAL.split(origin) if plain(name)]
        if names:
            return tuple(dict.fromkeys(names))
    return (agency(outlet),) if outlet else ()


def origin_names(record: ArticleRecord) -> tuple[str, ...]:
    """The agencies that a text was taken from where it names them, else its outlet, else its own id."""
    return _origins(record.origin, record.outlet) or (record.article_id,)


def independent_origins(records: Sequence[ArticleRecord]) -> tuple[str, ...]:
    """The origin that each article counts for: one name for all that share a named origin or are near-identical."""
    if len(records) == 1:
        return (_label(records),)
    home = list(range(len(records)))
    named: dict[str, int] = {}
    for number, record in enumerate(records):
        for name in origin_names(record):
            _unite(home, named.setdefault(plain(name), number), number)
    _unite_copies(home, [record.story.sketch for record in records])
    classes: dict[int, list[ArticleRecord]] = defaultdict(list)
    for number, record in enumerate(records):
        classes[_root(home, number)].append(record)
    labels = {root: _label(group) for root, group in classes.items()}
    return tuple(labels[_root(home, number)] for number in range(len(records)))


def _unite_copies(home: list[int], sketches: Sequence[Sketch]) -> None:
    """Near-identical texts are of one origin. Those that are known to be so, or not, are not compared again."""
    compared: set[tuple[int, int]] = set()
    apart = len({_root(home, number) for number in range(len(home))})

    def copied(earlier: int, later: int) -> bool:
        if (earlier, later) in compared:
            return False
        compared.add((earlier, later))
        return is_copy(sketches[earlier], sketches[later])

    for numbers in sharing(sketches) if apart > 1 else ():
        parts: list[list[int]] = []
        for number in numbers:
            mine, others = [number], []
            for part in parts:
                together = _root(home, part[0]) == _root(home, number)
                if together or any(copied(other, number) for other in part):
                    _unite(home, part[0], number)
                    apart -= not together
                    if apart == 1:
                        return
                    part += mine
                    mine = part
                else:
                    others.append(part)
            parts = [*others, mine]


def _root(home: list[int], number: int) -> int:
    while home[number] != number:
        number = home[number] = home[home[number]]
    return number


def _unite(home: list[int], a: int, b: int) -> None:
    home[_root(home, a)] = _root(home, b)


def _label(group: Sequence[ArticleRecord]) -> str:
    """The origin that most of the class name; among equals one that is named as such, then by name."""
    votes: Counter[str] = Counter()
    named: dict[str, bool] = defaultdict(bool)
    for record in group:
        for name in origin_names(record):
            votes[name] += 1
            named[name] |= record.origin is not None
    return min(votes, key=lambda name: (not named[name], -votes[name], name))
