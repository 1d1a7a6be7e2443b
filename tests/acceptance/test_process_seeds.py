"""``kliping process`` on real articles and on our own, by the scorer: what this release promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.kliping_score.report import Report, score_files
from tests.support.running import kliping
from tests.support.shared import ROOT, require_shared

pytestmark = pytest.mark.timeout(300)


def processed(folder: Path, gold: Path, predictions: Path) -> Report:
    """Process every article of the folder and score the output against the gold."""
    result = kliping("process", folder)
    assert result.returncode == 0, result.stderr
    predictions.write_text(result.stdout, encoding="utf-8")
    return score_files(predictions, gold)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The five real articles."""
    shared = require_shared()
    predictions = tmp_path_factory.mktemp("real") / "predictions.jsonl"
    return processed(shared / "seeds", shared / "seeds-gold" / "gold.jsonl", predictions)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The project's own articles."""
    predictions = tmp_path_factory.mktemp("own") / "predictions.jsonl"
    return processed(ROOT / "seeds" / "articles", ROOT / "seeds" / "gold" / "gold.jsonl", predictions)


@pytest.mark.shared
def test_every_direct_quote_is_found(real: Report) -> None:
    """Recall 1.0."""
    assert real.claims.direct_quote_recall == 1.0


@pytest.mark.shared
def test_nothing_leaks_from_boilerplate(real: Report) -> None:
    """No claim touches a byline, a source note or boilerplate."""
    assert real.claims.leaks == 0


@pytest.mark.shared
def test_claims_are_found(real: Report) -> None:
    """Overlap F1 of at least 0.75."""
    assert real.claims.overlap.f1 >= 0.75


@pytest.mark.shared
def test_speakers_are_right(real: Report) -> None:
    """Accuracy of at least 0.85, by the canonical name."""
    assert real.claims.speaker_accuracy >= 0.85


@pytest.mark.shared
def test_metadata_is_as_in_the_gold(real: Report) -> None:
    """Title, byline, dateline place, origin and date of every article."""
    assert {name: value for name, value in real.metadata.accuracy.items() if value not in (None, 1.0)} == {}


@pytest.mark.shared
def test_the_same_claim_is_recognised_across_outlets(real: Report) -> None:
    """Cross-outlet pairs, end to end: F1 of at least 0.55."""
    assert real.claims.pairs_end_to_end.f1 >= 0.55


def test_own_articles_hold_the_same_promises(own: Report) -> None:
    """The same bars on articles that were written without having seen the rules."""
    assert own.claims.direct_quote_recall == 1.0
    assert own.claims.leaks == 0
    assert own.claims.overlap.f1 >= 0.75
    assert own.claims.pairs_end_to_end.f1 >= 0.55
