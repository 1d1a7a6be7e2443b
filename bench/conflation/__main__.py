"""``make bench-conflation``: pairs of words that must be one term and pairs that must not, and who gets them right.

Kliping's chain; Lucene's ``indonesian`` as OpenSearch runs it (the server at KLIPING_TEST_OPENSEARCH_URL, else a
container; ``--without-opensearch`` does without); Snowball's Indonesian and PySastrawi where they are installed
(``pip install snowballstemmer PySastrawi``: no part of Kliping needs them).
Precision: of the pairs that come to one term, how many must. Recall: of those that must, how many do. ``read`` is the
half whose mistakes may be read to mend the chain (by a hash of the line), ``unread`` the other half.
``--wrong`` lists Kliping's mistakes of the read half.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from opensearchpy import OpenSearch

from kliping_shared.analysis import stem
from tests.support.opensearch import URL_VARIABLE, serve

HERE = Path(__file__).resolve().parent
#: From words to their terms.
Stems = Callable[[Sequence[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Pair:
    """Two words that must, or must not, be one term; ``unread`` where nobody mends the chain by it."""

    one: str
    other: str
    merge: bool
    unread: bool


def pairs() -> list[Pair]:
    """Both lists. A family is in one half as a whole."""
    return [*_pairs("merge.txt", merge=True), *_pairs("apart.txt", merge=False)]


def _pairs(name: str, *, merge: bool) -> Iterator[Pair]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            for some in line.split(",") if not merge else [line]:
                first, *others = some.split()
                unread = hashlib.sha1(some.strip().encode(), usedforsecurity=False).digest()[0] % 2 == 1
                yield from (Pair(first, other, merge, unread) for other in others)


def figures(some: Sequence[Pair], stems: Mapping[str, str]) -> str:
    """Precision, recall, F1, and how many of each list are right."""
    merged = [pair for pair in some if stems[pair.one] == stems[pair.other]]
    right, must = sum(pair.merge for pair in merged), sum(pair.merge for pair in some)
    precision, recall = right / max(1, len(merged)), right / must
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    apart = len(some) - must - (len(merged) - right)
    return f"{precision:8.3f}{recall:8.3f}{f1:8.3f}{f'{right}/{must}':>10}{f'{apart}/{len(some) - must}':>10}"


def stemmers(url: str | None) -> Iterator[tuple[str, Stems]]:
    """Every stemmer that is there."""
    yield "Kliping", lambda words: {word: stem(word) for word in words}
    if url:
        yield "Lucene indonesian (OpenSearch)", lambda words: _lucene(url, words)
    if snowball := _there("snowballstemmer"):
        yield "Snowball indonesian", lambda words: _each(snowball.stemmer("indonesian").stemWord, words)
    if sastrawi := _there("Sastrawi.Stemmer.StemmerFactory"):
        yield "PySastrawi", lambda words: _each(sastrawi.StemmerFactory().create_stemmer().stem, words)
    yield "no stemming", lambda words: {word: word.lower() for word in words}


def _there(module: str):  # type: ignore[no-untyped-def]  # neither has types
    try:
        return import_module(module)
    except ImportError:
        return None


def _each(stems: Callable[[str], str], words: Sequence[str]) -> Mapping[str, str]:
    return {word: stems(word.lower()) for word in words}


def _lucene(url: str, words: Sequence[str]) -> Mapping[str, str]:
    """A word that the analyzer drops is its own term: none of ours asks for it."""
    client = OpenSearch(url)
    answer = client.indices.analyze(body={"analyzer": "indonesian", "text": "\n".join(words)})
    client.close()
    starts, place = {}, 0
    for word in words:
        starts[place] = word
        place += len(word) + 1
    return {word: word for word in words} | {
        starts[token["start_offset"]]: token["token"] for token in answer["tokens"]
    }


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without-opensearch", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="list Kliping's mistakes of the read half")
    options = parser.parse_args()
    url = None if options.without_opensearch else os.environ.get(URL_VARIABLE) or serve(os.getpid())
    every = pairs()
    words = list(dict.fromkeys(word for pair in every for word in (pair.one, pair.other)))
    halves = {"read": [one for one in every if not one.unread], "unread": [one for one in every if one.unread]}
    print(f"{'':32}" + "".join(f"{name:>28}{'':16}" for name in halves))
    print(f"{'':32}" + f"{'P':>8}{'R':>8}{'F1':>8}{'merged':>10}{'apart':>10}" * 2)
    for name, stems in stemmers(url):
        found = stems(words)
        print(f"{name:32}" + "".join(figures(half, found) for half in halves.values()))
    if options.wrong:
        for pair in halves["read"]:
            one, other = stem(pair.one), stem(pair.other)
            if (one == other) is not pair.merge:
                print(f"  {'apart' if pair.merge else 'merged'}: {pair.one} {pair.other} ({one}, {other})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
