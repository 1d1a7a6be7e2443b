"""Which lines of an article are no prose, told line by line and by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kliping_ingest.domain.layout.bylines import Byline, closing_name, looks_like_name, read_byline
from kliping_ingest.domain.layout.dateline import read_dateline
from kliping_ingest.domain.layout.dates import DateLine, read_date_line
from kliping_ingest.domain.layout.headers import Header, read_header
from kliping_ingest.domain.layout.lines import Line
from kliping_ingest.domain.layout.noise import is_noise
from kliping_ingest.domain.layout.owners import find_owners
from kliping_ingest.domain.layout.sources import read_source_note, short_agencies
from kliping_ingest.domain.layout.title import MAX_TITLE, looks_like_title, same_words
from kliping_ingest.domain.lexicon import load_bylines, load_places
from kliping_shared.contracts import ZoneKind

__all__ = ["Draft", "marked"]

MAX_BETWEEN = 3
"""Captions and subtitles between a title and what shows that it is one."""

MAX_LETTERHEAD, MAX_ABOUT = 6, 60
"""Lines above the news of a press release, and the longest heading over what it says of its sender."""

ABOUT = re.compile(r"(?:Tentang|TENTANG) (?P<company>(?:PT|CV|Yayasan|YAYASAN|Perum|PERUM)\b)?(?=\s?[A-Z])")
"""The heading over what a release says of its sender."""

MAX_NOTE = 200
"""Notes about an author are short."""


@dataclass(slots=True)
class Draft:
    """What is found while walking over the lines."""

    kinds: list[ZoneKind | None]
    bylines: list[Byline] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    """As header lines and the lines around the news name them."""
    dates: dict[int, DateLine] = field(default_factory=dict)
    """By the number of their line."""


def marked(lines: Sequence[Line], title: str | None) -> Draft:
    """The lines with a kind for those that are surely no prose; ``title`` is what the metadata calls the text."""
    draft = Draft([None] * len(lines))
    mark_lines(lines, draft)
    mark_short_agencies(lines, draft)
    mark_bare_name(lines, draft)
    mark_notes(lines, draft)
    mark_letterhead(lines, draft)
    mark_about(lines, draft)
    draft.outlets = [*around(lines, draft), *draft.outlets]
    mark_title(lines, draft, title)
    mark_closing_name(lines, draft)
    unmark_headings(draft)
    return draft


def mark_lines(lines: Sequence[Line], draft: Draft) -> None:
    """Mark the lines that are no prose, whatever stands around them."""
    skip = False
    for index, line in enumerate(lines):
        if skip:
            draft.kinds[index], skip = ZoneKind.BYLINE, False
            continue
        header = read_header(line.text, over_all=index == 0)
        if header is not None:
            mark_header(header, index, draft)
            continue
        byline = read_byline(line.text)
        if byline is not None:
            draft.kinds[index] = ZoneKind.BYLINE
            follower = lines[index + 1].text if index + 1 < len(lines) else ""
            skip = byline.wants_next and looks_like_name(follower)
            draft.bylines.append(Byline(author=follower) if skip and is_author_label(line.text) else byline)
            continue
        draft.kinds[index] = line_kind(line.text, index, draft)


def mark_header(header: Header, index: int, draft: Draft) -> None:
    """Mark a line of several parts, and keep what it says."""
    draft.kinds[index] = header.kind
    byline = header.byline
    if header.kind is ZoneKind.BYLINE:
        draft.bylines.append(byline)
    elif byline.day is not None:
        draft.dates[index] = DateLine(byline.day, outlet=byline.outlet, clock=byline.clock)
    elif byline.outlet:
        draft.outlets.append(byline.outlet)


def mark_short_agencies(lines: Sequence[Line], draft: Draft) -> None:
    """Mark "KB Cakra" on a line of its own, where it surely is an agency."""
    last = max((index for index, kind in enumerate(draft.kinds) if kind is None), default=-1)
    for index, agency in short_agencies([line.text for line in lines], last).items():
        if draft.kinds[index] is None:
            draft.kinds[index] = ZoneKind.SOURCE_NOTE
            draft.sources.append(agency)


def mark_bare_name(lines: Sequence[Line], draft: Draft) -> None:
    """Mark a name by itself, behind "Laporan", or with its outlet, between the title and the day of publication."""
    for index in range(1, min(MAX_BETWEEN, len(lines) - 1)):
        text = lines[index].text
        name, _, outlet = text.removeprefix("Laporan ").partition(" - ")
        is_person = looks_like_name(name) and 2 <= len(name.split()) <= 4 and name.lower() not in load_places()
        if draft.kinds[index] is not None or not is_person or (outlet and not is_outlet(outlet)):
            continue
        above_editor = text.startswith("Laporan ") and draft.kinds[index + 1] is ZoneKind.BYLINE
        if (index + 1 in draft.dates or above_editor) and not any(byline.author for byline in draft.bylines):
            draft.kinds[index] = ZoneKind.BYLINE
            draft.bylines.append(Byline(author=name, outlet=outlet or None))


def is_outlet(written: str) -> bool:
    """Whether it may be the outlet behind a writer's name: capitalised words, or one word in lower case."""
    return looks_like_name(written) or (written.isalnum() and written.islower())


def mark_notes(lines: Sequence[Line], draft: Draft) -> None:
    """Mark a starred line about the author: "* Sari Dewi adalah pengajar ..."."""
    authors = [byline.author.strip(" *)") for byline in draft.bylines if byline.author]
    for index, line in enumerate(lines):
        if draft.kinds[index] is None and line.text.startswith("*") and len(line.text) <= MAX_NOTE:
            rest = line.text.lstrip("*) ")
            if any(rest.startswith(author) for author in authors):
                draft.kinds[index] = ZoneKind.BYLINE


def mark_letterhead(lines: Sequence[Line], draft: Draft) -> None:
    """Mark capitals above the head of a press release: the letterhead, not the title."""
    head = next((index for index, line in enumerate(lines[:MAX_BETWEEN]) if is_release(line.text)), 0)
    for index in range(head):
        if draft.kinds[head] is ZoneKind.BOILERPLATE and draft.kinds[index] is None and lines[index].text.isupper():
            draft.kinds[index] = ZoneKind.BOILERPLATE


def mark_about(lines: Sequence[Line], draft: Draft) -> None:
    """Mark what a press release says of its sender below the news: "Tentang PT Bilah" and the paragraph behind it.

    A heading of another name ("Tentang Bilah") may open a part of the news, unless only furniture stands behind its paragraph.
    """
    if not any(is_release(line.text) for line in lines[:MAX_LETTERHEAD]):
        return
    news_behind = False
    for index in range(len(lines) - 2, MAX_BETWEEN - 1, -1):
        heading = ABOUT.match(lines[index].text) if len(lines[index].text) <= MAX_ABOUT else None
        if heading and not lines[index].is_closed and (heading["company"] or not news_behind):
            for below in (index, index + 1):
                draft.kinds[below] = draft.kinds[below] or ZoneKind.BOILERPLATE
        news_behind = news_behind or draft.kinds[index + 1] is None


def is_release(line: str) -> bool:
    """Whether a line is a press release's head: "SIARAN PERS", also with its number."""
    return re.match(r"(?:siaran|rilis|keterangan) pers\b|press release\b", line, re.IGNORECASE) is not None


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


def around(lines: Sequence[Line], draft: Draft) -> tuple[str, ...]:
    """The outlets that the lines around the news name."""

    def of(*kinds: ZoneKind) -> list[str]:
        return [line.text for line, kind in zip(lines, draft.kinds, strict=True) if kind in kinds]

    return find_owners(of(ZoneKind.BOILERPLATE), of(ZoneKind.BYLINE, ZoneKind.SOURCE_NOTE))


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
    before_dateline = is_above_dateline(lines, draft, first)
    if read_dateline(line.text) is not None and (line.is_closed or not before_dateline):
        return
    if looks_like_title(line, following, before_dateline=before_dateline):
        draft.kinds[first] = ZoneKind.TITLE


def is_above_dateline(lines: Sequence[Line], draft: Draft, first: int) -> bool:
    """Whether a byline or dateline follows, with nothing but furniture and a subtitle or two between."""
    for line, kind in list(zip(lines, draft.kinds, strict=True))[first + 1 : first + 2 + MAX_BETWEEN]:
        if kind in (ZoneKind.BYLINE, ZoneKind.DATELINE) or (kind is None and read_dateline(line.text, draft.outlets)):
            return True
        if kind is None and (line.is_closed or len(line.text) > MAX_TITLE):
            return False
    return False


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
