"""Fitting the score of pairs of claims: a logistic regression with a ridge.

On pairs of claims of one source and one event in different articles, and on pairs of statements whose events are not
held out; contradicting statements count as one claim told in two ways. Pairs of statements were chosen to be hard, so
they count half and have a bias of their own, which is forgotten: how many say the same tells nothing about articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.claim_sets import Gold, Statements, across
from kliping_link.domain.levels import claim_level
from kliping_link.domain.score import Weights, evidence, same_source

_SEEDS = Path(__file__).resolve().parents[1] / "seeds"
#: The sets that the score is fitted on; never ``seeds/test``.
FITTED = (_SEEDS / "gold" / "gold.jsonl", _SEEDS / "dev" / "gold" / "gold.jsonl")
STATEMENTS = tuple(sorted((_SEEDS / "pairs").glob("*.jsonl")))
LEVEL = claim_level(Weights())
RIDGE = 3.0
STEPS = 30
#: What a pair of statements counts beside a pair of claims of articles.
STATED = 0.5

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


class Row(NamedTuple):
    """A pair's event, its evidence, whether both say the same, and whether it is a pair of statements."""

    event: str
    found: Mapping[str, float]
    same: bool
    stated: bool = False


def rows(sets: Iterable[Gold], pairs: Iterable[Statements]) -> list[Row]:
    """What the score is fitted on."""
    return [row for gold in sets for row in _gold_rows(gold)] + _statement_rows(pairs)


def _gold_rows(gold: Gold) -> list[Row]:
    """Pairs of claims on one event, of one source or of what may be one, that share anything and are looked for."""
    on_one_event = across(gold.claims, lambda a, b: gold.events[a.article] == gold.events[b.article])
    found_rows = []
    for a, b in sorted(on_one_event):
        mine, theirs = gold.features(a), gold.features(b)
        found = evidence(mine, theirs)
        if found and (not found["unsure_source"] or LEVEL.compares(mine, theirs)):
            found_rows.append(Row(gold.events[a.article], found, (a, b) in gold.pairs))
    return found_rows


def _statement_rows(pairs: Iterable[Statements]) -> list[Row]:
    """The same of pairs of statements whose events are not held out."""
    return [
        Row(pair.event, found, pair.label != "different", stated=True)
        for pair in pairs
        if not pair.held_out and same_source(pair.a, pair.b) and (found := evidence(pair.a, pair.b))
    ]


def fit(learnt: Sequence[Row], names: Sequence[str]) -> dict[str, float]:
    """What each of the named parts counts, and the ``bias``. The ridge holds for parts of equal spread."""
    x: Matrix = np.array([[*(row.found[name] for name in names), row.stated] for row in learnt], dtype=np.float64)
    y: Vector = np.array([row.same for row in learnt], dtype=np.float64)
    counts: Vector = np.array([STATED if row.stated else 1.0 for row in learnt], dtype=np.float64)
    centre, spread = x.mean(0), x.std(0) + 1e-9
    z = np.column_stack([(x - centre) / spread, np.ones(len(y))])
    ridge = np.array([RIDGE] * (len(names) + 1) + [0.0])
    beta = np.zeros(len(names) + 2)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-z @ beta))
        hessian = (z * (counts * p * (1 - p))[:, None]).T @ z + np.diag(ridge)
        beta += np.linalg.solve(hessian, z.T @ (counts * (y - p)) - ridge * beta)
    slopes = beta[:-1] / spread
    bias = float(beta[-1] - slopes @ centre)
    return {name: round(float(slope), 3) for name, slope in zip(names, slopes[:-1], strict=True)} | {
        "bias": round(bias, 3)
    }
