"""``make eval``: how well articles are read, over every annotated set, in one table; links on gold claims below it.

``seeds/`` is the demo and its tests' set, ``seeds/dev`` the set whose errors are read, ``seeds/test`` the one that is
only measured. More sets of that format by path: ``make eval ARGS="--gold DIR/gold.jsonl --articles DIR/*.txt"``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.kliping_score.records import gold_article, predicted_article, read_lines
from bench.kliping_score.report import Report, score
from bench.link_eval import load as load_gold
from bench.link_eval import report as report_links
from kliping_extract.pipeline import load
from kliping_ingest.reading import Limits, read_file
from kliping_link.linker import link_all

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
#: Rows of the table: what it is called, where it stands in the report, and the goal on articles that nobody read.
ROWS = (
    ("claims found, overlap >= 0.5, F1", "claims.overlap.f1", ">= 0.95"),
    ("claims found exactly, F1", "claims.exact.f1", ">= 0.90"),
    ("direct quotes, recall", "claims.direct_quote_recall", ""),
    ("indirect claims, recall", "claims.recall_by_kind.indirect", ">= 0.92"),
    ("speaker right, canonical name", "claims.speaker_accuracy", ">= 0.95"),
    ("speaker right, any of his names", "claims.speaker_accuracy_any_name", ""),
    ("kind right", "claims.kind_accuracy", ">= 0.97"),
    ("cue right", "claims.cue_accuracy", ""),
    ("claims in bylines and boilerplate", "claims.leaks", "0"),
    ("entities, span and type, F1", "entities.strict.f1", ">= 0.90"),
    ("canonical names, B-cubed F1", "entities.canonical_aligned.f1", ">= 0.95"),
    ("title right", "metadata.accuracy.title", ""),
    ("outlet right", "metadata.accuracy.outlet", ""),
    ("origin right", "metadata.accuracy.origin", ""),
    ("characters in the right zone", "metadata.zone_accuracy", ""),
    ("same claim across outlets, end to end, F1", "claims.pairs_end_to_end.f1", ""),
)


@dataclass(frozen=True)
class Annotated:
    """A set of articles with their gold."""

    name: str
    articles: tuple[Path, ...]
    gold: Path

    @classmethod
    def of(cls, folder: Path) -> Annotated:
        """One of the folders of ``seeds/``."""
        return cls(folder.name, tuple(sorted((folder / "articles").iterdir())), folder / "gold" / "gold.jsonl")


def read(some: Annotated) -> Report:
    """What the pipeline makes of the articles, against their gold."""
    now = datetime.now(UTC)
    articles = [
        (path.name, article)
        for path in some.articles
        for article in read_file(path, name=path.name, limits=Limits(), now=now)
    ]
    names = {article.article_id: name for name, article in articles}
    linked = link_all(list(load().extract_many(article for _, article in articles)))
    predicted = [
        predicted_article({"file": names[article.article_id], **article.model_dump(mode="json")}) for article in linked
    ]
    return score([gold_article(record) for record in read_lines(some.gold)], predicted)


def table(reports: Mapping[str, Report]) -> Iterable[str]:
    """One line a measure, one column a set."""
    yield f"{'':42}" + "".join(f"{name:>12}" for name in reports) + "   goal, unread"
    yield f"{'articles':42}" + "".join(f"{report.articles:>12}" for report in reports.values())
    for what, path, goal in ROWS:
        values = (_value(report.as_json(), path.split(".")) for report in reports.values())
        yield f"{what:42}" + "".join(f"{value:>12}" for value in values) + (f"   {goal}" if goal else "")


def _value(found: Any, path: Sequence[str]) -> str:
    for name in path:
        found = found[name]
    return "n/a" if found is None else str(found) if isinstance(found, int) else f"{found:.3f}"


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="gold of one more set")
    parser.add_argument("--articles", type=Path, nargs="+", default=[], help="its files")
    parser.add_argument("--json", action="store_true", help="print the reports as JSON instead")
    options = parser.parse_args()
    sets = [Annotated.of(folder) for folder in (SEEDS, SEEDS / "dev", SEEDS / "test")]
    if options.gold:
        sets.append(Annotated(options.gold.parent.name, tuple(options.articles), options.gold))
    reports = {some.name: read(some) for some in sets}
    if options.json:
        sys.stdout.write(json.dumps({name: report.as_json() for name, report in reports.items()}, indent=1) + "\n")
        return 0
    sys.stdout.write("\n".join(table(reports)) + "\n")
    for some in sets:
        report_links(load_gold(some.gold), pairs=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
