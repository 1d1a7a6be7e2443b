"""Refit ``kliping_link/lexicon/score.tsv``: what each part of a pair's evidence counts.

    PYTHONPATH=. python services/link/training/fit_score.py

Run at the root of the repository: ``bench/claim_fit.py`` says what it is fitted on, and how.
"""

from __future__ import annotations

from pathlib import Path

from bench.claim_fit import FITTED, STATEMENTS, fit, rows
from bench.claim_sets import load, load_pairs

TARGET = Path(__file__).resolve().parents[1] / "kliping_link" / "lexicon" / "score.tsv"
HEADER = """\
# What each part of the evidence counts in the score of two claims (domain/score.py says what the parts are): log odds
# for each unit; the score is the logistic function of their sum. Made by training/fit_score.py from {count} pairs of
# claims on one event, of sources that are or may be one, in seeds, seeds/dev and seeds/pairs (invented articles and statements).
"""


def main() -> None:
    """Write the parts."""
    learnt = rows([load(path) for path in FITTED], load_pairs(STATEMENTS))
    parts = fit(learnt, tuple(learnt[0].found))
    lines = "".join(f"{name}\t{value}\n" for name, value in parts.items())
    TARGET.write_text(HEADER.format(count=len(learnt)) + lines, "utf-8")


if __name__ == "__main__":
    main()
