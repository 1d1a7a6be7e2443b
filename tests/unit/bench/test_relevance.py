"""The judged queries and the measures of a ranking."""

from __future__ import annotations

import json
import re

import pytest

from bench.relevance.collection import SEEDS
from bench.relevance.judged import HERE, SOUGHT, Measures, Sought, load
from tests.support.shared import require_shared


def test_measures() -> None:
    """Discounted gain against the best order, shares of what is relevant, place of the first that is."""
    found = Measures.of(["x", "b", "a"], {"a": 3, "b": 1, "c": 1})
    best = 7 + 1 / 1.584962500721156 + 1 / 2
    assert found.ndcg == pytest.approx((1 / 1.584962500721156 + 7 / 2) / best)
    assert found.recall_10 == found.recall_50 == pytest.approx(2 / 3)
    assert found.reciprocal == 0.5


def test_best_and_worst_ranking() -> None:
    """The best order has 1 of everything, nothing found has 0."""
    assert Measures.of(["a", "b", "x"], {"a": 3, "b": 1}) == Measures(1.0, 1.0, 1.0, 1.0)
    assert Measures.of([], {"a": 3}) == Measures(0.0, 0.0, 0.0, 0.0)


def test_recall_ends_at_ten_and_fifty() -> None:
    """What comes later does not count."""
    ranking = [*(f"x{n}" for n in range(10)), "a", *(f"y{n}" for n in range(39)), "b"]
    assert Measures.of(ranking, {"a": 1, "b": 1}) == Measures(0.0, 0.0, 0.5, pytest.approx(1 / 11))


def _keys() -> set[str]:
    """Every key of the articles that are kept in the project."""
    keys = set()
    for name, folder in (("seeds", SEEDS), ("dev", SEEDS / "dev")):
        for line in (folder / "gold" / "gold.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            key = f"{name}/articles/{record['file']}"
            keys |= {key, *(f"{key}#{claim['start']}-{claim['end']}" for claim in record["claims"])}
    return keys


@pytest.mark.parametrize("sought", SOUGHT)
def test_judgments_name_what_there_is(sought: Sought) -> None:
    """Keys are articles or gold claims of the project, or of the acceptance articles; grades are 1 to 3."""
    keys, rows = _keys(), [json.loads(line) for line in (HERE / f"{sought}.jsonl").read_text("utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len({row["query"] for row in rows}) == len(rows) > 100
    for row in rows:
        assert set(row["judgments"].values()) <= {1, 2, 3}
        assert [key for key in row["judgments"] if key not in keys and not key.startswith("shared/")] == []


def test_both_halves_have_queries() -> None:
    """Neither half of the queries is much larger than the other."""
    for sought in SOUGHT:
        unread = [one.unread for one in load(sought, _keys())]
        assert 0.35 < sum(unread) / len(unread) < 0.65


@pytest.mark.shared
def test_no_sentence_of_the_acceptance_articles() -> None:
    """No four words in a row are theirs."""
    theirs = {run for path in (require_shared() / "seeds").glob("*.txt") for run in _runs(path.read_text("utf-8"))}
    for sought in SOUGHT:
        for line in (HERE / f"{sought}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            assert not theirs & {*_runs(row["query"]), *_runs(row["need"])}


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n : n + 4]) for n in range(len(words) - 3)}
