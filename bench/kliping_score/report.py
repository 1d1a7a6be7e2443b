"""All measures of one run, as values, as JSON and as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .claims import ClaimScores, score_claims
from .entities import EntityScores, score_entities
from .metadata import MetadataScores, score_metadata
from .records import Article, ScoreError, gold_article, pair_up, predicted_article, read_lines


@dataclass(frozen=True, slots=True)
class Report:
    """The measures of one run, and notes on files that did not fit."""

    articles: int
    claims: ClaimScores
    entities: EntityScores
    metadata: MetadataScores
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Nested plain values: ``{"claims": {"exact": {"precision", "recall", "f1"}, …}, …}``."""
        return asdict(self)


def score(gold: list[Article], predicted: list[Article]) -> Report:
    """Compare predictions with gold; raises ``ScoreError`` when they are not of the same texts."""
    pairs, notes = pair_up(gold, predicted)
    return Report(len(pairs), score_claims(pairs), score_entities(pairs), score_metadata(pairs), tuple(notes))


def score_files(predictions: Path, gold: Path) -> Report:
    """The same for two files of JSON lines; raises ``ScoreError``, also for records of another shape."""
    return score(_articles(gold, gold_article), _articles(predictions, predicted_article))


def _articles(path: Path, build: Callable[[dict[str, Any]], Article]) -> list[Article]:
    articles = []
    for number, record in enumerate(read_lines(path), start=1):
        try:
            articles.append(build(record))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ScoreError(f"{path}, record {number} has another shape: {error!r}") from error
    return articles


def _rows(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    if value is None:
        yield prefix, "n/a"
    elif isinstance(value, dict) and value.keys() == {"precision", "recall", "f1"}:
        yield prefix, f"P {value['precision']:.3f}  R {value['recall']:.3f}  F1 {value['f1']:.3f}"
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _rows(f"{prefix}.{name}" if prefix else name, inner)
    elif isinstance(value, float):
        yield prefix, f"{value:.3f}"
    elif isinstance(value, int):
        yield prefix, str(value)


def table(report: Report) -> str:
    """One line a measure; then the metadata that differ, and the notes."""
    rows = list(_rows("", report.as_json()))
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:{width}}  {figure}" for name, figure in rows]
    return "\n".join([*lines, *(f"wrong: {line}" for line in report.metadata.wrong)])
