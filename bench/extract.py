"""``make bench-extract``: the extractor alone on one core, in CPU seconds: words a second, start, and growth with odd texts.

Articles as in ``make bench``. Tokeniser and recogniser are measured in the same run as the whole, in turns, and the best
turn counts: read the ratio. Growth is the CPU time of a text to that of its half; 2 is in proportion, 4 is its square.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.articles import silence, texts
from bench.table import Row, show, speed
from kliping_shared.contracts.article import Article

#: How often each part is measured.
TURNS = 3
#: Texts that a careless program takes a square of their length for, by size.
SHAPES: Mapping[str, tuple[int, Callable[[int], str]]] = {
    "a line of 2 MB": (36_000, lambda n: "Harga beras di pasar itu naik lagi pekan ini, kata Budi. " * n),
    "20,000 quote marks": (20_000, lambda n: ' "a' * n),
    "10,000 names": (10_000, lambda n: " ".join(f"{_word(i)} {_word(7 * i + 1)} mengatakan air naik." for i in range(n))),
    "50,000 brackets": (25_000, lambda n: "(" * n + ")" * n),
    "100,000 lines": (100_000, lambda n: "a\n" * n),
    "a word of 1 MB": (1_000_000, lambda n: "x" * n),
    "5,000 cues in one sentence": (5_000, lambda n: "harga naik, kata Budi, " * n),
    "5,000 nested quotes": (5_000, lambda n: "“‘" * n + "a" + "’”" * n),
}  # fmt: skip
_START = """
import resource, time
began = time.monotonic()
from kliping_extract.pipeline import load
imported = time.process_time()
load()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(imported, time.process_time() - imported, time.monotonic() - began, peak)
"""


@dataclass(frozen=True, slots=True)
class Extraction:
    """CPU seconds of the tokeniser, of tokeniser and recogniser, and of the whole extractor, over so many words."""

    tokenised: float
    recognised: float
    whole: float
    words: int


def extraction(articles: Sequence[str]) -> Extraction:
    """Measure the articles, read from memory; the strings of all of them are known when it begins."""
    from kliping_extract.nlp_base import load_base
    from kliping_extract.pipeline import load
    from kliping_extract.reader import BATCH

    made = [_article(text, number) for number, text in enumerate(articles)]
    base, extractor = load_base(), load()
    parts: Sequence[Callable[[], Iterable[object]]] = (
        lambda: (base.tokenizer(text) for text in articles),
        lambda: base.pipe(articles, batch_size=BATCH),
        lambda: extractor.extract_many(made),
    )
    turns = [[_cpu(part) for part in parts] for _ in range(1 + TURNS)][1:]
    tokenised, recognised, whole = (min(times) for times in zip(*turns, strict=True))
    return Extraction(tokenised, recognised, whole, sum(len(text.split()) for text in articles))


def _article(text: str, number: int) -> Article:
    from kliping_ingest.domain.article import make_article
    from kliping_ingest.domain.raw import RawArticle

    path, now = f"{number}.txt", datetime.now(UTC)
    return make_article(RawArticle(text), path=path, file_sha256="0" * 64, media_type="text/plain", now=now)


def _cpu(results: Callable[[], Iterable[object]]) -> float:
    gc.collect()
    started = time.process_time()
    for _ in results():
        pass
    return time.process_time() - started


def _word(number: int) -> str:
    """A capitalised word, another one for each number."""
    syllables, rest = "", number + 60
    while rest:
        rest, syllable = divmod(rest, 60)
        syllables += "bdgklmnprstw"[syllable % 12] + "aiueo"[syllable // 12]
    return syllables.capitalize()


def growth() -> Iterator[Row]:
    """The odd texts, each against its half."""
    from kliping_extract.pipeline import load

    extractor = load()
    for name, (size, make) in SHAPES.items():
        half, whole = (_article(make(n), n).model_copy(update={"language": "id"}) for n in (size // 2, size))
        first, second = (_cpu(lambda one=one: extractor.extract_many([one])) for one in (half, whole))  # type: ignore[misc]
        yield Row(name, f"{second:.1f} s CPU, {second / first:.1f} times its half", "<= 3 times")


def start() -> Row:
    """Import and load in a process of their own."""
    made = subprocess.run([sys.executable, "-c", _START], check=True, capture_output=True, text=True)
    imported, loaded, wall, peak = map(float, made.stdout.split())
    return Row(
        "start",
        f"import {imported:.2f}, load {loaded:.2f} s CPU; {wall:.1f} s; {peak:.0f} MiB",
        "load <= 1.5 s, 300 MiB",
    )


def measure(folder: Path | None, count: int) -> Iterator[Row]:
    """The table, row by row."""
    articles = texts(folder, count)
    got = extraction(articles)
    yield Row("articles, words per article", f"{count}, {got.words / count:.0f}")
    for name, seconds in (("tokeniser", got.tokenised), ("tokeniser and recogniser", got.recognised)):
        yield Row(name, speed(got.words, seconds, count))
    yield Row("extractor (nlp.pipe to EnrichedArticle)", speed(got.words, got.whole, count), ">= 10,000 words/s")
    yield Row("all but tokeniser and recogniser", f"{got.whole / got.recognised - 1:.0%} of their time", "<= 15 %")
    yield start()
    yield from growth()


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--count", type=int, default=200)
    options = parser.parse_args()
    with silence():
        show(measure(options.articles, options.count))
    return 0


if __name__ == "__main__":
    sys.exit(main())
