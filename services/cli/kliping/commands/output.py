"""What the terminal is given: no text of an article, a file name or an error may move its cursor or reorder its lines."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import typer

from kliping_shared.errors import QueryError
from kliping_shared.settings import Settings, load

#: C0 and C1 controls, line and paragraph separators, marks that change the direction of writing, lone surrogates (as
#: in file names that are no UTF-8).
UNSAFE = "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_UNSAFE = re.compile(f"[{UNSAFE}]")
_PICTURES = 0x2400
#: Seconds between two lines about one thing.
EVERY_S = 5.0
#: Characters of a query that are shown on each side of where it goes wrong.
_AROUND = 36
EXIT_USAGE = 2


def visible(text: str) -> str:
    """``text`` with each unsafe character as a visible one, so that offsets hold: ESC is ␛, most others are �."""
    return _UNSAFE.sub(_picture, text)


def one_line(value: Any) -> Any:
    """A document (or a part of it) with blanks for line breaks and tabs, and all else visible; offsets hold."""
    if isinstance(value, str):
        return visible(re.sub(r"\s", " ", value))
    if isinstance(value, Mapping):
        return {name: one_line(item) for name, item in value.items()}
    if isinstance(value, Sequence):
        return [one_line(item) for item in value]
    return value


def as_json(value: Any, *, indent: int | None = None) -> str:
    """JSON in which unsafe characters are escaped: reading it gives ``value`` back."""
    written = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return _UNSAFE.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", written)


def local(moment: datetime) -> datetime:
    """The same moment as clocks show it where days begin by KLIPING_TIMEZONE, as on the page. Raises SettingsError."""
    return moment.astimezone(zone())


@cache
def zone() -> ZoneInfo:
    """KLIPING_TIMEZONE; read once, since reading the settings takes some 6 ms and lists tell a moment in each line."""
    return load(Settings).zone


def say(line: str, *, err: bool = False) -> None:
    """Print one line to stdout, or to stderr."""
    typer.echo(visible(line), err=err)


@contextmanager
def pointing_at(query: str) -> Iterator[None]:
    """Where the query cannot be understood, end with the message and a mark below the spot."""
    try:
        yield
    except QueryError as error:
        start = max(error.position - _AROUND, 0)
        say(f"kliping: {error.message}", err=True)
        say(f"  {one_line(query[start : error.position + _AROUND])}", err=True)
        say(f"  {' ' * (error.position - start)}^", err=True)
        raise typer.Exit(EXIT_USAGE) from error


class Pace:
    """When a line about long work is due: at once for each new thing, for the same one every few seconds."""

    def __init__(self) -> None:
        self._what: object = None
        self._at = 0.0

    def due(self, what: object, *, anyway: bool = False) -> bool:
        """Whether to say something of ``what`` now; if so, it counts as said."""
        now = time.monotonic()
        if what == self._what and now - self._at < EVERY_S and not anyway:
            return False
        self._what, self._at = what, now
        return True


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    return "␡" if code == 0x7F else "�"
