"""Linking on the five real articles: with gold claims, and end to end with our own extraction."""

from __future__ import annotations

import importlib.util
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bench.claim_measures import Figures
from bench.claim_sets import load
from bench.link_eval import predicted
from kliping_extract.pipeline import load as load_extractor
from kliping_ingest.domain.limits import Limits
from kliping_ingest.reading import read_file
from kliping_link.domain.score import Weights
from kliping_link.linker import link_all
from kliping_shared.contracts import LinkedArticle
from tests.support.shared import require_shared

pytestmark = pytest.mark.shared


def test_gold_claims_are_paired_across_outlets() -> None:
    """On gold claims with gold speakers pairs reach the F1 of TF-IDF tuned on this very set (0.68) and more."""
    gold = load(require_shared() / "seeds-gold" / "gold.jsonl")
    assert Figures.of(predicted(gold, Weights()), gold.pairs).f1 >= 0.70


@pytest.fixture(scope="module")
def linked() -> list[tuple[str, LinkedArticle]]:
    """File name and linked article of each seed, by our own ingest, extract and link."""
    seeds = sorted((require_shared() / "seeds").glob("*.txt"))
    extractor, now = load_extractor(), datetime.now(UTC)
    read = [(path.name, article) for path in seeds for article in _articles(path, now)]
    found = link_all([extractor.extract(article) for _, article in read], now=now)
    return list(zip([name for name, _ in read], found, strict=True))


def _articles(path: Path, now: datetime) -> list[Any]:
    return read_file(path, name=path.name, limits=Limits(), now=now)


def test_end_to_end_pairs(linked: list[tuple[str, LinkedArticle]]) -> None:
    """With our own extraction cross-outlet pairs reach an F1 of 0.55."""
    scorer = _scorer()
    gold = scorer.read(scorer.GOLD)
    result, _ = scorer.score(gold, [_prediction(name, article) for name, article in linked])
    assert result["cross-outlet pairs, matched claims"]["f1"] >= 0.55


def test_the_five_articles_are_one_story_of_five_origins(linked: list[tuple[str, LinkedArticle]]) -> None:
    """All five report one event, from five independent origins, none copying another."""
    assert len({article.story_id for _, article in linked}) == 1
    (story,) = linked[0][1].stories
    assert len(story.members) == 5
    assert len(story.origins) == 5
    assert [member.copy_of for member in story.members] == [None] * 5


def _scorer() -> ModuleType:
    path = require_shared() / "seeds-gold" / "score.py"
    spec = importlib.util.spec_from_file_location("seeds_gold_score", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _prediction(name: str, article: LinkedArticle) -> dict[str, Any]:
    claims = [
        {
            "start": claim.spans[0].start,
            "end": claim.spans[-1].end,
            "spans": [[span.start, span.end] for span in claim.spans],
            "speaker": claim.speaker.name,
            "kind": claim.kind,
            "cue": claim.cue.text if claim.cue else None,
            "cluster": claim.group_id,
        }
        for claim in article.claims
    ]
    return {"file": name, "entities": [], "claims": claims}
