"""Files out of a form, each written where it is to stay while the form comes in: none lies in memory, or is written twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

from fastapi import HTTPException, Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from kliping_shared.notices import Notice

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

#: Parts that one form may have.
MOST_PARTS: Final = 1_000
_LONGEST_HEADER: Final = 8_192


class Sink(Protocol):
    """Takes one file. Blocking."""

    def write(self, data: bytes) -> None:
        """The next bytes."""

    def close(self) -> None:
        """All of it was there."""


async def read_files(request: Request, sink: Callable[[str], Sink]) -> None:
    """Give each file of the form, by the name that its sender has for it, to a sink of its own; other fields are passed over.

    Raises HTTPException (400: no form, or cut short), and what the sinks raise.
    """
    _, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if not boundary:
        raise HTTPException(400, "Send the files as a form (multipart/form-data).")
    parts = _Parts(sink)
    parser = MultipartParser(boundary, parts.callbacks())
    try:
        async for chunk in request.stream():
            # A disk may keep its writer waiting.
            await asyncio.to_thread(parser.write, chunk)
        parser.finalize()
    except ClientDisconnect:  # nobody reads the answer
        raise HTTPException(400, "The form is cut short.") from None
    except FormParserError:
        raise HTTPException(400, "The form cannot be read.") from None
    if not parts.ended:
        raise HTTPException(400, "The form is cut short.")


class _Parts:
    """Follows the parts of a form."""

    def __init__(self, sink: Callable[[str], Sink]) -> None:
        self.ended = False
        self._sink = sink
        self._count = 0
        self._current: Sink | None = None
        self._field = b""
        self._value = b""
        self._disposition = b""

    def callbacks(self) -> MultipartCallbacks:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._all,
        }

    def _begin(self) -> None:
        self._count += 1
        if self._count > MOST_PARTS:
            raise HTTPException(413, Notice("Send at most {number:,} files at once.", number=MOST_PARTS))
        self._current, self._disposition = None, b""

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field = self._longer(self._field, data[start:end])

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value = self._longer(self._value, data[start:end])

    def _longer(self, text: bytes, more: bytes) -> bytes:
        if len(text) + len(more) > _LONGEST_HEADER:
            raise HTTPException(400, "The form cannot be read.")
        return text + more

    def _header_end(self) -> None:
        if self._field.lower() == b"content-disposition":
            self._disposition = self._value
        self._field = self._value = b""

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        name = options.get(b"filename")
        # A form whose file field was left empty has a part without a name.
        if name:
            self._current = self._sink(name.decode("utf-8", "replace"))

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._current is not None:
            self._current.write(data[start:end])

    def _end(self) -> None:
        if self._current is not None:
            self._current.close()
            self._current = None

    def _all(self) -> None:
        self.ended = True
