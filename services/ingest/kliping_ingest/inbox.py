"""The inbox as the service sees it: which files are ready, what they hold, and moving them away. Blocking."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from kliping_ingest.domain.arrivals import Arrivals, Candidate, Patience, Writer
from kliping_ingest.domain.file_identity import Identity
from kliping_ingest.domain.limits import MIB, Limits
from kliping_ingest.folder.moves import drop_stale_reason, move, status_of
from kliping_ingest.folder.scan import scan
from kliping_ingest.folder.writers import writer_of
from kliping_ingest.isolated import IsolatedReader, Request
from kliping_ingest.ports import FileReading, Kept, Ledger, Receipt, Reread
from kliping_shared.inbox.folders import DONE, REJECTED
from kliping_shared.inbox.names import shown, unshown

__all__ = ["Inbox", "Ready", "Settling"]

#: Names kept at once; a scan gives the oldest and later ones the rest, so memory does not grow with the folder.
_MOST_NAMES: Final = 20_000
#: Bytes read for one batch, so that a hundred large files do not lie in memory together.
_BATCH_BYTES: Final = 16 * MIB
_DISK_AGAIN: Final = 2.0


@dataclass(frozen=True, slots=True)
class Ready:
    """A file whose writer is finished, in the state in which it is to be read."""

    name: str
    identity: Identity


@dataclass(frozen=True, slots=True)
class Settling:
    """A published (or bad) file that is moved away once it is old enough; ``due`` is monotonic."""

    name: str
    receipt: Receipt
    due: float


class Inbox:
    """Files of one folder. ``trust_leases``: the kernel's word on open writers holds for this file system."""

    def __init__(
        self,
        root: Path,
        *,
        reader: IsolatedReader,
        patience: Patience,
        limits: Limits,
        trust_leases: bool,
        clock: Callable[[], datetime],
    ) -> None:
        self.root = root
        self.arrivals = Arrivals(patience)
        self.settling: dict[str, Settling] = {}
        self.beyond = 0
        self.reconciled = False
        self._reader = reader
        self._limits = limits
        self._trust_leases = trust_leases
        self._clock = clock

    def look_through(self, ledger: Ledger) -> None:
        """Note all files that lie in the folder. Raises OSError when it cannot be read."""
        found, count = scan(self.root, limit=_MOST_NAMES)
        self.beyond = count - len(found)
        if not self.reconciled and not self.beyond:
            # Taken away, or moved without a note of it, while no service ran.
            ledger.forget(ledger.live() - {shown(one.name) for one in found})
            self.reconciled = True
        now, wall = time.monotonic(), time.time()
        fresh = [one for one in found if one.name not in self.arrivals and not self._settles(one.name, one.identity)]
        for one in fresh:
            self.arrivals.found(one.name, one.identity, now, age=wall - one.mtime_ns / 1e9)
        ledger.waiting(shown(one.name) for one in fresh)

    def told(self, names: dict[str, bool], ledger: Ledger) -> None:
        """Note files that events told of."""
        now = time.monotonic()
        for name, closed in names.items():
            self.arrivals.told(name, now, closed=closed)
        ledger.waiting(shown(name) for name in names)

    def ready(self, ledger: Ledger, most: int) -> list[Ready]:
        """Up to ``most`` files that may be read now, the first come first; they no longer wait then."""
        ready: list[Ready] = []
        gone: list[str] = []
        size = 0
        for candidate in self.arrivals.due(time.monotonic()):
            identity = status_of(self.root, candidate.name)
            if identity is None or self._settles(candidate.name, identity):
                self.arrivals.drop(candidate.name)
                gone += [candidate.name] if identity is None else []
            elif self._is_ready(candidate, identity):
                self.arrivals.drop(candidate.name)
                ready.append(Ready(candidate.name, identity))
                size += identity.size
                if len(ready) >= most or size >= _BATCH_BYTES:
                    break
        if gone:
            ledger.forget(shown(name) for name in gone)
        return ready

    def read(self, batch: Iterable[Ready], ledger: Ledger) -> tuple[list[FileReading], list[tuple[Ready, Receipt]]]:
        """What the files hold; and the receipts of those that were published before in just this state.

        A file that changed under the reader's hands waits again.
        """
        readings: list[FileReading] = []
        known: list[tuple[Ready, Receipt]] = []
        for one in batch:
            path = shown(one.name)
            if receipt := ledger.receipt(path, one.identity):
                known.append((one, receipt))
                continue
            before = ledger.before(path)
            try:
                reading = self._reader.read(
                    Request(
                        self.root / one.name,
                        one.name,
                        self._limits,
                        self._clock(),
                        root=self.root,
                        head=before.head(one.identity) if before else None,
                    )
                )
            except FileNotFoundError:
                self._again(one.name)
                continue
            except OSError:  # the disk, not the file: it may be well again later
                self._again(one.name, after=_DISK_AGAIN)
                continue
            if status_of(self.root, one.name) == one.identity:
                readings.append(FileReading(path, one.identity, reading))
            else:
                self._again(one.name)
        return readings, known

    def read_again(self, kept: Kept) -> Reread:
        """What a file that was moved away held, if it is still what it was."""
        file = self.root / kept.kept_as
        if not os.path.lexists(file):
            file = self.root / unshown(kept.kept_as)
        try:
            reading = self._reader.read(Request(file, kept.path, self._limits, kept.read_at, root=self.root))
        except FileNotFoundError:
            return Reread(trouble="the file is gone")
        except OSError as error:  # the disk, not the file: it may be well again later
            return Reread(trouble=str(error), later=True)
        if reading.failure and not reading.sha256:
            return Reread(trouble=reading.failure.message, later=reading.failure.code == "permission-denied")
        if reading.sha256 != kept.sha256:
            return Reread(trouble="the file was changed")
        return Reread(reading.articles, trouble=reading.failure.message if reading.failure else "")

    def settle(self, name: str, receipt: Receipt, after: float) -> None:
        """Let the file rest until its last change is ``after`` seconds ago, then move it away."""
        age = max(time.time() - receipt.identity.mtime_ns / 1e9, 0.0)
        self.settling[name] = Settling(name, receipt, time.monotonic() + max(after - age, 0.0))

    def move_settled(self, ledger: Ledger, most: int) -> list[tuple[Receipt, str]]:
        """Move up to ``most`` files that have rested; those that changed meanwhile wait to be read again."""
        now = time.monotonic()
        due = [one for one in self.settling.values() if one.due <= now][:most]
        moved: list[tuple[Receipt, str]] = []
        for one in due:
            rejected = one.receipt.outcome == "rejected"
            shelf, reason = (REJECTED, self._reason(one.receipt)) if rejected else (DONE, None)
            kept_as = move(self.root, one.name, one.receipt.identity, shelf, reason)
            del self.settling[one.name]
            if kept_as is None:
                self._again(one.name)
            else:
                moved.append((one.receipt, shown(kept_as)))
                for earlier in ledger.rejected_as(one.receipt.path):
                    drop_stale_reason(self.root, earlier)
        return moved

    def next_due(self) -> float | None:
        """When something is to be done next, without further events."""
        times = [one.due for one in self.settling.values()]
        look = self.arrivals.next_look()
        return min([*times, *([look] if look is not None else [])], default=None)

    def _again(self, name: str, after: float = 0.0) -> None:
        self.arrivals.told(name, time.monotonic() + after, closed=False)

    def _settles(self, name: str, identity: Identity) -> bool:
        known = self.settling.get(name)
        return known is not None and known.receipt.identity == identity

    def _is_ready(self, candidate: Candidate, identity: Identity) -> bool:
        now = time.monotonic()
        if candidate.identity != identity:
            self.arrivals.changed(candidate, identity, now)
            return False
        return self.arrivals.is_ready(candidate, self._writer(candidate.name), now)

    def _writer(self, name: str) -> Writer:
        path = self.root / name
        if not path.is_file() or path.is_symlink():
            return Writer.NONE
        return writer_of(path) if self._trust_leases else Writer.UNKNOWN

    def _reason(self, receipt: Receipt) -> dict[str, Any]:
        error = receipt.error
        reason: dict[str, Any] = {
            "code": error.code if error else "read-failed",
            "message": error.message if error else "",
            "hint": error.hint if error else "",
            "file": receipt.path,
            "at": self._clock().astimezone(UTC).isoformat(timespec="seconds"),
        }
        if receipt.failed:
            reason["records"] = [
                {"record": one.record, "code": one.code, "message": one.message, "hint": one.hint}
                for one in receipt.failed
            ]
        return reason
