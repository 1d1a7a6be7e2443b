"""The extractor on the five real articles, zones as ingest finds them: what this release promises."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from kliping_extract import pipeline
from kliping_ingest.domain.limits import Limits
from kliping_ingest.reading import read_file
from tests.support.shared import require_shared

pytestmark = [pytest.mark.shared, pytest.mark.timeout(300)]
NOW = datetime(2023, 9, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Figures of the scorer beside the gold."""
    shared = require_shared()
    extractor = pipeline.load()
    lines = []
    for path in sorted((shared / "seeds").glob("*.txt")):
        articles = read_file(path, name=path.name, limits=Limits(), now=NOW)
        made = extractor.extract_many(articles)
        lines += [orjson.dumps({**enriched.model_dump(mode="json"), "file": path.name}) for enriched in made]
    return _score(b"\n".join(lines), shared / "seeds-gold", tmp_path_factory.mktemp("extract") / "predictions.jsonl")


def _score(lines: bytes, gold: Path, predictions: Path) -> dict[str, Any]:
    converted = subprocess.run([sys.executable, gold / "from_kliping.py"], input=lines, capture_output=True, check=True)
    predictions.write_bytes(converted.stdout)
    run = [sys.executable, gold / "score.py", predictions, "--gold", gold / "gold.jsonl", "--json"]
    figures: dict[str, Any] = orjson.loads(subprocess.run(run, capture_output=True, check=True).stdout)
    return figures


def test_every_direct_quote_is_found(scores: dict[str, Any]) -> None:
    """Recall of direct quotes is whole."""
    assert scores["claim overlap recall, direct"] == 1.0


def test_boilerplate_leaks_nothing(scores: dict[str, Any]) -> None:
    """No claim touches boilerplate or byline."""
    assert scores["boilerplate leak rate"] == 0.0


@pytest.mark.parametrize(
    ("measure", "least"),
    [("speaker accuracy", 0.90), ("kind accuracy", 0.95), ("cue accuracy", 0.95)],
)
def test_accuracies_hold(scores: dict[str, Any], measure: str, least: float) -> None:
    """Speakers, kinds and cues are right on nearly all matched claims."""
    assert scores[measure] >= least


@pytest.mark.parametrize(
    ("measure", "least"),
    [
        ("claim overlap", 0.92),
        ("claim exact", 0.90),
        ("entity strict", 0.88),
        ("canonical B-cubed, aligned mentions", 0.95),
    ],
)
def test_f1_holds(scores: dict[str, Any], measure: str, least: float) -> None:
    """Claims and entities are found above what the prototype reached."""
    assert scores[measure]["f1"] >= least
