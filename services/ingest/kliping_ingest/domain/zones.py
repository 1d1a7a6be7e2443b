"""Cut an article's text into zones: title, byline, dateline, body, boilerplate, source note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kliping_ingest.domain.layout.bylines import Byline, closing_name, find_signature, looks_like_name, read_byline
from kliping_ingest.domain.layout.dateline import Dateline, read_dateline
from kliping_ingest.domain.layout.dates import DateLine, read_date_line
from kliping_ingest.domain.layout.lines import Line, split_lines
from kliping_ingest.domain.layout.noise import inline_noise, is_noise
from kliping_ingest.domain.layout.paragraphs import joined_paragraphs
from kliping_ingest.domain.layout.sources import read_source_note
from kliping_ingest.domain.layout.title import MAX_TITLE, looks_like_title, same_words
from kliping_ingest.domain.lexicon import load_bylines
from kliping_shared.contracts import Zone, ZoneKind

__all__ = ["Layout", "find_layout"]

SUMMARY_LINES, SUMMARY_WIDTH = 6, 200
"""Some sites put a few short summary lines before the dateline."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The zones of a text, sorted and without overlap, covering all but blanks, and what its own words say of it."""

    zones: tuple[Zone, ...]
    title: str | None = None
    dateline: Dateline | None = None
    bylines: tuple[Byline, ...] = ()
    sources: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    """Agencies in signatures, "(ANT/abc)"."""
    dates: tuple[DateLine, ...] = ()
    """Days on lines of their own."""

    @property
    def place(self) -> str | None:
        """The place in the dateline, else before a day on a line of its own."""
        if self.dateline and self.dateline.place:
            return self.dateline.place
        return next((found.place for found in self.dates if found.place), None)


@dataclass(slots=True)
class Draft:
    """What is found while walking over the lines."""

    kinds: list[ZoneKind | None]
    bylines: list[Byline] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    dates: dict[int, DateLine] = field(default_factory=dict)
    """By the number of their line."""


def find_layout(text: str, title: str | None = None) -> Layout:
    """The layout of ``text``; ``title`` is what the metadata calls it, to recognise its line. Never raises.

    What no rule knows is body.
    """
    lines = split_lines(text)
    draft = Draft([None] * len(lines))
    mark_lines(lines, draft)
    mark_title(lines, draft, title)
    mark_closing_name(lines, draft)
    unmark_headings(draft)
    first, dateline = find_dateline(lines, draft)
    last = next((index for index in reversed(range(len(lines))) if draft.kinds[index] is None), None)
    signature = find_signature(lines[last].text) if last is not None else None
    zones: list[Zone] = []
    for index, (line, kind) in enumerate(zip(lines, draft.kinds, strict=True)):
        if kind is not None:
            zones.append(Zone(kind=kind, start=line.start, end=line.end))
            continue
        head = dateline.end if dateline and index == first else 0
        tail = signature.start if signature and index == last else len(line.text)
        zones.extend(body_zones(line, min(head, tail), tail))
    titles = [line.text for line, kind in zip(lines, draft.kinds, strict=True) if kind is ZoneKind.TITLE]
    return Layout(
        zones=tuple(joined_paragraphs(zones, text)),
        title=" ".join(titles) or None,
        dateline=dateline,
        bylines=tuple(draft.bylines),
        sources=tuple(draft.sources),
        agencies=(signature.agency,) if signature and signature.agency else (),
        dates=tuple(draft.dates.values()),
    )


def find_dateline(lines: Sequence[Line], draft: Draft) -> tuple[int | None, Dateline | None]:
    """The dateline and the number of its line: the first of the body, or one below a summary if it names a medium."""
    open_lines = [index for index, kind in enumerate(draft.kinds) if kind is None]
    for index in open_lines[:SUMMARY_LINES]:
        found = read_dateline(lines[index].text)
        if found and (index == open_lines[0] or found.outlet):
            return index, found
        if len(lines[index].text) > SUMMARY_WIDTH:
            break
    return None, None


def mark_lines(lines: Sequence[Line], draft: Draft) -> None:
    """Mark the lines that are no prose, whatever stands around them."""
    skip = False
    for index, line in enumerate(lines):
        if skip:
            draft.kinds[index], skip = ZoneKind.BYLINE, False
            continue
        byline = read_byline(line.text)
        if byline is not None:
            draft.kinds[index] = ZoneKind.BYLINE
            follower = lines[index + 1].text if index + 1 < len(lines) else ""
            skip = byline.wants_next and looks_like_name(follower)
            draft.bylines.append(Byline(author=follower) if skip and is_author_label(line.text) else byline)
            continue
        draft.kinds[index] = line_kind(line.text, index, draft)


def is_author_label(line: str) -> bool:
    """Whether a label without a name asks for the author, not an editor."""
    return line.rstrip(": ").lower() in load_bylines().author


def line_kind(line: str, index: int, draft: Draft) -> ZoneKind | None:
    """The kind of a line by itself; None for what may be prose."""
    source = read_source_note(line)
    if source is not None:
        if source:
            draft.sources.append(source)
        return ZoneKind.SOURCE_NOTE
    day = read_date_line(line)
    if day is not None:
        draft.dates[index] = day
        return ZoneKind.DATELINE
    return ZoneKind.BOILERPLATE if is_noise(line) else None


def mark_title(lines: Sequence[Line], draft: Draft, title: str | None) -> None:
    """Mark the first line that may be prose as the title if it is one."""
    open_lines = [index for index, kind in enumerate(draft.kinds) if kind is None]
    if not open_lines:
        return
    first = open_lines[0]
    line = lines[first]
    if title and same_words(title, line.text):
        draft.kinds[first] = ZoneKind.TITLE
        return
    following = [lines[index] for index in open_lines[1:3]]
    if not following or len(line.text) > MAX_TITLE:
        return
    after = draft.kinds[first + 1] if first + 1 < len(lines) else None
    before_dateline = after in (ZoneKind.BYLINE, ZoneKind.DATELINE) or read_dateline(following[0].text) is not None
    if read_dateline(line.text) is not None and (line.is_closed or not before_dateline):
        return
    if looks_like_title(line, following, before_dateline=before_dateline):
        draft.kinds[first] = ZoneKind.TITLE


def mark_closing_name(lines: Sequence[Line], draft: Draft) -> None:
    """Mark a last line of prose that is only a name in capitals, below at least one sentence."""
    open_lines = [index for index, kind in enumerate(draft.kinds) if kind is None]
    if len(open_lines) < 2 or not lines[open_lines[-2]].is_closed:
        return
    author = closing_name(lines[open_lines[-1]].text)
    if author:
        draft.kinds[open_lines[-1]] = ZoneKind.BYLINE
        draft.bylines.append(Byline(author=author))


def unmark_headings(draft: Draft) -> None:
    """A day on its own line between paragraphs is a heading (of a chronology), not the day of publication."""
    open_lines = [index for index, kind in enumerate(draft.kinds) if kind is None]
    for index in list(draft.dates):
        if open_lines and open_lines[0] < index < open_lines[-1]:
            draft.kinds[index] = None
            del draft.dates[index]


def body_zones(line: Line, head: int, tail: int) -> list[Zone]:
    """The zones of a line of prose: dateline to ``head``, body and furniture in it, signature from ``tail``."""
    zones = [Zone(kind=ZoneKind.DATELINE, start=line.start, end=line.start + head)] if head else []
    position = head
    for start, end in inline_noise(line.text):
        if start < position or end > tail:
            continue
        zones.extend(body(line, position, start))
        zones.append(Zone(kind=ZoneKind.BOILERPLATE, start=line.start + start, end=line.start + end))
        position = end
    zones.extend(body(line, position, tail))
    if tail < len(line.text):
        zones.append(Zone(kind=ZoneKind.BYLINE, start=line.start + tail, end=line.end))
    return zones


def body(line: Line, start: int, end: int) -> list[Zone]:
    """The body between two offsets of a line without blanks around it; none where only blanks are."""
    part = line.text[start:end]
    stripped = part.strip()
    if not stripped:
        return []
    first = line.start + start + len(part) - len(part.lstrip())
    return [Zone(kind=ZoneKind.BODY, start=first, end=first + len(stripped))]
