"""From pair scores to groups: a function of the set alone, never of the order in which its members came.

Two steps. Components: what is joined by pairs at or above the threshold. No cluster of average linkage can cross
components (a merge needs one pair at the threshold), so each is clustered by itself and work stays local. Within one,
average linkage merges the most similar two clusters until none reach the threshold; so a chain of likenesses (one topic)
does not become one giant. Nor does what is said again day after day: by days linkage is complete, no two members of a
cluster may be farther apart than any two that are compared.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from kliping_link.domain.extent import Extent
from kliping_link.domain.records import Ref
from kliping_link.domain.rulings import Families

#: What stands for a member: its name in the state, or its place among sorted ones, with which this is much faster.
K = TypeVar("K", Ref, int)

#: Pairs of one set with a score above zero, the lesser key first.
Scores = Mapping[tuple[K, K], float]

#: Scores are compared at this many decimals, so that the order of floating-point sums cannot decide a merge.
DECIMALS = 9

#: Pairs of a component from which on a stricter threshold cuts it first, and by how much stricter each cut is.
LARGE = 5_000
STEP = 0.1


@dataclass(frozen=True)
class Cap(Generic[K]):
    """How many days apart two members of one cluster are at most, and the extent of each member."""

    days: int
    extents: Mapping[K, Extent]


def components(
    keys: Iterable[K], scores: Scores[K], threshold: float, ties: Iterable[tuple[K, K]] = ()
) -> list[list[K]]:
    """Keys joined by pairs that score ``threshold`` or more, and by ``ties``.

    Each component is sorted; they are sorted by their first keys.
    """
    parent = {key: key for key in keys}
    for (a, b), score in scores.items():
        if score >= threshold:
            _join(parent, a, b)
    for a, b in ties:
        _join(parent, a, b)
    found: dict[K, list[K]] = defaultdict(list)
    for key in sorted(parent):
        found[_root(parent, key)].append(key)
    return sorted(found.values())


def _root(parent: dict[K, K], key: K) -> K:
    while parent[key] != key:
        parent[key] = parent[parent[key]]
        key = parent[key]
    return key


def _join(parent: dict[K, K], a: K, b: K) -> None:
    a, b = _root(parent, a), _root(parent, b)
    if a != b:
        parent[max(a, b)] = min(a, b)


def clusters(
    keys: Sequence[K],
    scores: Scores[K],
    threshold: float,
    kin: Families[K] | None = None,
    cap: Cap[K] | None = None,
    power: int = 1,
) -> list[list[K]]:
    """Average-linkage clusters of one component, each sorted; a pair without a score counts as zero.

    The average is a power mean of the scores: with the ``power`` 2 high ones count for more than they do in the mean.

    Clusters of one family are one in the end, and no merge brings families together that ``kin`` keeps apart. What joins
    whom is not otherwise changed by a family: a claim is as near to a group that a person merged as to that part of it
    which is nearest, and a family may span more days than the ``cap``.

    A component of more than ``LARGE`` pairs (texts made by one pattern) is first cut into the components of a stricter
    threshold, and these again, so that few arrivals cost more than they should.
    """
    return sorted(_clusters(sorted(keys), scores, _Rule(threshold, kin or Families(), cap, power), threshold))


class _Rule(NamedTuple, Generic[K]):
    """What clusters of one component are made by."""

    threshold: float
    kin: Families[K]
    cap: Cap[K] | None
    power: int


def _clusters(keys: list[K], scores: Scores[K], rule: _Rule[K], cut: float) -> list[list[K]]:
    if len(keys) == 1:
        return [keys]
    stricter = round(cut + STEP, 2)
    if len(scores) <= LARGE or stricter > 1:
        merger = _Merger(keys, scores, rule)
        merger.run()
        return merger.groups()
    parts = components(keys, scores, stricter, ((rule.kin.of(key), key) for key in keys))
    inside = split(parts, scores)
    return [one for part, within in zip(parts, inside, strict=True) for one in _clusters(part, within, rule, stricter)]


def split(parts: Sequence[Sequence[K]], scores: Scores[K]) -> list[dict[tuple[K, K], float]]:
    """The scores within each part."""
    home = {ref: number for number, members in enumerate(parts) for ref in members}
    inside: list[dict[tuple[K, K], float]] = [{} for _ in parts]
    for (a, b), score in scores.items():
        if home[a] == home[b]:
            inside[home[a]][a, b] = score
    return inside


class _Merger(Generic[K]):
    """Clusters named by their least key; ``sums`` holds the powers of the scores between two clusters, summed."""

    def __init__(self, keys: Sequence[K], scores: Scores[K], rule: _Rule[K]) -> None:
        self.members: dict[K, list[K]] = {key: [key] for key in keys}
        self._sums: dict[K, dict[K, float]] = {key: {} for key in keys}
        self._threshold = round(rule.threshold**rule.power, DECIMALS)
        self._kin: Families[K] = rule.kin
        self._cap: Cap[K] | None = rule.cap
        self._extents: dict[K, Extent] = {key: rule.cap.extents[key] for key in keys} if rule.cap else {}
        self._queue: list[tuple[float, K, K]] = []
        for (a, b), score in scores.items():
            self._sums[a][b] = self._sums[b][a] = total = score**rule.power
            average = round(total, DECIMALS)
            if average >= self._threshold:
                self._queue.append((-average, a, b))
        heapq.heapify(self._queue)

    def run(self) -> None:
        """Merge the best two that may join until none reach the threshold; ties go to the least keys."""
        while self._queue:
            negative, a, b = heapq.heappop(self._queue)
            if self._is_current(negative, a, b) and self._kin.may_join(a, b) and self._are_near(a, b):
                self._merge(a, b)

    def groups(self) -> list[list[K]]:
        """The members, each family whole."""
        found: dict[K, list[K]] = defaultdict(list)
        for key, members in self.members.items():
            found[self._kin.of(key)] += members
        return [sorted(members) for members in found.values()]

    def _is_current(self, negative: float, a: K, b: K) -> bool:
        total = self._sums[a].get(b) if a in self.members and b in self.members else None
        return total is not None and -negative == _average(total, len(self.members[a]) * len(self.members[b]))

    def _are_near(self, a: K, b: K) -> bool:
        return self._cap is None or self._extents[a].with_(self._extents[b]).days <= self._cap.days

    def _merge(self, a: K, b: K) -> None:
        self._kin.join(a, b)
        if self._cap:
            self._extents[a] = self._extents[a].with_(self._extents.pop(b))
        self.members[a] += self.members.pop(b)
        sums, size = self._sums[a], len(self.members[a])
        for other, total in self._sums.pop(b).items():
            del self._sums[other][b]
            if other != a:
                sums[other] = self._sums[other][a] = sums.get(other, 0.0) + total
        for other, total in sums.items():
            average = _average(total, size * len(self.members[other]))
            if average >= self._threshold:
                heapq.heappush(self._queue, (-average, a, other) if a < other else (-average, other, a))


def _average(total: float, pairs: int) -> float:
    return round(total / pairs, DECIMALS)
