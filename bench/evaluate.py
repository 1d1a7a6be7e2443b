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

from bench.calibration import Outcome, by_rule, error, outcomes
from bench.claim_sets import load as load_gold
from bench.kliping_score.records import gold_article, pair_up, predicted_article, read_lines
from bench.kliping_score.report import Report, score
from bench.link_eval import report as report_links
from bench.link_eval import variants
from kliping_extract.lexicons import load_lexicon
from kliping_extract.pipeline import load
from kliping_ingest.reading import Limits, read_file
from kliping_link.linker import link_all
from kliping_shared.contracts import EnrichedArticle

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
#: Sets that rules are written with.
DEVELOPED = ("seeds", "dev")
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
    ("denials told, F1", "claims.denied.f1", ""),
    ("day of saying, F1", "claims.said_on.f1", ""),
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


@dataclass(frozen=True)
class Read:
    """What the pipeline made of a set: the measures, and what became of each claim."""

    report: Report
    claims: list[Outcome]


def extracted(some: Annotated) -> tuple[dict[str, str], list[EnrichedArticle]]:
    """The articles as we read them, and the name of each one's file by its id."""
    now = datetime.now(UTC)
    articles = [
        (path.name, article)
        for path in some.articles
        for article in read_file(path, name=path.name, limits=Limits(), now=now)
    ]
    names = {article.article_id: name for name, article in articles}
    return names, list(load().extract_many(article for _, article in articles))


def read(some: Annotated) -> Read:
    """Run the pipeline over the articles and compare with their gold."""
    names, articles = extracted(some)
    linked = link_all(articles)
    files = [names[article.article_id] for article in linked]
    predicted = [
        predicted_article({"file": file, **article.model_dump(mode="json")})
        for file, article in zip(files, linked, strict=True)
    ]
    gold = [gold_article(record) for record in read_lines(some.gold)]
    return Read(score(gold, predicted), outcomes(pair_up(gold, predicted)[0], linked, files))


def table(reports: Mapping[str, Report]) -> Iterable[str]:
    """One line a measure, one column a set."""
    yield f"{'':42}" + "".join(f"{name:>12}" for name in reports) + "   goal, unread"
    yield f"{'articles':42}" + "".join(f"{report.articles:>12}" for report in reports.values())
    for what, path, goal in ROWS:
        values = (_value(report.as_json(), path.split(".")) for report in reports.values())
        yield f"{what:42}" + "".join(f"{value:>12}" for value in values) + (f"   {goal}" if goal else "")


def calibration(found: Mapping[str, Read]) -> Iterable[str]:
    """How far confidence and truth are apart in each set, and what each rule's confidence should be."""
    errors = (f"{error(one.claims):>12.3f}" for one in found.values())
    yield f"{'expected calibration error':42}" + "".join(errors)
    developed = [outcome for name in DEVELOPED for outcome in found[name].claims]
    yield f"\n{'rule':20}{'claims':>8}{'right':>8}{'stated':>8}{'should':>8}   (in {' and '.join(DEVELOPED)})"
    stated = dict(load_lexicon().confidence)
    for rule, n, share, should in by_rule(developed, stated):
        yield f"{rule:20}{n:>8}{share:>8.2f}{stated[rule]:>8.2f}{should:>8.2f}"


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
        sets.append(Annotated("given", tuple(options.articles), options.gold))
    found = {some.name: read(some) for some in sets}
    reports = {name: one.report for name, one in found.items()}
    if options.json:
        sys.stdout.write(json.dumps({name: report.as_json() for name, report in reports.items()}, indent=1) + "\n")
        return 0
    sys.stdout.write("\n".join([*table(reports), "", *calibration(found)]) + "\n")
    compared = variants()
    for some in sets:
        report_links(load_gold(some.gold), compared, pairs=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
