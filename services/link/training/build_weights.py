"""Rebuild ``kliping_link/lexicon/weights.tsv``: how rare each stem is in Indonesian news and encyclopaedia text.

    python services/link/training/build_weights.py CORPORA

CORPORA is a folder with ``raw/*/*.txt.gz`` (one passage a line) and ``ner/*/train.jsonl.gz`` (``text`` per line). Only
the number of passages that hold a stem leaves this script; no text does. Sources: lexicon/README.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kliping_link.domain.words import content

TARGET = Path(__file__).resolve().parents[1] / "kliping_link" / "lexicon" / "weights.tsv"
HEADER = """\
# Stem, and its weight: log(N / passages that hold it) / log(N), N = {passages} passages; stems in one passage only are
# left out and weigh 1. Made by training/build_weights.py; sources and licences in README.md beside.
"""


def passages(corpora: Path) -> Iterator[str]:
    """Every distinct passage of the raw texts and of the sentences that the entity sets were published with."""
    for path in sorted(corpora.glob("raw/*/*.txt.gz")):
        yield from _lines(path)
    for path in sorted(corpora.glob("ner/*/train.jsonl.gz")):
        yield from (json.loads(line)["text"] for line in _lines(path))


def _lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()


def weigh(texts: Iterator[str]) -> tuple[dict[str, float], int]:
    """Weight of each stem found in two passages or more, and the number of passages."""
    distinct = {text.strip() for text in texts if text.strip()}
    found = Counter(term for text in distinct for term in set(content(text)) if not term[0].isdigit())
    scale = math.log(len(distinct))
    return {term: 1 - math.log(n) / scale for term, n in found.items() if n > 1}, len(distinct)


def main() -> None:
    """Write the weights, sorted by stem."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    weights, count = weigh(passages(parser.parse_args().corpora))
    rows = "".join(f"{term}\t{value:.3f}\n" for term, value in sorted(weights.items()))
    TARGET.write_text(HEADER.format(passages=count) + rows, "utf-8")


if __name__ == "__main__":
    main()
