"""The dateline at the beginning of the first paragraph: "MOSKWA, KOMPAS.com - ", "Seoul (ANTARA) - "."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from kliping_ingest.domain.lexicon import load_places
from kliping_ingest.domain.media import DOMAIN, is_agency, known_medium
from kliping_shared.dates import DateExpression, scan_dates

__all__ = ["Dateline", "read_dateline"]

WINDOW = 120
"""Datelines end within so many characters."""

PARAGRAPH = 100
"""Weak datelines ("Jakarta: ...") are believed only before a paragraph of at least so many characters."""

DASH = re.compile(
    r"\.?\s{0,3}(?:-{2,3}|[–—―])\s{0,3}|\.?(?:\s{1,3}-\s{0,3}|(?<=[A-Za-z)])-\s{1,3}|(?<=\.com)-|(?<=\.co)-|(?<=\.id)-|(?<=\))-)|\.-\s{0,3}",
    re.IGNORECASE,
)
COLON = re.compile(r"\s?:\s{1,3}")
COMMA = re.compile(r",\s{1,3}(?=[A-Z\"“‘'])")
STOP = re.compile(r"\.\s{1,3}(?=[A-Z\"“])")
PART = re.compile(r"\s{0,3}(?:,|\||/(?!\d)|\s[-–—]{1,2}\s|[()\[\]]|\s[-–—]{1,2}$)\s{0,3}")
OPENING = re.compile(r"[^\w(\[]{0,3}")
CAPITALS = re.compile(r"[A-Z][A-Z'’-]{3,}(?: [A-Z][A-Z'’-]+){0,2}$")
CAPITALISED = re.compile(r"[A-Z][\w.&'’-]*(?: [A-Z][\w.&'’-]*){0,2}$")
DAY_MONTH = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})$")
DISTRICT = re.compile(r"(?:Kota|Kabupaten|Kab\.|Kecamatan|Kec\.|Desa|Pulau|Provinsi) ", re.IGNORECASE)
VOWEL = re.compile(r"[AEIOU]")

# Parts of the names that newspapers and sites give themselves; a word with one is rather a medium than a place.
MEDIA_SOUND = re.compile(
    r"klik|post?\b|posit|news|berita|kabar|info|suara|warta|harian|radar|tribun|times|media|online|\bcom\b|\btv\b|koran"
    r"|jurnal|metro|ekspres|express|today|update|voice|daily|fakta|lensa|swara|gema|global|indo|nusa\w+net|line\b|fm\b",
    re.IGNORECASE,
)

PartKind = Literal["place", "outlet", "date", "region", "unknown"]


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline names. ``end`` is where the news begins, counted like ``start`` in the line."""

    end: int
    place: str | None = None
    outlet: str | None = None
    agency: str | None = None
    day: DateExpression | None = None


def read_dateline(line: str) -> Dateline | None:
    """The dateline at the beginning of ``line``, None where there is none."""
    window = line[:WINDOW]
    for mark in DASH.finditer(window):
        found = read_head(window[: mark.start()], mark.end(), strong=True)
        if found:
            return with_second_half(window, found)
    if len(line) >= PARAGRAPH:
        for mark in COLON.finditer(window):
            found = read_head(window[: mark.start()], mark.end(), strong=False)
            if found and found.place:
                return found
        return outlet_first(window)
    return None


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


def read_head(head: str, end: int, *, strong: bool) -> Dateline | None:
    """What stands before the closing mark, if every part of it belongs in a dateline."""
    opening = OPENING.match(head)
    parts = [part for part in PART.split(head[opening.end() if opening else 0 :]) if part.strip(" .")]
    if not 1 <= len(parts) <= 5 or '"' in head or "“" in head:
        return None
    bracketed = {part.strip() for part in re.findall(r"[(\[]([^()\[\]]+)[)\]]", head)}
    found = Dateline(end)
    parts = [part.strip() for part in parts]
    names_medium = strong and any(names_itself_medium(part, in_brackets=part in bracketed) for part in parts)
    for part in parts:
        kind = part_kind(part, in_brackets=part in bracketed, with_place=found.place is not None, strong=strong)
        if kind == "unknown" and names_medium and found.place is None and CAPITALISED.fullmatch(part):
            kind = "place"
        if kind == "unknown":
            return None
        found = with_part(found, part, kind)
    if found.place is None and found.outlet is None and found.agency is None:
        return None
    return found


def names_itself_medium(part: str, *, in_brackets: bool) -> bool:
    """Whether a part is surely a medium, so that an unknown name beside it is a place: "Tirtasari (KABAR KITA) - "."""
    if known_medium(part) or DOMAIN.fullmatch(part):
        return True
    return (
        in_brackets and (part.isupper() or MEDIA_SOUND.search(part) is not None) and part.lower() not in load_places()
    )


def with_part(found: Dateline, part: str, kind: PartKind) -> Dateline:
    """The dateline with one more part."""
    if kind == "place" and found.place is None:
        return replace(found, place=display_place(part))
    if kind == "date":
        day = date_of(part)
        return replace(found, day=day) if day and day.shape == "day" and found.day is None else found
    if kind == "outlet":
        name = known_medium(part) or medium_with_rubric(part) or part
        if found.outlet is None:
            return replace(found, outlet=name)
        return replace(found, agency=found.agency or name) if is_agency(name) else found
    return found


def part_kind(part: str, *, in_brackets: bool, with_place: bool, strong: bool) -> PartKind:
    """What one part of a dateline is."""
    lowered = " ".join(part.lower().split())
    if date_of(part) is not None:
        return "date"
    if lowered in load_places() or is_district(part):
        return "place" if not with_place else "region"
    if known_medium(part) or DOMAIN.fullmatch(part) or (strong and medium_with_rubric(part)):
        return "outlet"
    if in_brackets and CAPITALISED.match(part):
        return "outlet"
    if not strong:
        return "unknown"
    return unknown_name(part, with_place=with_place)


def medium_with_rubric(part: str) -> str | None:
    """ "VIVA Nasional": a known medium in capitals with one of its rubrics."""
    name, _, rubric = part.partition(" ")
    return known_medium(name) if name.isupper() and len(name) > 3 and CAPITALISED.fullmatch(rubric) else None


def is_district(part: str) -> bool:
    """ "Kabupaten Sleman", "Desa Sukamaju"."""
    head = DISTRICT.match(part)
    return head is not None and CAPITALISED.fullmatch(part[head.end() :]) is not None


def unknown_name(part: str, *, with_place: bool) -> PartKind:
    """A name that no list holds, before a dash."""
    if with_place and part.isupper() and len(part) <= 3:
        return "region"
    if MEDIA_SOUND.search(part) and CAPITALISED.fullmatch(part) and (with_place or part.isupper() or " " not in part):
        return "outlet"
    if with_place and CAPITALISED.match(part) and " " not in part:
        return "outlet"
    if CAPITALS.match(part) and VOWEL.search(part) and len(part) >= 5:
        return "place" if not with_place else "region"
    return "unknown"


def date_of(part: str) -> DateExpression | None:
    """The day that a part consists of: "13 September 2023", "Rabu", "13/9"."""
    short = DAY_MONTH.match(part)
    if short:
        day, month = int(short["day"]), int(short["month"])
        return DateExpression(0, len(part), "day", day=day, month=month) if day <= 31 and 1 <= month <= 12 else None
    found = scan_dates(part)
    if len(found) == 1 and found[0].shape in {"day", "weekday"} and found[0].end - found[0].start >= len(part) - 2:
        return found[0]
    return None


def display_place(place: str) -> str:
    """ "MOSKWA" as "Moskwa"; short forms ("DIY", "NTB", "IKN") and mixed case stay."""
    words = " ".join(place.split())
    if not (words.isupper() or words.islower()) or (len(words) <= 3 and words not in {"BIMA", "SOE", "PALU"}):
        return words
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda match: match[0].capitalize(), words)
