"""Scores a trained pipeline on the development sets; with `--check`, fails when it differs from recorded metrics.

    python services/extract/training/scripts/evaluate.py --corpora ../shared/corpora
    python services/extract/training/scripts/evaluate.py --corpora ../shared/corpora --check
    python services/extract/training/scripts/evaluate.py --corpora ../shared/corpora --check --model build/ner --tolerance 1.5

The packaged weights must score what `metrics.json` says (tolerance 0.3 points, for other processors' rounding); a new
training run must come within its noise (1.5 points on the smallest set).
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from corpora import dev_sets
from scoring import metrics_table, score_dev

from kliping_extract.nlp_base import MODEL_FOLDER, load_base

METRICS = Path(__file__).resolve().parents[1] / "metrics.json"


def differences(recorded: dict[str, Any], measured: dict[str, Any], tolerance: float) -> list[str]:
    """One line for every set whose micro F1 is further than `tolerance` points from the recorded one."""
    return [
        f"{name}: recorded {values['all']['f']}, measured {measured[name]['all']['f']}"
        for name, values in recorded.items()
        if abs(values["all"]["f"] - measured[name]["all"]["f"]) > tolerance
    ]


def main() -> int:
    """Command line entry; 1 when the check fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds ner/<corpus>/dev.jsonl.gz")
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--check", type=Path, nargs="?", const=METRICS, help="metrics file to compare with")
    parser.add_argument("--tolerance", type=float, default=0.3, help="allowed difference in points of F1")
    args = parser.parse_args()
    measured = score_dev(load_base(args.model), dev_sets(args.corpora))
    print(metrics_table(measured))
    if args.check is None:
        return 0
    recorded = json.loads(args.check.read_text(encoding="utf-8"))["scores"]
    problems = differences(recorded, measured, args.tolerance)
    print("\n".join(problems) or f"all sets within {args.tolerance} points of {args.check.name}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
