"""The folder service: waits for files, reads them, publishes their articles, moves them away."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import structlog

from kliping_ingest.domain.arrivals import Patience
from kliping_ingest.folder.lock import only_one
from kliping_ingest.folder.moves import check_shelves
from kliping_ingest.folder.watch import Watch
from kliping_ingest.folder.writers import is_remote
from kliping_ingest.handlers import publish_again, publish_readings
from kliping_ingest.inbox import Inbox
from kliping_ingest.isolated import IsolatedReader
from kliping_ingest.ledger import SqliteLedger
from kliping_ingest.ports import Kept, Publisher, Receipt
from kliping_ingest.progress import Progress, Reporter
from kliping_ingest.settings import IngestSettings
from kliping_shared.contracts import streams
from kliping_shared.errors import TransientError
from kliping_shared.inbox.names import shown
from kliping_shared.observability import Metrics

__all__ = ["FolderService", "Summary"]

_log = structlog.get_logger(__name__)
#: Seconds for the batch in hand after ``stop``; what is not published then is read again at the next start.
_GRACE: Final = 5.0
#: Articles of one file that a line names.
_SHOWN: Final = 20
#: Of a batch with more files not every one is logged.
_CROWD: Final = 20
_BACKLOG_LOOK: Final = 0.25
#: Seconds that a watching service waits for the broker's id; one that is away must not keep it from seeing files.
_ASKING: Final = 1.0
#: Seconds until the disk is tried again after it failed (full, read-only, unmounted).
_DISK_AGAIN: Final = 2.0


@dataclass(slots=True)
class Summary:
    """What ``drain`` did: files by outcome, the articles' ids in order, what was rejected, what is still written to."""

    ok: int = 0
    duplicate: int = 0
    rejected: int = 0
    unfinished: tuple[str, ...] = ()
    article_ids: list[str] = field(default_factory=list)
    rejections: list[Receipt] = field(default_factory=list)

    def add(self, receipt: Receipt) -> None:
        """Count one file that was moved away."""
        if receipt.outcome == "ok":
            self.ok += 1
        elif receipt.outcome == "duplicate":
            self.duplicate += 1
        else:
            self.rejected += 1
            self.rejections.append(receipt)
        self.article_ids.extend(receipt.article_ids)


class FolderService:
    """One inbox. Use within ``opened``; then ``run`` until stopped, or ``drain`` what is there."""

    def __init__(
        self,
        settings: IngestSettings,
        publisher: Publisher,
        *,
        metrics: Metrics,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.progress = Progress()
        self._settings = settings
        self._publisher = publisher
        self._metrics = metrics
        for outcome in ("ok", "duplicate", "rejected"):
            metrics.count("kliping_files_total", 0, outcome=outcome)
            metrics.count("kliping_messages_total", 0, stage="ingest", outcome=outcome)
        self._clock = clock
        self._reporter = Reporter(self.progress)
        self._wake = asyncio.Event()
        self._stopped = asyncio.Event()
        self._disk_fails = False
        self._lost, self._lost_after, self._ask_broker_at = 0, 0, 0.0
        self.watching = False

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[FolderService]:
        """Take hold of inbox and ledger. Raises SettingsError when another process has the inbox."""
        settings = self._settings
        settings.inbox.mkdir(parents=True, exist_ok=True)
        root = settings.inbox.resolve()
        remote = is_remote(root)
        with only_one(root, settings.ledger_path.with_name("ingest.lock")):
            check_shelves(root)
            self._events = settings.ingest_watch and not remote
            reader = IsolatedReader(seconds=settings.ingest_read_seconds)
            self._inbox = Inbox(
                root,
                reader=reader,
                patience=Patience(settings.ingest_quiet_seconds, settings.ingest_stable_seconds),
                limits=settings.limits,
                trust_leases=not remote,
                clock=self._clock,
            )
            self._ledger = SqliteLedger(settings.ledger_path, clock=self._clock)
            with contextlib.closing(self._ledger), contextlib.closing(reader):
                yield self

    def stop(self) -> None:
        """Let ``run`` end after the batch in hand."""
        self._stopped.set()
        self._wake.set()

    async def run(self) -> None:
        """Ingest whatever comes until ``stop``."""
        watch = self._watched(None)
        _log.info("watching", inbox=str(self._inbox.root), events=watch is not None)
        self.watching = True
        rescan_at = 0.0
        try:
            while not self._stopped.is_set():
                self._wake.clear()
                rescan = time.monotonic() >= rescan_at
                if rescan or (watch is not None and not watch.alive):
                    watch = self._watched(watch)
                try:
                    if await self._take_notice(watch, rescan=rescan):
                        rescan_at = time.monotonic() + self._rescan_every(watch)
                    if not await self._step_or_stop():
                        await self._sleep(rescan_at)
                except TransientError as error:
                    _log.error("the disk fails: trying again", error=str(error))
                    self._disk_fails, self._inbox.reconciled, rescan_at = True, False, 0.0
                    await self._pause(_DISK_AGAIN)
        finally:
            self.watching = False
            self._reporter.close()
            if watch is not None:
                await asyncio.to_thread(watch.stop)

    async def drain(self, *, patience: float = 10.0) -> Summary:
        """Ingest all that lies in the inbox now and move it away at once.

        Files that are still written to are waited for, at most ``patience`` seconds without any progress.
        """
        summary = Summary()
        await self._look_through()
        last = time.monotonic()
        while not self._stopped.is_set():
            if await self._step(settle=0.0, summary=summary):
                last = time.monotonic()
            elif self._inbox.beyond:
                await self._look_through()
            elif (not self._inbox.arrivals and not self._inbox.settling) or time.monotonic() - last > patience:
                break
            else:
                await asyncio.sleep(0.02)
        self._reporter.close()
        summary.unfinished = self._inbox.arrivals.names()
        return summary

    def waiting_for(self) -> tuple[str, ...]:
        """What keeps the service from being ready, in words."""
        return ("inbox",) if self._disk_fails else ()

    def _watched(self, watch: Watch | None) -> Watch | None:
        """Events of the inbox: as they are, or begun (again) where there are none; None where there can be none."""
        if not self._events or (watch is not None and watch.alive):
            return watch
        if watch is not None:
            watch.stop()
        fresh = Watch(self._inbox.root, self._wake.set)
        return fresh if fresh.start() else None

    async def _take_notice(self, watch: Watch | None, *, rescan: bool) -> bool:
        """Note what events told of; look through the folder when it is time or a folder came in. Whether it did."""
        told, folders = watch.take() if watch else ({}, False)
        if told:
            await asyncio.to_thread(self._inbox.told, told, self._ledger)
        if folders or rescan:
            await self._look_through()
        return folders or rescan

    def _rescan_every(self, watch: Watch | None) -> float:
        if self._inbox.beyond:
            return 0.5
        return self._settings.ingest_rescan_seconds if watch else self._settings.ingest_poll_seconds

    async def _look_through(self) -> None:
        try:
            await asyncio.to_thread(self._inbox.look_through, self._ledger)
            await asyncio.to_thread(self._measure_disks)
            self._disk_fails = False
        except OSError as error:
            self._disk_fails = True
            _log.error("the inbox cannot be read", inbox=str(self._inbox.root), error=str(error))

    async def _step_or_stop(self) -> bool:
        """One step; when stopped meanwhile it has the grace time, since the broker may be away for long."""
        step = asyncio.create_task(self._step(settle=self._settings.ingest_settle_seconds, asking=_ASKING))
        stopped = asyncio.create_task(self._stopped.wait())
        try:
            await asyncio.wait({step, stopped}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait({step}, timeout=_GRACE)
            return await step if step.done() else False
        finally:
            for task in (step, stopped):
                task.cancel()

    async def _step(self, *, settle: float, asking: float | None = None, summary: Summary | None = None) -> bool:
        """Take one batch as far as it goes; whether anything was done. ``asking``: see ``_ask_broker``."""
        inbox, ledger = self._inbox, self._ledger
        made_good = await self._make_good(asking)
        batch = await asyncio.to_thread(inbox.ready, ledger, self._settings.ingest_batch)
        self._count(in_work=len(batch))
        if batch and await self._has_room():
            readings, known = await asyncio.to_thread(inbox.read, batch, ledger)
            receipts = await publish_readings(readings, ledger=ledger, publisher=self._publisher) if readings else []
            names = {shown(one.name): one.name for one in batch}
            for receipt in (*receipts, *(receipt for _, receipt in known)):
                inbox.settle(names[receipt.path], receipt, settle)
                self.progress.articles += len(receipt.article_ids)
                _tell(receipt, quiet=len(batch) > _CROWD)
        moved = await self._move(summary)
        self._count()
        self._reporter.update()
        return bool(batch or moved or made_good)

    async def _make_good(self, asking: float | None) -> bool:
        """Publish again what a broker had that has lost its data since, one batch a call; whether there was any."""
        if time.monotonic() >= self._ask_broker_at:
            await self._ask_broker(asking)
        batch = await self._next_lost()
        if not batch or not await self._has_room():
            return False
        found = await publish_again(batch, self._inbox.read_again, ledger=self._ledger, publisher=self._publisher)
        for kept, one in zip(batch, found, strict=True):
            if one.later:
                _log.warning(
                    "cannot be read now, will try again", file=kept.path, kept_as=kept.kept_as, why=one.trouble
                )
            elif not one.articles:
                why = one.trouble or "the file holds other articles now"
                _log.warning("cannot be published again", file=kept.path, kept_as=kept.kept_as, why=why)
        self._lost -= sum(not one.later for one in found)
        self._lost_after = batch[-1].file_id
        return True

    async def _ask_broker(self, seconds: float | None) -> None:
        """Find out whether it is still the broker that it was; after so many ``seconds`` the next step asks again."""
        try:
            async with asyncio.timeout(seconds):
                broker_id = await self._publisher.broker_id()
        except TimeoutError:
            return
        lost = await asyncio.to_thread(self._ledger.use_broker, broker_id)
        if lost > self._lost:
            _log.warning("the broker has lost what it had: publishing it again from the files kept", files=lost)
        # From the first again: what could not be read then may be read now.
        self._lost, self._lost_after = lost, 0
        self._ask_broker_at = time.monotonic() + self._settings.ingest_rescan_seconds

    async def _next_lost(self) -> list[Kept]:
        if not self._lost:
            return []
        return await asyncio.to_thread(self._ledger.lost, self._settings.ingest_batch, self._lost_after)

    async def _move(self, summary: Summary | None) -> bool:
        try:
            moved = await asyncio.to_thread(self._inbox.move_settled, self._ledger, self._settings.ingest_batch)
        except OSError as error:
            _log.error("files cannot be moved away", inbox=str(self._inbox.root), error=str(error))
            self._disk_fails = True
            await self._pause(_DISK_AGAIN)
            return False
        self._disk_fails = False
        if moved:
            await asyncio.to_thread(self._ledger.finished, moved)
        for receipt, _ in moved:
            self.progress.outcomes[receipt.outcome] += 1
            self._metrics.count("kliping_files_total", outcome=receipt.outcome)
            self._metrics.outcome("ingest", receipt.outcome, max(len(receipt.article_ids), 1))
            if summary is not None:
                summary.add(receipt)
        return bool(moved)

    async def _has_room(self) -> bool:
        """The files are the buffer: no more is published than the stages behind can take. False when stopped."""
        told = False
        while not self._stopped.is_set() and await self._publisher.backlog() >= self._settings.ingest_backlog_limit:
            if not told:
                _log.info("waiting: the stages behind are full", limit=self._settings.ingest_backlog_limit)
            told = True
            self._metrics.gauge("kliping_backlog_waiting", 1)
            await self._pause(_BACKLOG_LOOK)
        self._metrics.gauge("kliping_backlog_waiting", 0)
        return not self._stopped.is_set()

    async def _pause(self, seconds: float) -> None:
        """Sleep, but not past ``stop``."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopped.wait(), seconds)

    def _count(self, in_work: int = 0) -> None:
        self.progress.waiting = len(self._inbox.arrivals) + self._inbox.beyond
        self.progress.in_work = in_work + len(self._inbox.settling)
        self._metrics.gauge("kliping_files_waiting", self.progress.open)

    def _measure_disks(self) -> None:
        for folder, path in (("inbox", self._inbox.root), ("data", self._settings.ledger_path.parent)):
            usage = shutil.disk_usage(path)
            self._metrics.gauge("kliping_disk_free_bytes", usage.free, folder=folder)
            self._metrics.gauge("kliping_disk_size_bytes", usage.total, folder=folder)

    async def _sleep(self, rescan_at: float) -> None:
        """Until an event comes or something is due."""
        due = self._inbox.next_due()
        until = min(rescan_at, due) if due is not None else rescan_at
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), max(until - time.monotonic(), 0.001))


def _tell(receipt: Receipt, *, quiet: bool) -> None:
    """One line a file, but for a crowd, whose progress is shown instead; what was rejected is always told."""
    if receipt.error is None:
        log = _log.debug if quiet else _log.info
        log("file read", file=receipt.path, outcome=receipt.outcome, **_articles(receipt))
    else:
        _log.warning(
            "file rejected",
            file=receipt.path,
            code=receipt.error.code,
            message=receipt.error.message,
            hint=receipt.error.hint,
            records=len(receipt.failed),
            **_articles(receipt),
        )


def _articles(receipt: Receipt) -> dict[str, Any]:
    """What a line about a file says of its articles: the one, or how many and the first of them."""
    ids = receipt.article_ids
    if len(ids) == 1:
        return {"articles": 1, "article_id": ids[0], "stream": streams.ARTICLE}
    return {"articles": len(ids), **({"article_ids": list(ids[:_SHOWN]), "stream": streams.ARTICLE} if ids else {})}
