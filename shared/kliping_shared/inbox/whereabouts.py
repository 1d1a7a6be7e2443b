"""Where a file is on its way: from the ledger, the trails of its articles and the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from kliping_shared.bus import TrailEntry
from kliping_shared.errors import StoreUnavailable
from kliping_shared.inbox.ledger import FileStatus
from kliping_shared.portions import portions
from kliping_shared.store.ports import Finder

#: What a file, or an article, waits for; then where it ends. Files are as far as the article that is least far.
Stage = Literal[
    "waiting", "reading", "dead", "extract", "link", "index", "unknown", "replaced", "searchable", "rejected"
]
STAGES: Final[tuple[Stage, ...]] = (
    "waiting", "reading", "dead", "extract", "link", "index", "unknown", "replaced", "searchable", "rejected",
)  # fmt: skip
#: Nothing more happens to these by itself.
ENDS: Final[frozenset[Stage]] = frozenset({"replaced", "searchable", "rejected"})
#: The stage that comes after another, by what trails call them.
_NEXT: Final[tuple[tuple[str, Stage], ...]] = (("index", "replaced"), ("link", "index"), ("extract", "link"))
_PORTION: Final = 500


@dataclass(frozen=True, slots=True)
class ArticleAt:
    """An article on its way. ``stages`` are those that have finished with it; none where the broker is away.

    Whether it is ``searchable`` nobody knows while the store is away.
    """

    article_id: str
    title: str | None
    searchable: bool | None
    language: str | None
    extractor: str | None
    stages: tuple[TrailEntry, ...]

    @property
    def stage(self) -> Stage:
        """What it waits for. ``replaced``: it went through, and a newer version took its place."""
        if self.searchable:
            return "searchable"
        done = {entry.stage: entry.outcome for entry in self.stages}
        if "dead" in done.values():
            return "dead"
        if self.searchable is None and "index" in done:
            return "searchable"
        return next((then for stage, then in _NEXT if stage in done), "extract" if done else "unknown")


async def articles_at(
    reader: Finder, trails: Mapping[str, tuple[TrailEntry, ...]], article_ids: Sequence[str]
) -> list[ArticleAt]:
    """Where each of the articles is: by its trail alone while the store is away."""
    try:
        found, away = await _found(reader, article_ids), False
    except StoreUnavailable:
        found, away = {}, True
    return [
        ArticleAt(
            article_id=id,
            title=found.get(id, {}).get("title"),
            searchable=None if away else id in found,
            language=found.get(id, {}).get("language"),
            extractor=found.get(id, {}).get("extractor"),
            stages=trails.get(id, ()),
        )
        for id in article_ids  # noqa: A001 - the field's word
    ]


async def _found(reader: Finder, article_ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for some in portions(article_ids, _PORTION):
        found |= {one["article_id"]: one for one in await reader.get_many("articles", some, body=False)}
    return found


def stage_of(file: FileStatus, articles: Sequence[ArticleAt]) -> Stage:
    """How far the file is: as far as that of its articles which is least far."""
    if file.state in ("waiting", "rejected"):
        return file.state
    if file.published_at is None:
        return "reading"
    return min((article.stage for article in articles), key=STAGES.index, default="searchable")
