"""Cut an article's text into zones: title, byline, dateline, body, boilerplate, source note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kliping_ingest.domain.layout.bylines import Byline, Signature, find_signature
from kliping_ingest.domain.layout.dateline import Dateline, read_dateline
from kliping_ingest.domain.layout.dates import DateLine, is_around
from kliping_ingest.domain.layout.lines import Line, split_lines
from kliping_ingest.domain.layout.marking import Draft, marked
from kliping_ingest.domain.layout.noise import inline_noise
from kliping_ingest.domain.layout.paragraphs import joined_paragraphs
from kliping_ingest.domain.media import same_medium
from kliping_shared.contracts import Zone, ZoneKind

__all__ = ["Layout", "find_layout"]

CREDIT = re.compile(
    r"[\w)”\"][.!?]? ?\([A-Z][\w.& ]{1,30}/[A-Z][\w.& ]{2,40}\)\.?$|^[A-Z][A-Z. ]{2,30}/[A-Z][A-Z. ]{2,40}$"
)
"""A credit in brackets at the end of a caption, or in capitals on a line of its own: "TIRTA/SARI DEWI"."""

MAX_NEWS = 100_000
"""So much of the text is read for what a signature's parts are there."""

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
    owners: tuple[str, ...] = ()
    """The outlet as the lines around the news name it, the surest first."""
    dates: tuple[DateLine, ...] = ()
    """Days on lines of their own."""

    @property
    def place(self) -> str | None:
        """The place in the dateline, else before a day on a line of its own."""
        if self.dateline and self.dateline.place:
            return self.dateline.place
        return next((found.place for found in self.dates if found.place), None)


def find_layout(text: str, title: str | None = None) -> Layout:
    """The layout of ``text``; ``title`` is what the metadata calls it, to recognise its line. Never raises.

    What no rule knows is body.
    """
    lines = split_lines(text)
    draft = marked(lines, title)
    first, dateline = find_dateline(lines, draft)
    last = next((index for index in reversed(range(len(lines))) if draft.kinds[index] is None), None)
    signature = find_signature(lines[last].text, text[:MAX_NEWS]) if last is not None else None
    if signature and names_source(signature, dateline, draft) and last is not None:
        draft.kinds[last] = ZoneKind.SOURCE_NOTE
    if signature and signature.author:
        draft.bylines.append(Byline(author=signature.author))
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
        owners=(*draft.outlets, *((signature.outlet,) if signature and signature.outlet else ())),
        dates=tuple(draft.dates.values()),
    )


def names_source(signature: Signature, dateline: Dateline | None, draft: Draft) -> bool:
    """Whether a signature fills its line and names an agency, not only the outlet: "(Suara Teluk/Kantor Berita Cakra)"."""
    own = [*draft.outlets, *(byline.outlet for byline in draft.bylines), dateline and dateline.outlet]
    if not signature.agency or signature.start or (signature.agency == signature.outlet and not any(own)):
        return False
    return not any(same_medium(signature.agency, name) for name in own if name)


def find_dateline(lines: Sequence[Line], draft: Draft) -> tuple[int | None, Dateline | None]:
    """The dateline and the number of its line; captions above it are marked.

    It is the first line of the body but for headings and captions, or one below a summary if it names a medium.
    """
    open_lines = [index for index, kind in enumerate(draft.kinds) if kind is None]
    captions: list[int] = []
    only_headings = True
    writers = [byline.author for byline in draft.bylines if byline.author]
    above = [*(byline.outlet for byline in draft.bylines), *(day.outlet for day in draft.dates.values())]
    outlets = [*draft.outlets, *(name for name in above if name)]
    for index in open_lines[:SUMMARY_LINES]:
        line = lines[index]
        headed = index == open_lines[0] > 0 and draft.kinds[index - 1] in (ZoneKind.BYLINE, ZoneKind.DATELINE)
        found = read_dateline(line.text, outlets, above=writers if headed else None)
        if found and (index == open_lines[0] or found.outlet or (found.place and only_headings)):
            for caption in captions:
                draft.kinds[caption] = ZoneKind.BOILERPLATE
            return index, found
        if CREDIT.search(line.text):
            captions.append(index)
            continue
        # A time of day alone heads an entry of a live page, whose place is not the article's.
        only_headings = only_headings and not (line.is_closed or is_around(line.text))
        if len(line.text) > SUMMARY_WIDTH:
            break
    return None, None


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
