"""Whether a claim's confidence says how often such claims are right: per rule, and over all claims of a set.

``make eval`` prints the table. ``lexicon/rules.toml`` holds each rule's confidence: the share of its claims that gold has
(word overlap of at least a half) in the sets that rules are developed with, drawn to the first estimate by ``PRIOR``
claims' worth, since many rules have few claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.kliping_score.claims import match_overlap
from bench.kliping_score.records import Pair
from kliping_shared.contracts import LinkedArticle

PRIOR = 10
#: Claims are sorted by confidence into so many bins of equal size for the calibration error.
BINS = 5


@dataclass(frozen=True)
class Outcome:
    """One claim that was found: its rule, its confidence, whether gold has it."""

    rule: str
    confidence: float
    is_right: bool


def outcomes(pairs: Iterable[Pair], articles: Sequence[LinkedArticle], files: Sequence[str]) -> list[Outcome]:
    """What became of every claim of the articles. ``files``: the name of each article's file."""
    by_file = dict(zip(files, articles, strict=True))
    found = []
    for pair in pairs:
        right = {j for _, j in match_overlap(pair.gold.text, pair.gold.claims, pair.guess.claims)}
        claims = by_file[pair.gold.file].claims if pair.predicted else ()
        found += [Outcome(claim.rule, claim.confidence, j in right) for j, claim in enumerate(claims)]
    return found


def error(some: Sequence[Outcome]) -> float:
    """Expected calibration error (Naeini et al. 2015): mean distance of confidence and share that is right, by bins."""
    ordered = sorted(some, key=lambda one: one.confidence)
    size = max(1, -(-len(ordered) // BINS))
    bins = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    return sum(abs(sum(o.confidence - o.is_right for o in part)) for part in bins) / max(1, len(ordered))


def by_rule(developed: Sequence[Outcome], stated: dict[str, float]) -> Iterator[tuple[str, int, float, float]]:
    """Rule, its claims in the development sets, the share that is right, and the confidence it should have."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for one in developed:
        counts[one.rule].append(one.is_right)
    for rule, first in stated.items():
        hits, n = sum(counts[rule]), len(counts[rule])
        yield rule, n, hits / n if n else 0.0, (hits + PRIOR * first) / (n + PRIOR)
