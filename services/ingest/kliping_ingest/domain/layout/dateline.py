"""The dateline at the beginning of the first paragraph: "MOSKWA, KOMPAS.com - ", "Seoul (ANTARA) - "."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kliping_ingest.domain.layout.dateline_parts import Head, PartKind, date_of, display_place, medium_with_rubric
from kliping_ingest.domain.lexicon import load_places, load_sources
from kliping_ingest.domain.media import DOMAIN, is_agency, known_medium, medium_or_domain
from kliping_ingest.domain.outlet_lexicon import load_sounds
from kliping_shared.dates import DateExpression

__all__ = ["Dateline", "read_dateline"]

WINDOW = 120
"""Datelines end within so many characters."""

PARAGRAPH = 100
"""Weak datelines ("Jakarta: ...") are believed only before a paragraph of at least so many characters."""

DASH = re.compile(
    r"\.?\s{0,3}(?:-{2,3}|[–—―])\s{0,3}|\.?(?:\s{1,3}-\s{0,3}|(?<=[A-Za-z)])-\s{1,3}|(?<=\.com)-|(?<=\.co)-|(?<=\.id)-|(?<=\))-)|\.-\s{0,3}",
    re.IGNORECASE,
)
BARE_PLACE = re.compile(r"(?P<place>[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}) [-–—] (?=[A-Z\"“])")
"""A place that no list holds: "Koto Baru - Warga ...", only below the lines over an article."""

OPENER = re.compile(r"\w+nya$")
"""A word that opens a sentence, no name: "Mulanya - ...", "Sayangnya - ..."."""

BAR = re.compile(r"\s{1,3}\|\s{1,3}")
COLON = re.compile(r"\s?:\s{1,3}")
COMMA = re.compile(r",\s{1,3}(?=[A-Z\"“‘'])")
STOP = re.compile(r"\.\s{1,3}(?=[A-Z\"“])")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline names. ``end`` is where the news begins, counted like ``start`` in the line."""

    end: int
    place: str | None = None
    outlet: str | None = None
    agency: str | None = None
    day: DateExpression | None = None
    bracketed: bool = False
    """Whether the outlet stands in brackets, as an agency may: "BENOA (Cakra) - "."""


def read_dateline(line: str, own: Sequence[str] = (), *, above: Sequence[str] | None = None) -> Dateline | None:
    """The dateline at the beginning of ``line``, None where there is none; ``own`` is how the article names its outlet.

    ``above`` are the writers named above it where they or the day of publication stand right above, else None.
    """
    window = line[:WINDOW]
    for mark in DASH.finditer(window):
        found = read_head(window, mark, own, strong=True)
        if found:
            return with_second_half(window, found)
    bare = BARE_PLACE.match(window) if above is not None and len(line) >= PARAGRAPH else None
    if bare and may_be_place(bare["place"], above or ()):
        return Dateline(bare.end(), place=bare["place"])
    for mark in BAR.finditer(window):
        found = read_head(window, mark, own, strong=True)
        if found and found.place and found.outlet:
            return found
    for mark in STOP.finditer(window):
        found = read_head(window, mark, own, strong=True)
        if found and is_stopped(window[: mark.start()], found):
            return found
    if len(line) >= PARAGRAPH:
        for mark in COLON.finditer(window):
            found = read_head(window, mark, own, strong=False)
            if found and found.place:
                return found
        return outlet_first(window)
    return None


def may_be_place(name: str, writers: Sequence[str]) -> bool:
    """Whether a name that no list holds may be a place: no day, office, medium, writer, nor an opener of sentences."""
    first, *rest = name.lower().split()
    is_opener = not rest and (OPENER.match(first) or first in load_sounds().openers)
    is_other = date_of(name) or first in load_sources().not_media or load_sounds().media_head.match(name)
    return not (is_opener or is_other or any({first, *rest} <= {*writer.lower().split()} for writer in writers))


def with_second_half(window: str, found: Dateline) -> Dateline:
    """Some datelines go on behind the dash: "KONTAN.CO.ID - JAKARTA. ", "JAKARTA--MICOM: "."""
    rest = window[found.end :]
    if found.place is None:
        for mark in (*STOP.finditer(rest), *DASH.finditer(rest)):
            place = rest[: mark.start()].strip()
            if place.lower() in load_places():
                return replace(found, place=display_place(place), end=found.end + mark.end())
    elif found.outlet is None:
        for mark in COLON.finditer(rest):
            outlet = known_medium(rest[: mark.start()].strip())
            if outlet:
                return replace(found, outlet=outlet, end=found.end + mark.end())
        for mark in DASH.finditer(rest):
            outlet = medium_or_domain(rest[: mark.start()].strip())
            if outlet:
                return replace(found, outlet=outlet, end=found.end + mark.end())
    return found


def outlet_first(window: str) -> Dateline | None:
    """ "AKURAT.CO, Pemimpin ..." and "Liputan6.com, Jakarta Presiden ...": no dash, but a domain in front."""
    mark = COMMA.search(window)
    if mark is None or not is_domain(window[: mark.start()].strip()):
        return None
    outlet = window[: mark.start()].strip()
    rest = window[mark.end() :]
    words = rest.split(" ", 4)
    for size in range(min(3, len(words) - 1), 0, -1):
        place = " ".join(words[:size])
        if place.lower() in load_places() and words[size][:1].isupper():
            end = mark.end() + len(place) + 1
            return Dateline(end, place=display_place(place), outlet=known_medium(outlet) or outlet)
    return Dateline(mark.end(), outlet=known_medium(outlet) or outlet)


def is_domain(name: str) -> bool:
    """Whether it is a site's address, not just a known word ("Bisnis, kata dia, ...")."""
    return DOMAIN.fullmatch(name) is not None


def is_stopped(written: str, found: Dateline) -> bool:
    """Whether a full stop may close it: "PALU, ARUS BALIK. ", "Palu, 12 April 2024. ", but no sentence, nor "PALU. "."""
    with_outlet = found.outlet is not None and (written.isupper() or DOMAIN.fullmatch(found.outlet) is not None)
    with_day = found.day is not None and found.day.year is not None
    known = found.place is not None and found.place.lower() in load_places()
    return known and (with_outlet or with_day)


def read_head(window: str, mark: re.Match[str], own: Sequence[str], *, strong: bool) -> Dateline | None:
    """What stands before the closing mark, if every part of it belongs in a dateline."""
    head = Head.read(window[: mark.start()], own, strong=strong, opens=not window[mark.end() :][:1].islower())
    if head is None:
        return None
    found = Dateline(mark.end())
    for part in head.parts:
        kind = head.kind_of(part, with_place=found.place is not None)
        if kind == "unknown":
            return None
        found = with_part(found, part, kind, in_brackets=part in head.bracketed)
    if found.place is None and found.outlet is None and found.agency is None:
        return None
    return found


def with_part(found: Dateline, part: str, kind: PartKind, *, in_brackets: bool) -> Dateline:
    """The dateline with one more part."""
    if kind == "place" and found.place is None:
        return replace(found, place=display_place(part))
    if kind == "date":
        day = date_of(part)
        return replace(found, day=day) if day and day.shape == "day" and found.day is None else found
    if kind == "outlet":
        name = known_medium(part) or medium_with_rubric(part) or part
        if found.outlet is None:
            return replace(found, outlet=name, bracketed=in_brackets)
        return replace(found, agency=found.agency or name) if is_agency(name) else found
    return found
