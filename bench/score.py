"""Score the output of ``kliping process`` against a gold file.

    kliping process seeds/articles/* > predictions.jsonl
    python bench/score.py predictions.jsonl [--gold seeds/gold/gold.jsonl] [--json]

``seeds/README.md`` describes the gold format and every measure.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, Python looks beside it only

from bench.kliping_score.records import ScoreError
from bench.kliping_score.report import score_files, table

GOLD = Path(__file__).resolve().parents[1] / "seeds" / "gold" / "gold.jsonl"


def main() -> int:
    """Print the measures; 0, or 2 with a message on stderr when a file cannot be read as what it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("predictions", type=Path, help="JSON lines as kliping process prints them")
    parser.add_argument("--gold", type=Path, default=GOLD, help="gold file, by default that of seeds/")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    options = parser.parse_args()
    try:
        report = score_files(options.predictions, options.gold)
    except (ScoreError, OSError) as error:
        print(f"score.py: {error}", file=sys.stderr)
        return 2
    for note in report.notes:
        print(f"score.py: {note}", file=sys.stderr)
    print(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if options.json else table(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
