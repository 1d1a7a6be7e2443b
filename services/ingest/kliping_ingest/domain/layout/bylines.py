"""Lines that name the people and agencies behind an article, and signatures at the end of its last paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kliping_ingest.domain.lexicon import first_word, load_bylines
from kliping_ingest.domain.media import DOMAIN, is_agency, known_medium, medium_or_domain
from kliping_shared.dates import DateExpression, scan_dates

__all__ = ["Byline", "Signature", "closing_name", "find_signature", "is_bare_label", "looks_like_name", "read_byline"]

LABEL = re.compile(r"(?P<label>[A-Za-z*) /.&]{2,30}?)\s{0,3}[:|]\s{0,3}(?P<name>.{0,120})$")
NAME = re.compile(r"[A-Z][\w.'’-]*(?:,? (?:[A-Z][\w.'’-]*|bin|binti|van|de|dan|&|/)){0,7}(?:\s?[*)]{1,3})?$")
NAME_AND_OUTLET = re.compile(r"(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4})\s[-–|,]\s(?P<outlet>[\w. -]{3,30})$")
BARE_PAIR = re.compile(r"\s*[|•·]\s*(?=(?:Editor|Penyunting|Redaktur|Penerjemah)\b)", re.IGNORECASE)
SIGNATURE = re.compile(
    r"(?:(?<=[.!?”\"’'*)])|^)\s{0,3}(?P<mark>[(\[](?P<inside>[A-Za-z*][\w.* ]{0,20}(?:\s?[/|,-]\s?[\w.* ]{1,20}){0,4}|\*{1,5}|-)[)\]]|\*{2,5})\.?$"
)
OWN_LINE = re.compile(r"[(\[](?P<inside>[A-Za-z][\w.&' -]{1,40}(?:\s?/\s?[\w.&' -]{2,40}){1,3})[)\]]\.?")
"""A signature on a line of its own may name media and people in full: "(Suara Teluk/Kantor Berita Cakra)"."""

AGENCY_SOUND = re.compile(r"\b(?:kantor berita|news agency|press agency|newswire|wire|agency)\b", re.IGNORECASE)
DAY_BEHIND = re.compile(
    r"\s*[|•·,–-]\s*(?=(?:Senin|Selasa|Rabu|Kamis|Jum|Sabtu|Minggu|Ahad)?\S*\s?\d{1,2}[ /-]|(?:Senin|Selasa|Rabu|Kamis|Jum|Sabtu|Minggu|Ahad))"
)
LABEL_JOINT = re.compile(r"\s?(?:&|/|\bdan\b)\s?")
CAPITAL_NAME = re.compile(
    r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){1,3}(?: ?[|,/] ?[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,3}){0,3}"
)
"""A line of names in capitals at the end of an article ("ADINDA PERTIWI | GUNTUR ALAM"): the byline of some newspapers."""

LIMIT = 160
"""Bylines are short; longer lines are prose."""


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says: the author without the label (None for editors), outlet and day where it names them."""

    author: str | None = None
    outlet: str | None = None
    day: DateExpression | None = None
    wants_next: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """ "(ANT/abc)" at the end: where it begins in the line, and the agency in it."""

    start: int
    agency: str | None


def looks_like_name(text: str) -> bool:
    """Whether it is a short run of capitalised words."""
    return len(text) <= 80 and NAME.match(text) is not None


def read_byline(line: str) -> Byline | None:
    """What a line says if it is a byline, else None."""
    if len(line) > LIMIT:
        return None
    labels = load_bylines()
    if first_word(line) in labels.first_words:
        lowered = line.lower()
        if lowered.startswith(labels.notes):
            return Byline()
        return labelled(line) or reported(line, lowered) or unlabelled_colon(line, lowered)
    paired = NAME_AND_OUTLET.match(line)
    if paired:
        outlet = medium_or_domain(paired["outlet"].strip())
        return Byline(author=paired["name"], outlet=outlet) if outlet else None
    if len(line) < 40 and known_medium(line):
        return Byline(outlet=line)
    return None


def closing_name(line: str) -> str | None:
    """The author that a last line in capitals names, in usual case; None for other lines."""
    if len(line) > 80 or not CAPITAL_NAME.fullmatch(line):
        return None
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), line)


def is_bare_label(line: str) -> bool:
    """Whether a line is only "Penulis" or "Editor:", with the name on the next line."""
    label = line.rstrip(": ").lower()
    labels = load_bylines()
    return label in labels.author or label in labels.staff


def labelled(line: str) -> Byline | None:
    """ "Penulis: name", also with a second label behind it ("Penulis: A | Editor: B")."""
    first = BARE_PAIR.split(line, maxsplit=1)[0]
    match = LABEL.match(first)
    if match is None:
        return None
    label = " ".join(match["label"].lower().split())
    labels = load_bylines()
    name, day = without_day(match["name"].strip(" *)|"))
    parts = LABEL_JOINT.split(label)
    if label in labels.author or label.startswith(labels.reports) or not labels.author.isdisjoint(parts):
        site = DOMAIN.search(name)
        return Byline(author=name or None, outlet=site[0] if site else None, day=day, wants_next=not name)
    return Byline(wants_next=not name) if label in labels.staff or not labels.staff.isdisjoint(parts) else None


def without_day(name: str) -> tuple[str, DateExpression | None]:
    """A name without the day of publication behind it: "Sari Dewi | Rabu, 8 Mei 2024, 08.15 WIB"."""
    mark = DAY_BEHIND.search(name)
    found = next((day for day in scan_dates(name[mark.end() :]) if day.is_full_day), None) if mark else None
    return (name[: mark.start()].strip(), found) if mark and found else (name, None)


def reported(line: str, lowered: str) -> Byline | None:
    """ "Laporan wartawan Tribunnews.com, Rizki Sandi"."""
    for start in load_bylines().reports:
        if not lowered.startswith(start + " ") or line.endswith((".", '"', "”")):
            continue
        rest = line[len(start) :].strip(" :-–")
        outlet, _, name = rest.partition(",")
        if name and medium_or_domain(outlet.strip()):
            return Byline(author=name.strip(), outlet=outlet.strip())
        words = rest.split()
        for size in range(min(3, len(words)), 0, -1):
            if medium_or_domain(" ".join(words[:size])):
                return Byline(author=" ".join(words[size:]).strip(" ,-–") or None, outlet=" ".join(words[:size]))
        if start == "laporan" or not looks_like_name(rest):
            continue
        return Byline(author=name.strip(), outlet=outlet.strip()) if name.strip() else Byline(author=rest)
    return None


def unlabelled_colon(line: str, lowered: str) -> Byline | None:
    """ "Penulis Rahel Narda", "Editor Bagus | ..." without a colon, and labels that stand alone."""
    if is_bare_label(line):
        return Byline(wants_next=True)
    labels = load_bylines()
    first = BARE_PAIR.split(line, maxsplit=1)[0]
    for label in (*labels.author, *labels.staff):
        if label in labels.colon_only or not lowered.startswith((label + " ", label + ",")):
            continue
        name = first[len(label) :].strip(" ,")
        if looks_like_name(name) and not line.endswith("."):
            return Byline(author=name if label in labels.author else None)
    if lowered.startswith("oleh ") and looks_like_name(line[5:].strip()) and not line.endswith("."):
        return Byline(author=line[5:].strip(" *)"))
    return None


def find_signature(line: str) -> Signature | None:
    """A signature at the end of a paragraph, "(ANT/abc)", "[tim]", "***"; words in brackets that are prose are none."""
    tail_start = max(0, len(line) - 80)
    whole = OWN_LINE.fullmatch(line)
    if line.startswith("(") and line.endswith(")") and " " in line and looks_like_name(line[1:-1]):
        return Signature(0, None)
    if whole:
        return Signature(0, agency_of(whole["inside"].split("/")))
    match = SIGNATURE.search(line[tail_start:])
    if match is None:
        return None
    inside = (match["inside"] or "").strip()
    parts = [part.strip() for part in re.split(r"[/|,-]", inside) if part.strip()]
    initials = all(re.fullmatch(r"[a-z0-9*]{1,6}|[A-Z]{1,4}|[A-Z]-?\d{1,3}|[a-z]+[0-9]+", part) for part in parts)
    known = bool(parts) and all(known_medium(part) or re.fullmatch(r"[\w*]{1,6}", part) for part in parts)
    short = len(parts) == 1 and (re.fullmatch(r"[a-z*]{1,5}\d?|[A-Z][a-z]{1,3}", parts[0]) or known_medium(parts[0]))
    if inside and not (short or (len(parts) > 1 and (initials or known))):
        return None
    return Signature(tail_start + match.start("mark"), agency_of(parts))


def agency_of(parts: list[str]) -> str | None:
    """The first part of a signature that is a known agency or calls itself one."""
    for part in parts:
        if is_agency(part):
            return known_medium(part)
        if AGENCY_SOUND.search(part):
            return part.strip()
    return None
