"""Pairs of statements: what is written in sight of the rules never measures them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.claim_fit import STATEMENTS
from bench.claim_sets import is_held_out

CONTRASTS = sorted((Path(__file__).resolve().parents[3] / "seeds" / "pairs" / "contrasts").glob("*.jsonl"))
LABELS = {"same", "contradicting", "different"}


def rows() -> list[dict[str, Any]]:
    """All pairs written in sight of the rules."""
    return [json.loads(line) for path in CONTRASTS for line in path.read_text("utf-8").splitlines()]


def test_contrasts_are_for_development_alone() -> None:
    """None of their events is held out, and the score is not fitted on them."""
    assert {row["event"] for row in rows() if is_held_out(row["event"])} == set()
    assert set(CONTRASTS).isdisjoint(STATEMENTS)


def test_contrasts_are_whole() -> None:
    """Each pair once, of two outlets, each claim within its sentence."""
    told = [(row["event"], row["a"]["claim"], row["b"]["claim"]) for row in rows()]
    assert len(set(told)) == len({row["id"] for row in rows()}) == len(told) > 800
    assert {row["label"] for row in rows()} == LABELS
    assert all(row["a"]["outlet"] != row["b"]["outlet"] for row in rows())
    assert all(row[side]["claim"] in row[side]["sentence"] for row in rows() for side in "ab")
