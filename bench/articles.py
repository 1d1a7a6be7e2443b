"""The articles that benchmarks read, and the calm in which they run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.articles import invented


@contextmanager
def silence() -> Iterator[None]:
    """No numerical library may use a second core behind our back."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[name] = "1"
    yield


def texts(folder: Path | None, count: int) -> list[str]:
    """``count`` different texts: invented, or made from the articles of ``folder``."""
    if folder is None:
        return [article.text for article in invented(count, seed=3)]
    sources = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    return [f"{sources[number % len(sources)].rstrip()}\nLaporan nomor {number}.\n" for number in range(count)]
