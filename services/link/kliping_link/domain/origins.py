"""How many independent origins stand behind reports: five outlets carrying one agency's text are one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kliping_link.domain.copies import Sketch, is_copy, sharing
from kliping_link.domain.names import agency, country, plain
from kliping_link.domain.records import ArticleRecord, ClaimRecord

_SEVERAL = re.compile(r"\s*(?:/|;|&|,|\bdan\b)\s*")
#: What stands before the name of one who reports, without being a part of it.
_REPORTING = re.compile(
    r"(?:(?:kantor(?: pusat)? berita|media|surat kabar|koran|harian|tabloid|majalah|stasiun(?: televisi)?|televisi|tv|"
    r"radio|portal(?: berita)?|laman|situs(?: berita)?)(?: |$))+"
)


class Provenance(NamedTuple):
    """Where a text or a claim comes from: who is named as its origin, and what near-identical ones are known by."""

    article_id: str
    names: tuple[str, ...]
    named: bool
    sketch: Sketch
    passage: frozenset[int] = frozenset()

    @property
    def marks(self) -> list[tuple[str, str | int]]:
        """What those of one origin have in common, any of it."""
        names = [("name", _same(name)) for name in self.names]
        return [("article", self.article_id), *names, *(("passage", sample) for sample in self.passage)]


def provenance(record: ArticleRecord, claim: ClaimRecord | None = None) -> Provenance:
    """Of an article, or of one of its claims.

    By name: who relayed the claim, and the agencies that the text was taken from; where neither is named the outlet, and
    where none is named the article's own id.
    """
    names = (_relayed(claim.via) if claim else ()) + _origins(record.origin)
    found = dict.fromkeys(names) or _own(record.outlet) or (record.article_id,)
    passage = claim.passage if claim else frozenset()
    return Provenance(record.article_id, tuple(found), bool(names), record.story.sketch, passage)


@lru_cache(maxsize=1 << 12)
def _origins(origin: str | None) -> tuple[str, ...]:
    return tuple(agency(name) for name in _SEVERAL.split(origin) if plain(name)) if origin else ()


@lru_cache(maxsize=1 << 12)
def _own(outlet: str | None) -> tuple[str, ...]:
    return (agency(outlet),) if outlet else ()


@lru_cache(maxsize=1 << 12)
def _relayed(via: str | None) -> tuple[str, ...]:
    """Who relayed a claim, by name: 'kantor berita Rusia' may be any of several."""
    name = _REPORTING.sub("", plain(via)) if via else ""
    return (agency(via),) if via and name and not country(name) else ()


@lru_cache(maxsize=1 << 12)
def _same(name: str) -> str:
    """Equal for all ways to write a name: 'Pamir-Info', 'kantor berita Pamir-Info'."""
    return _REPORTING.sub("", plain(name)) or plain(name)


def independent_origins(told: Sequence[Provenance]) -> tuple[str, ...]:
    """The origin that each counts for: one name for all that share a named origin, a passage, or nearly all their text."""
    if len(told) == 1:
        return (_label(told),)
    home = list(range(len(told)))
    seen: dict[tuple[str, str | int], int] = {}
    for number, one in enumerate(told):
        for mark in one.marks:
            _unite(home, seen.setdefault(mark, number), number)
    _unite_copies(home, [one.sketch for one in told])
    classes: dict[int, list[Provenance]] = defaultdict(list)
    for number, one in enumerate(told):
        classes[_root(home, number)].append(one)
    labels = {root: _label(group) for root, group in classes.items()}
    return tuple(labels[_root(home, number)] for number in range(len(told)))


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


def _label(group: Sequence[Provenance]) -> str:
    """The origin that most of the class name as such; among equals one who relayed the claim, then by name."""
    votes: Counter[str] = Counter()
    place: dict[str, tuple[bool, int]] = {}
    for one in group:
        for at, name in enumerate(one.names):
            votes[name] += 1
            place[name] = min(place.get(name, (True, at)), (not one.named, at))
    return min(votes, key=lambda name: (place[name][0], -votes[name], place[name][1], name))
