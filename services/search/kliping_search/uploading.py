"""Bringing files into the inbox from a form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import structlog
from fastapi import HTTPException, Request

from kliping_search.files import INBOX_AWAY
from kliping_search.multipart import read_files
from kliping_shared.inbox.names import safe_name
from kliping_shared.inbox.receiving import Incoming, takes_files

log = structlog.get_logger("kliping.search")


@dataclass(frozen=True)
class Brought:
    """A file that came in under ``name`` and lies in the inbox as ``path``."""

    name: str
    path: str
    size: int


@dataclass(frozen=True)
class Refused:
    """A file that was not taken, and why."""

    name: str
    message: str


@dataclass(frozen=True)
class Upload:
    """What became of the files of one form."""

    taken: tuple[Brought, ...]
    refused: tuple[Refused, ...]


class NotWhole(HTTPException):
    """The form did not come in whole; ``upload`` is what did."""

    def __init__(self, error: HTTPException, upload: Upload) -> None:
        super().__init__(error.status_code, error.detail, error.headers)
        self.upload = upload


async def receive(request: Request, inbox: Path) -> Upload:
    """Bring the files of a form in. Those that came in whole stay also where a later one did not.

    Raises HTTPException 503 where that is off or the disk is full, NotWhole: 400 for what is no form, 413 for too much.
    """
    if not takes_files(inbox):
        raise HTTPException(503, "Files cannot be brought in here: the inbox is not at hand, or may not be written to.")
    taking = _Taking(inbox)
    try:
        await read_files(request, taking.begin)
    except OSError as error:
        log.warning("a file could not be brought in", reason=str(error))
        raise INBOX_AWAY from None
    except HTTPException as error:
        raise NotWhole(error, taking.upload()) from None
    finally:
        taking.drop()
    return taking.upload()


class _Taking:
    """The files of one form, as they come in."""

    def __init__(self, inbox: Path) -> None:
        self.taken: list[Brought] = []
        self.refused: list[Refused] = []
        self._inbox = inbox
        self._open: _Arriving | None = None

    def begin(self, given: str) -> _Arriving | _PassedOver:
        """A place for the next file."""
        try:
            name = safe_name(given)
        except ValueError as error:
            self.refused.append(Refused(given, error.args[0]))
            return _PassedOver()
        self._open = _Arriving(Incoming(self._inbox), given, name, self.taken)
        return self._open

    def upload(self) -> Upload:
        """What became of them so far."""
        return Upload(tuple(self.taken), tuple(self.refused))

    def drop(self) -> None:
        """Leave nothing of a file that did not come in whole."""
        if self._open is not None:
            self._open.incoming.drop()


@dataclass
class _Arriving:
    incoming: Incoming
    given: str
    name: str
    taken: list[Brought]

    def write(self, data: bytes) -> None:
        self.incoming.write(data)

    def close(self) -> None:
        self.taken.append(Brought(self.given, self.incoming.keep(self.name), self.incoming.size))


class _PassedOver:
    def write(self, data: bytes) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""
