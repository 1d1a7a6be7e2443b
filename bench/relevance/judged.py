"""The judged queries, and the measures of a ranking."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HERE = Path(__file__).resolve().parent
#: What is looked for; one file of queries each.
Sought = Literal["articles", "claims"]
SOUGHT: tuple[Sought, ...] = ("articles", "claims")
#: How far down recall is counted; as many hits are asked for.
DEEPEST = 50


@dataclass(frozen=True)
class Judged:
    """A query and the grade of every document that answers it."""

    id: str
    query: str
    need: str
    kind: str
    grades: Mapping[str, int]
    broad: bool = False

    @property
    def unread(self) -> bool:
        """Whether nobody may read it when working on the ranking: half of the queries, by a hash of their id."""
        return hashlib.sha1(self.id.encode(), usedforsecurity=False).digest()[0] % 2 == 1


@dataclass(frozen=True)
class Measures:
    """Of one ranking, or the mean of several."""

    ndcg: float
    recall_10: float
    recall_50: float
    reciprocal: float

    @classmethod
    def of(cls, ranking: Sequence[str], grades: Mapping[str, int]) -> Measures:
        """``ranking`` names each document once, best first; gain of a grade is ``2 ** grade - 1``."""
        found = [grades.get(key, 0) for key in ranking]
        first = next((place for place, grade in enumerate(found, start=1) if grade), None)
        best = sorted(grades.values(), reverse=True)
        return cls(
            ndcg=_gain(found[:10]) / _gain(best[:10]),
            recall_10=sum(map(bool, found[:10])) / len(grades),
            recall_50=sum(map(bool, found[:DEEPEST])) / len(grades),
            reciprocal=1 / first if first else 0.0,
        )

    @classmethod
    def mean(cls, several: Sequence[Measures]) -> Measures:
        """Every query counts the same."""
        n = len(several)
        return cls(
            sum(one.ndcg for one in several) / n,
            sum(one.recall_10 for one in several) / n,
            sum(one.recall_50 for one in several) / n,
            sum(one.reciprocal for one in several) / n,
        )

    def __str__(self) -> str:
        return f"{self.ndcg:8.3f}{self.recall_10:8.3f}{self.recall_50:8.3f}{self.reciprocal:8.3f}"


def _gain(grades: Iterable[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def load(sought: Sought, keys: Iterable[str]) -> list[Judged]:
    """The queries with judgments of ``keys``: what is not in the collection cannot be found."""
    there, found = set(keys), []
    for line in (HERE / f"{sought}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        grades = {key: grade for key, grade in row.pop("judgments").items() if key in there}
        if grades:
            found.append(Judged(**row, grades=grades))
    return found
