"""``python -m bench.ablation``: what learned parts would add to the rules, one table each.

Weights are learnt from ``seeds/`` and ``seeds/dev``; these are read by cross-validation over events, ``seeds/test`` is
only counted. ``services/extract/training/README.md`` has the tables and what was made of them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.ablation import borders, keeping, missed, speakers
from bench.ablation.readings import Reading, readings

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
LEARNT, COUNTED = (SEEDS, SEEDS / "dev"), SEEDS / "test"


def tables(learnt: Sequence[Reading], counted: Sequence[Reading]) -> Iterator[str]:
    """Speakers, and statements kept or dropped, their borders, and those that the rules miss."""
    yield from speakers.table(list(speakers.examples(learnt)), list(speakers.examples(counted)))
    for part in (keeping, borders, missed):
        yield ""
        yield from part.table(learnt, counted)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="further annotated sets to learn from")
    options = parser.parse_args()
    learnt, counted = list(readings((*LEARNT, *options.more))), list(readings([COUNTED]))
    for line in tables(learnt, counted):
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
