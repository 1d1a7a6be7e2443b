"""The inbox as the page and the API have it: what lies in it, how far each file is, trying again."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

import structlog
from fastapi import HTTPException

from kliping_search.desk import Desk
from kliping_search.lookup import NotFound, Store
from kliping_search.settings import SearchSettings
from kliping_shared.bus import TrailEntry, queues, trails
from kliping_shared.inbox.ledger import FileCounts, FileStatus, State, file_counts, find_files, latest_files
from kliping_shared.inbox.retrying import still_rejected, try_again
from kliping_shared.inbox.whereabouts import ENDS, ArticleAt, Stage, articles_at, stage_of
from kliping_shared.notices import Notice

#: Articles of one file that are told of.
MOST_ARTICLES: Final = 20
#: Files whose progress is told as it happens.
_LATEST: Final = 50
#: Seconds for which what was found is told to others who ask.
_FRESH_S: Final = 1.0

T = TypeVar("T")

INBOX_AWAY: Final = HTTPException(503, "The inbox cannot be written to at the moment. Do it again shortly.")

log = structlog.get_logger("kliping.search")


@dataclass(frozen=True)
class FileAt:
    """A file, how far it is, and the first of its articles. ``retryable``: it lies among the rejected ones."""

    status: FileStatus
    stage: Stage
    articles: tuple[ArticleAt, ...]
    retryable: bool = False

    @property
    def certain(self) -> bool:
        """Whether it is known which of its articles are found; it is not while the store is away."""
        return all(article.searchable is not None for article in self.articles)

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self.stage in ENDS and self.certain and not self.retryable


@dataclass(frozen=True)
class Overview:
    """How full everything is, and the latest files. ``waiting``: articles before each stage; none where the broker is away."""

    counts: FileCounts
    waiting: Mapping[str, int]
    files: tuple[FileAt, ...]


@dataclass
class _Kept:
    """What was found last; files that are through are not looked up again."""

    at: float = -_FRESH_S
    overview: Overview | None = None
    through: dict[int, FileAt] = field(default_factory=dict)


class Files:
    """The inbox and the ledger of one Kliping. Without an inbox at hand no file can be tried again."""

    def __init__(self, settings: SearchSettings, store: Store, desk: Desk) -> None:
        self._inbox = settings.inbox
        self._ledger = settings.ledger or settings.ledger_path
        self._store = store
        self._desk = desk
        self._kept = _Kept()
        self._asking = asyncio.Lock()

    async def counts(self) -> FileCounts:
        """Files by state. Raises HTTPException (503)."""
        return await self._from_ledger(lambda: file_counts(self._ledger))

    async def latest(
        self, states: Sequence[State] = (), before: int | None = None, limit: int = _LATEST
    ) -> list[FileAt]:
        """The files that came last, of those with a lower number than ``before``. Raises HTTPException (503)."""
        return await self._placed(
            await self._from_ledger(
                lambda: latest_files(self._ledger, states, before=before, limit=limit, articles=MOST_ARTICLES)
            )
        )

    async def overview(self) -> Overview:
        """As of at most a second ago, for however many ask. Raises as ``latest``."""
        async with self._asking:
            kept = self._kept
            if kept.overview is None or time.monotonic() - kept.at > _FRESH_S:
                kept.overview = await self._look(kept)
                kept.at = time.monotonic()
            return kept.overview

    async def retry(self, name: str) -> str:
        """Move a rejected file back into the inbox; its path there. Raises NotFound, HTTPException (503)."""
        kept_as = f".rejected/{name}"
        stays = await self._from_ledger(lambda: find_files(self._ledger, kept_as))
        file = next((stay for stay in stays if stay.state == "rejected" and stay.kept_as == kept_as), None)
        if file is None:
            raise NotFound(Notice("There is no rejected file {name}.", name=name))
        try:
            path = await asyncio.to_thread(try_again, self._inbox, kept_as, file.path)
        except OSError as error:
            log.warning("a rejected file could not be moved back", file=name, reason=str(error))
            raise INBOX_AWAY from None
        if path is None:
            raise NotFound(Notice("{name} does not lie among the rejected files any more.", name=name))
        return path

    async def _look(self, kept: _Kept) -> Overview:
        counts = await self.counts()
        stays = await self._from_ledger(lambda: latest_files(self._ledger, limit=_LATEST, articles=MOST_ARTICLES))
        known = {stay.number: kept.through[stay.number] for stay in stays if stay.number in kept.through}
        fresh = await self._placed([stay for stay in stays if stay.number not in known])
        files = {file.status.number: file for file in fresh} | known
        kept.through = {number: file for number, file in files.items() if file.ended}
        return Overview(counts, await self._queues(), tuple(files[stay.number] for stay in stays))

    async def _placed(self, stays: Sequence[FileStatus]) -> list[FileAt]:
        """Where each of the files is."""
        ids = list(dict.fromkeys(name for stay in stays for name in stay.article_ids))
        found = {
            article.article_id: article for article in await articles_at(self._store, await self._trails(ids), ids)
        }
        # Rejected again, a file lies where it lay before: the later stay speaks for it.
        lying = {stay.kept_as: stay for stay in reversed(stays) if stay.state == "rejected" and stay.kept_as}
        placed = []
        for stay in stays:
            articles = tuple(found[name] for name in stay.article_ids)
            retryable = lying.get(stay.kept_as or "") is stay and still_rejected(self._inbox, stay.kept_as or "")
            placed.append(FileAt(stay, stage_of(stay, articles), articles, retryable))
        return placed

    async def _trails(self, ids: Sequence[str]) -> Mapping[str, tuple[TrailEntry, ...]]:
        try:
            return await self._desk.bounded(trails(self._desk.client, ids)) if ids else {}
        except HTTPException:  # the broker is away: what the ledger and the store know is told all the same
            return {}

    async def _queues(self) -> Mapping[str, int]:
        try:
            return await self._desk.bounded(queues(self._desk.client))
        except HTTPException:
            return {}

    async def _from_ledger(self, read: Callable[[], T]) -> T:
        try:
            return await asyncio.to_thread(read)
        except sqlite3.Error as error:
            log.warning("the ledger cannot be read", reason=str(error))
            raise HTTPException(503, "The list of files cannot be read at the moment. Try again shortly.") from None
