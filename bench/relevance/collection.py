"""The articles that are searched: read by the project's own pipeline, with the gold claims that hits are held against."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kliping_extract.pipeline import load
from kliping_index.domain.documents import changes
from kliping_ingest.reading import Limits, read_file
from kliping_link.linker import link
from kliping_link.memory_state import MemoryState
from kliping_shared.store.ports import Change, Hit, Put
from tests.support.shared import shared_folder

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
#: Claims are the same where they share so much of what either of them covers.
OVERLAP = 0.5

Span = tuple[int, int]


@dataclass(frozen=True)
class Collection:
    """What the index service writes (``told``), the file of each article id, and the gold claims of each file."""

    told: Sequence[Sequence[Change]]
    files: dict[str, str]
    gold: dict[str, list[Span]]

    @property
    def keys(self) -> list[str]:
        """Every key that a judgment may name."""
        return [*self.gold, *(_claim_key(file, span) for file, spans in self.gold.items() for span in spans)]

    def key(self, hit: Hit) -> str:
        """The key of what was found; of an extracted claim that is no gold claim, its own."""
        if hit.kind == "articles":
            return self.files[hit.id]
        return self._claim(self.files[hit.document["article_id"]], (hit.document["start"], hit.document["end"]))

    def reachable(self) -> set[str]:
        """Keys of the gold claims that were extracted: only these can be found."""
        puts = [change for message in self.told for change in message if isinstance(change, Put)]
        found = {put.id: Hit(put.id, put.kind, put.document, 0.0) for put in puts if put.kind == "claims"}
        return {self.key(hit) for hit in found.values()}

    def _claim(self, file: str, span: Span) -> str:
        best = max(self.gold[file], key=lambda gold: _overlap(gold, span), default=span)
        return _claim_key(file, best if _overlap(best, span) >= OVERLAP else span)


def _claim_key(file: str, span: Span) -> str:
    return f"{file}#{span[0]}-{span[1]}"


def _overlap(one: Span, other: Span) -> float:
    """Characters in common, of those that either covers."""
    common = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return common / (one[1] - one[0] + other[1] - other[0] - common)


def collection() -> Collection:
    """The demo articles, those of ``seeds/dev``, and the acceptance articles where they are."""
    sets = [
        ("seeds/articles", SEEDS / "articles", SEEDS / "gold"),
        ("dev/articles", SEEDS / "dev/articles", SEEDS / "dev/gold"),
    ]
    if shared := shared_folder():
        sets.append(("shared", shared / "seeds", shared / "seeds-gold"))
    gold = {
        f"{name}/{record['file']}": [(claim["start"], claim["end"]) for claim in record["claims"]]
        for name, _, folder in sets
        for record in map(json.loads, (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    }
    return _read([(f"{name}/{path.name}", path) for name, folder, _ in sets for path in sorted(folder.iterdir())], gold)


def _read(paths: Iterable[tuple[str, Path]], gold: dict[str, list[Span]]) -> Collection:
    now, state = datetime.now(UTC), MemoryState()
    articles, files = [], {}
    for key, path in paths:
        for article in read_file(path, name=path.name, limits=Limits(), now=now):
            articles.append(article)
            files[article.article_id] = key
    linked = (link(state, enriched, now) for enriched in load().extract_many(articles))
    return Collection([changes(one) for one in linked if one is not None], files, gold)
