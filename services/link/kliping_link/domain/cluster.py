"""From pair scores to groups: a function of the set alone, never of the order in which its members came.

Two steps. Components: what is joined by pairs at or above the threshold. No cluster of average linkage can cross
components (a merge needs one pair at the threshold), so each is clustered by itself and work stays local. Within one,
average linkage merges the most similar two clusters until none reach the threshold; so a chain of likenesses (one topic,
many days) does not become one giant.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kliping_link.domain.records import Ref

#: Pairs of one set with a score above zero, the lesser key first.
Scores = Mapping[tuple[Ref, Ref], float]

#: Scores are compared at this many decimals, so that the order of floating-point sums cannot decide a merge.
DECIMALS = 9

#: Members of a component from which on a stricter threshold cuts it first, and by how much stricter each cut is.
LARGE = 60
STEP = 0.1


def components(keys: Iterable[Ref], scores: Scores, threshold: float) -> list[list[Ref]]:
    """Keys joined by pairs that score ``threshold`` or more; each component sorted, sorted by their first keys."""
    parent = {key: key for key in keys}
    for (a, b), score in scores.items():
        if score >= threshold:
            _join(parent, a, b)
    found: dict[Ref, list[Ref]] = defaultdict(list)
    for key in sorted(parent):
        found[_root(parent, key)].append(key)
    return sorted(found.values())


def _root(parent: dict[Ref, Ref], key: Ref) -> Ref:
    while parent[key] != key:
        parent[key] = parent[parent[key]]
        key = parent[key]
    return key


def _join(parent: dict[Ref, Ref], a: Ref, b: Ref) -> None:
    a, b = _root(parent, a), _root(parent, b)
    if a != b:
        parent[max(a, b)] = min(a, b)


def clusters(keys: Sequence[Ref], scores: Scores, threshold: float) -> list[list[Ref]]:
    """Average-linkage clusters of one component, each sorted; a pair without a score counts as zero.

    A component of more than ``LARGE`` members (a slogan repeated for weeks, texts made by one pattern) is first cut into
    the components of a stricter threshold, and these again, so that no arrival costs more than it should.
    """
    return sorted(_clusters(sorted(keys), scores, threshold, threshold))


def _clusters(keys: list[Ref], scores: Scores, threshold: float, cut: float) -> list[list[Ref]]:
    if len(keys) == 1:
        return [keys]
    if len(keys) <= LARGE:
        merger = _Merger(keys, scores, threshold)
        merger.run()
        return [sorted(cluster) for cluster in merger.members.values()]
    if cut >= 1:
        return [keys]
    cut = min(1.0, round(cut + STEP, 2))
    parts = components(keys, scores, cut)
    inside = split(parts, scores)
    return [one for part, within in zip(parts, inside, strict=True) for one in _clusters(part, within, threshold, cut)]


def split(parts: Sequence[Sequence[Ref]], scores: Scores) -> list[dict[tuple[Ref, Ref], float]]:
    """The scores within each part."""
    home = {ref: number for number, members in enumerate(parts) for ref in members}
    inside: list[dict[tuple[Ref, Ref], float]] = [{} for _ in parts]
    for (a, b), score in scores.items():
        if home[a] == home[b]:
            inside[home[a]][a, b] = score
    return inside


class _Merger:
    """Clusters named by their least key; ``sums`` holds the scores between two clusters, summed."""

    def __init__(self, keys: Sequence[Ref], scores: Scores, threshold: float) -> None:
        self.members: dict[Ref, list[Ref]] = {key: [key] for key in keys}
        self._sums: dict[Ref, dict[Ref, float]] = {key: {} for key in keys}
        self._threshold = threshold
        for (a, b), score in sorted(scores.items()):
            self._sums[a][b] = self._sums[b][a] = score
        pairs = ((-self._average(a, b), a, b) for a in keys for b in self._sums[a] if a < b)
        self._queue = [entry for entry in pairs if -entry[0] >= threshold]
        heapq.heapify(self._queue)

    def run(self) -> None:
        """Merge the best two until none reach the threshold; ties go to the least keys."""
        while self._queue:
            negative, a, b = heapq.heappop(self._queue)
            if self._is_current(negative, a, b):
                self._merge(a, b)

    def _is_current(self, negative: float, a: Ref, b: Ref) -> bool:
        return a in self.members and b in self._sums[a] and -negative == self._average(a, b)

    def _average(self, a: Ref, b: Ref) -> float:
        return round(self._sums[a][b] / (len(self.members[a]) * len(self.members[b])), DECIMALS)

    def _merge(self, a: Ref, b: Ref) -> None:
        self.members[a] += self.members.pop(b)
        for other, total in self._sums.pop(b).items():
            del self._sums[other][b]
            if other != a:
                self._sums[a][other] = self._sums[other][a] = self._sums[a].get(other, 0.0) + total
        for other in self._sums[a]:
            average = self._average(a, other)
            if average >= self._threshold:
                heapq.heappush(self._queue, (-average, min(a, other), max(a, other)))
