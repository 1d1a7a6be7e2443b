"""Lines over an article that hold several things beside each other: "KabarTeluk.com | Rabu, 8 Mei 2024 | Oleh Sari Dewi"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kliping_ingest.domain.clock import read_clock
from kliping_ingest.domain.layout.bylines import Byline, looks_like_name, read_byline
from kliping_ingest.domain.layout.dates import is_around, read_date_line
from kliping_ingest.domain.layout.noise import is_noise
from kliping_ingest.domain.media import medium_or_domain, sounds_like_medium
from kliping_shared.contracts import ZoneKind

__all__ = ["Header", "read_header"]

JOINT = re.compile(r"\s{1,3}[|•·]\s{1,3}")
PAIR = re.compile(r", | - ")
"""Between a writer and the outlet: "Sari Dewi - Arus Balik"."""

READING = re.compile(r"\d{1,2} (?:menit|min)(?: (?:baca|membaca|read))?", re.IGNORECASE)
LIMIT = 160
MAX_PARTS = 6


@dataclass(frozen=True, slots=True)
class Header:
    """What a header line says; ``writers`` tells whether it names people, ``rubric`` whether a part of the paper."""

    byline: Byline = field(default_factory=Byline)
    writers: bool = False
    rubric: bool = False

    @property
    def kind(self) -> ZoneKind:
        """A byline where it names people, else the day of publication, else furniture."""
        if self.writers:
            return ZoneKind.BYLINE
        return ZoneKind.DATELINE if self.byline.day else ZoneKind.BOILERPLATE


def read_header(line: str, *, over_all: bool = False) -> Header | None:
    """What a line of several parts says; None where a part is none that headers have, or too little is told.

    ``over_all`` tells that nothing stands above it: a name beside a rubric is the outlet's there.
    """
    parts = JOINT.split(line) if len(line) <= LIMIT else []
    if not 2 <= len(parts) <= MAX_PARTS:
        return None
    header = Header()
    names: list[str] = []
    for part in parts:
        found = with_part(header, part.strip())
        if found is None:
            pair = PAIR.split(part, maxsplit=1)
            if not all(looks_like_name(name) for name in pair):
                return None
            names.extend(pair)
        header = found or header
    named = with_names(header, names, over_all=over_all)
    if named is None:
        return None
    byline = named.byline
    told = (byline.day is not None) + (byline.outlet is not None) + named.writers + named.rubric
    return named if told >= 2 else None


def with_part(header: Header, part: str) -> Header | None:
    """The header with one more part: a day, time, writer, medium or rubric; None for anything else."""
    byline = header.byline
    day = read_date_line(part)
    if day is not None:
        return replace(header, byline=replace(byline, day=day.day, clock=byline.clock or day.clock))
    if is_around(part):
        return replace(header, byline=replace(byline, clock=read_clock(part)))
    if READING.fullmatch(part):
        return header
    medium = medium_or_domain(part)
    writer = None if medium else read_byline(part)
    if writer is not None:
        author, outlet = byline.author or writer.author, byline.outlet or writer.outlet
        return replace(header, byline=replace(byline, author=author, outlet=outlet), writers=True)
    if medium or (looks_like_name(part) and "," not in part and sounds_like_medium(part)):
        return replace(header, byline=replace(byline, outlet=byline.outlet or medium or part))
    return replace(header, rubric=True) if is_noise(part) else None


def with_names(header: Header, names: list[str], *, over_all: bool) -> Header | None:
    """The header with the names that no label explains: a writer, and behind one the outlet; None for too many."""
    byline = header.byline
    if names and over_all and header.rubric and byline.outlet is None:
        byline = replace(byline, outlet=names.pop(0))
    writers = header.writers
    if names and byline.author is None and 2 <= len(names[0].split()) <= 4:
        byline, writers = replace(byline, author=names.pop(0)), True
    if names and byline.outlet is None and byline.day:
        byline = replace(byline, outlet=names.pop(0))
    return replace(header, byline=byline, writers=writers) if not names else None
